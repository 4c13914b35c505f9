import { newId } from '../../../contract/ids.ts';
import type { Session } from '../../../contract/console.ts';
import type { Person } from '../../../contract/org.ts';
import { AppError } from '../../../contract/errors.ts';
import { readBeforeCopy, readSyncState } from '../../../db/stores/sync.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { ProvinceLine } from '../../../main/sync/line.ts';
import { FirstCopy } from '../../../main/sync/snapshot.ts';
import { createTransport } from '../../../main/sync/transport.ts';
import { saveAccount, hashPassword } from '../../../province/accounts.ts';
import { found } from '../../../province/found.ts';
import { openProvince } from '../../../province/open.ts';
import { commitChanges } from '../../../province/store.ts';
import { Desk } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy, type Direction } from '../../support/tcp-proxy.ts';

export const LOGIN = 'trucban', PASSWORD = 'Mật-khẩu-bịa 1';

/** A province of one site and two people: whatever is said of it is short enough to be cut at every byte. */
export interface SmallProvince { running: Running<ProvinceReady>; port: number; codes: string[]; close(): Promise<void> }

export async function smallProvince(): Promise<SmallProvince> {
  const folder = temporaryFolder('cut');
  const nowMs = Date.now();
  const opened = await openProvince({ databaseUrl: undefined, data: folder.path, sample: 'none', name: '', nowMs });
  const hash = await hashPassword(PASSWORD);
  await found(opened.db, { name: 'Tỉnh Mẫu', siteCode: 'BP', login: 'quantri', personName: 'Trần Minh Họa', hash }, nowMs);
  await opened.db.transaction(async tx => {
    const [site] = await tx.query<{ id: string }>("SELECT id FROM record WHERE kind = 'site'");
    const siteId = site?.id ?? '';
    const person: Person = { id: newId(nowMs), siteId, unitId: null, login: LOGIN, name: 'Lê Thị Ví Dụ', title: 'Trực ban', roles: ['truc_ban'], services: [], active: true };
    await saveAccount(tx, { personId: person.id, login: LOGIN, hash });
    await commitChanges(tx, { rows: [{ kind: 'person', id: person.id, siteId, service: null, deleted: false, data: { ...person }, expected: 0 }] });
  });
  await opened.close();
  const running = await startProvince({ data: folder.path, sample: 'none', codes: '4' });
  return {
    running, port: Number(new URL(running.ready.address).port), codes: running.ready.codes.map(({ code }) => code),
    async close() { await running.stop(); folder.remove(); },
  };
}

/** A desk behind a proxy whose exchanges are called one by one, so that nothing waits for a pause. */
export interface CutDesk { desk: Desk; proxy: TcpProxy; line: ProvinceLine; session: Session; signal: AbortSignal; copy(onFetched?: () => void): FirstCopy; close(): Promise<void> }

export async function cutDesk(province: SmallProvince): Promise<CutDesk> {
  const proxy = await TcpProxy.start({ targetPort: province.port });
  const desk = await Desk.enrolled({ address: proxy.address, code: province.codes.pop() ?? '', quiet: true });
  const station = desk.station.station();
  if (station === null) throw new Error('the desk is enrolled');
  const line = new ProvinceLine({ station, clock: systemClock, transport: createTransport({ address: proxy.address }), onOffset: () => undefined });
  const { signal } = new AbortController();
  const copy = (onFetched: () => void = () => undefined): FirstCopy =>
    new FirstCopy({ line, writer: desk.writer, clock: systemClock, signal, before: () => readBeforeCopy(desk.reader), onProgress: () => undefined, onFetched });
  const first = copy();
  while (!await first.step());
  const session = await desk.signIn(LOGIN, PASSWORD);
  return { desk, proxy, line, session, signal, copy, async close() { line.close(); await desk.close(); await proxy.close(); } };
}

/** The cursor that the desk's database holds. */
export function cursorOf({ desk }: CutDesk): string | null {
  return readSyncState(desk.reader).cursor;
}

const CUTS_IN_A_ROW = 40;

/** One exchange that is cut: what its requests contain, which way, where the first cut is, and how many there are at most before it is left in peace. */
export interface Cuts { text: string; direction: Direction; after: number; inARow?: number }

/**
 * Tries an exchange with its connection cut after `after` bytes, one byte later at the next try and so on, some times at most,
 * and then once more undisturbed, which must go well.
 *
 * @param afterFailure looks whether anything has changed that should not have
 * @returns how many cuts there were; `whole` once the exchange is over before the cut
 */
export async function cutInARow(proxy: TcpProxy, { text, direction, after, inARow = CUTS_IN_A_ROW }: Cuts, attempt: () => Promise<unknown>, afterFailure: (cuts: number) => void): Promise<{ cuts: number; whole: boolean }> {
  const seen = { requests: 0, tries: 0, cuts: 0 };
  const uncount = proxy.hook(({ direction: way, bytes }) => {
    if (way === 'up' && bytes.includes(text)) seen.requests += 1;
    return bytes;
  });
  for (let ended = false; !ended;) {
    const cutting = seen.cuts < inARow ? proxy.cutWithin(text, direction, after + seen.cuts) : null;
    seen.tries += 1;
    try {
      await attempt();
      ended = true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'link/unreachable' || cutting?.happened !== true) throw error;
      afterFailure(seen.cuts + 1);
    }
    cutting?.cancel();
    if (cutting?.happened === true) seen.cuts += 1;
    else if (cutting !== null && ended) { uncount(); return { cuts: seen.cuts, whole: true }; }
  }
  uncount();
  // On a kept connection that ends before its answer begins the transport itself sends once more.
  if (seen.requests > seen.tries + 1) throw new Error(`${seen.requests} requests in ${seen.tries} tries`);
  return { cuts: seen.cuts, whole: false };
}

/** Cuts after 0, 1, 2 … bytes until the exchange is shorter than that; every fifth row of cuts begins on a kept connection. @returns how many cuts there were */
export async function everyByte({ line }: CutDesk, row: (after: number) => Promise<{ cuts: number; whole: boolean }>): Promise<number> {
  for (let after = 0, rows = 0; ; rows += 1) {
    if (rows % 5 !== 0) line.transport.close();
    const { cuts, whole } = await row(after);
    after += cuts;
    if (whole) return after;
  }
}
