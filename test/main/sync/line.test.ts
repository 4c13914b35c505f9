import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { StationRecord } from '../../../db/writer-api.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { ProvinceLine } from '../../../main/sync/line.ts';
import type { OffsetSample } from '../../../main/sync/engine.ts';
import { createTransport } from '../../../main/sync/transport.ts';
import { closed, listening } from './support.ts';

const OURS = newId(1), ANOTHER = newId(2);

async function openAt(provinceId: string): Promise<{ samples: OffsetSample[]; failed: unknown }> {
  const server = await listening(createServer((_, reply) => {
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ nonce: `${provinceId}.abc`, nowMs: 7 }));
  }), 0);
  const samples: OffsetSample[] = [];
  const station = { deviceId: newId(3), provinceId: OURS, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, privateKey: 'AA==' } as StationRecord;
  const line = new ProvinceLine({ station, clock: systemClock, transport: createTransport({ address: station.address }), onOffset: sample => { samples.push(sample); } });
  const failed: unknown = await line.open().then(() => null, (error: unknown) => error);
  line.close();
  await closed(server);
  return { samples, failed };
}

test('the clock of our province is noted with its first answer, that of another one never', async () => {
  const another = await openAt(ANOTHER);
  expect(another.failed).toMatchObject({ code: 'link/wrong-province' });
  expect(another.samples).toEqual([]);
  expect((await openAt(OURS)).samples).toHaveLength(1);
});
