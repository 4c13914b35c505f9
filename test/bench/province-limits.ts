import { newId } from '../../contract/ids.ts';
import { commitChanges } from '../../province/store.ts';
import type { LightConsole } from './province-console.ts';
import { Operator, reportAt } from './province-work.ts';
import type { ProvinceWorld } from './province-world.ts';
import { round } from './statistics.ts';

/** Each of these writes its next mutation as soon as it has the last one's verdict. */
const WRITERS = 200;

/** Mutations judged a second, each in a push of its own, while their consoles do not listen. */
export async function mutationsPerSecond(consoles: readonly LightConsole[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  const counted = { judged: 0 };
  await Promise.all(consoles.slice(0, WRITERS).map(async (console, index) => {
    const operator = new Operator(console, index);
    while (performance.now() < until) {
      const { name, payload } = operator.next();
      await console.write(name, payload);
      counted.judged += 1;
    }
  }));
  return round(counted.judged / seconds, 0);
}

/** The same tables written by a bare loop on one connection, a commit and its flush for each mutation, nothing judged. */
export async function rawCommitsPerSecond({ db, identities }: ProvinceWorld, seconds: number): Promise<number> {
  const device = identities[0];
  if (device === undefined) throw new Error('no console');
  const [counted] = await db.query<{ last_n: number }>('SELECT last_n FROM device WHERE id = $1', [device.deviceId]);
  const first = counted?.last_n ?? 0;
  const until = performance.now() + seconds * 1_000;
  let done = 0;
  while (performance.now() < until) {
    done += 1;
    const { id, payload } = reportAt(device.siteId);
    const data = { ...payload, displayNo: `1022-2026-${done}`, history: [{ action: 'receive', by: device.personId, atMs: Date.now(), deviceId: newId(0) }] };
    await commitChanges(db, {
      rows: [{ kind: 'issue', id, siteId: device.siteId, service: '1022', deleted: false, data, expected: 0 }],
      stations: [{ id: device.deviceId, lastN: first + done, verdicts: [{ n: first + done, seq: 0, status: 'applied' }] }],
      counters: [{ service: '1022', year: 2026, last: 1_000_000 + done }],
    });
  }
  return round(done / seconds, 0);
}
