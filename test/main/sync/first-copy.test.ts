import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import type { SnapshotManifest } from '../../../contract/province.ts';
import type { WriterCommand } from '../../../db/writer-api.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { silentLog } from '../../support/silent-log.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { records } from './support.ts';

/** As many as make several chunks of a copy. */
const RECORDS = 8_000;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a desk's writer was given of its first copy. */
interface Watched { manifests: SnapshotManifest[]; chunks: { manifestId: string; index: number; sha256: string }[]; finished: number; failures: unknown[] }

describe('the first copy of a workstation', () => {
  const folder = temporaryFolder('first-copy');
  const open: { close(): Promise<void> }[] = [];
  let province: Running<ProvinceReady>;
  let codes: string[] = [];

  beforeAll(async () => {
    province = await startProvince({ data: folder.path, codes: '12', sample: RECORDS });
    codes = province.ready.codes.filter(code => code.site === 'BP').map(({ code }) => code);
  }, 180_000);
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => { await province.stop(); folder.remove(); });

  /** An enrolled desk that has not begun; `refuse` lets the database refuse a chunk. */
  async function watchedDesk(address: string, refuse: (index: number, nth: number, count: number) => boolean = () => false, atOnce = false): Promise<{ desk: Desk; watched: Watched }> {
    const desk = await Desk.enrolled({ address, code: codes.pop() ?? '', quiet: true });
    open.push(desk);
    const watched: Watched = { manifests: [], chunks: [], finished: 0, failures: [] };
    const handedOver = new Map<number, PromiseWithResolvers<void>>();
    const waitFor = (index: number): Promise<void> => {
      const next = Promise.withResolvers<void>();
      handedOver.set(index, next);
      return next.promise;
    };
    const real = desk.writer.call.bind(desk.writer);
    vi.spyOn(desk.writer, 'call').mockImplementation((async (command: WriterCommand, input: unknown) => {
      if (command === 'sync.snapshotBegin') watched.manifests.push((input as { manifest: SnapshotManifest }).manifest);
      if (command === 'sync.snapshotFinish') watched.finished += 1;
      if (command === 'sync.snapshotChunk') {
        const { manifestId, index, bytes } = input as { manifestId: string; index: number; bytes: Uint8Array };
        const count = watched.manifests[0]?.chunks.length ?? 0;
        watched.chunks.push({ manifestId, index, sha256: sha256(bytes) });
        handedOver.get(index - 1)?.resolve();
        if (watched.manifests.length === 1 && refuse(index, watched.chunks.filter(chunk => chunk.index === index).length, count)) {
          // As from the writer's thread: the answer comes when the next chunk has been handed over already.
          if (!atOnce && index < count - 1) await waitFor(index);
          throw new AppError('db/disk-full');
        }
      }
      return real(command, input as never);
    }) as typeof real);
    vi.spyOn(silentLog, 'warn').mockImplementation((facts, message) => { if (message === 'sync step failed') watched.failures.push(facts); });
    return { desk, watched };
  }

  it('hands no byte to the database that the manifest does not vouch for, though the damage changes no length', async () => {
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port) });
    open.push(proxy);
    const { desk, watched } = await watchedDesk(proxy.address);
    const damaged = { at: -1 };
    proxy.hook(({ direction, bytes }) => {
      const body = bytes.indexOf('\r\n\r\n') + 4;
      if (damaged.at >= 0 || direction === 'up' || !bytes.includes('application/octet-stream') || body < 4 || bytes.length < body + 8) return bytes;
      // The frame's header says how large its content is: the bytes stay as many, and are still a frame.
      damaged.at = bytes.length - 1;
      const other = Buffer.from(bytes);
      other.writeUInt8(other.readUInt8(damaged.at) ^ 0x01, damaged.at);
      return other;
    });
    desk.sync.start();
    await desk.loaded();
    expect(damaged.at).toBeGreaterThan(0);
    const vouched = watched.manifests[0]?.chunks ?? [];
    expect(watched.chunks.map(chunk => chunk.sha256)).toEqual(watched.chunks.map(chunk => vouched[chunk.index]?.sha256));
    // Fetched again on the way, so nothing failed and nothing was begun again.
    expect([watched.manifests.length, watched.finished, watched.failures]).toEqual([1, 1, []]);
  });

  it('gives records their words while the link is what everything waits for, and the rest once all are in', async () => {
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port), down: { rateBytesPerSecond: 400_000, delayMs: 20 } });
    open.push(proxy);
    const { desk, watched } = await watchedDesk(proxy.address);
    desk.sync.start();
    const words = () => desk.reader.prepare<[], number>('SELECT count(*) FROM fo').pluck().get() ?? 0;
    await until(() => words() > 0, 'the first words');
    expect(watched.finished).toBe(0);
    await desk.loaded();
    await until(() => !desk.status().textBehind, 'the last words');
    expect(words()).toBe(records(desk).size);
    expect(watched.failures).toEqual([]);
  });

  it('goes on with the words after a stop', async () => {
    const { desk } = await watchedDesk(province.ready.address);
    desk.sync.start();
    await until(() => desk.status().loading === null, 'the copy');
    await desk.restart();
    await until(() => !desk.status().textBehind, 'the last words');
    expect(desk.reader.prepare<[], number>(`SELECT count(*) FROM fo`).pluck().get()).toBe(records(desk).size);
  });

  it.each(['the first', 'the last', 'the first, at once,'])('is begun again where the database refuses %s chunk, and says so', async which => {
    const whole = await watchedDesk(province.ready.address);
    whole.desk.sync.start();
    await whole.desk.loaded();
    const refused = (count: number): number => (which === 'the last' ? count - 1 : 0);
    const { desk, watched } = await watchedDesk(province.ready.address, (index, nth, count) => index === refused(count) && nth === 1, which.includes('at once'));
    desk.sync.start();
    await desk.loaded();
    expect(watched.failures).toEqual([expect.objectContaining({ step: 'snapshot', code: 'db/disk-full' })]);
    expect([watched.manifests.length, watched.finished]).toEqual([2, 1]);
    // What was refused came a second time, whether or not the province has made a denser copy meanwhile.
    const again = watched.manifests[1];
    expect(again?.chunks.length).toBeGreaterThan(2);
    expect(watched.manifests.map(({ id, chunks }) => watched.chunks.some(chunk => chunk.manifestId === id && chunk.index === refused(chunks.length)))).toEqual([true, true]);
    expect(watched.chunks.length).toBeGreaterThan(again?.chunks.length ?? Infinity);
    expect(records(desk)).toEqual(records(whole.desk));
    expect(records(desk).size).toBeGreaterThan(100);
  });
});
