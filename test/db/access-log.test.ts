import { expect, test } from 'vitest';
import { ACCESS_PAGE, type AccessFilter } from '../../contract/access-log.ts';
import { newId } from '../../contract/ids.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { accessLog } from '../../db/migrations/0145-access-log.ts';
import { openDatabase } from '../../db/open.ts';
import { countUnsentAccess, readAccessPage, readUnsentAccess } from '../../db/stores/access-log.ts';
import { DESK, KEY, LEAD, openDesk, SITE, T0, type Desk } from './support.ts';
import { undoTo } from './undo.ts';

const EVERYTHING = { siteIds: null, services: null };
const NO_FILTER: AccessFilter = { personId: null, issueNo: null, fromMs: null, toMs: null, grounds: null };
const look = (desk: Desk, some: Partial<Parameters<typeof desk.call<'access.add'>>[1]> = {}) =>
  desk.call('access.add', { atMs: T0, personId: DESK, issueId: null, ground: 'line', reason: '', records: 1, action: 'reporter.reveal', subject: 'x', ...some });
const page = (desk: Desk, filter: Partial<AccessFilter> = {}, after: string | null = null, scope = EVERYTHING as Parameters<typeof readAccessPage>[1]['scope']) =>
  readAccessPage(desk.db, { filter: { ...NO_FILTER, ...filter }, after, scope }, 'Bàn trực 1');

test('a look is a line and an entry of the journal in one; nobody changes or takes a line away, not even this program', () => {
  const desk = openDesk();
  look(desk, { reason: 'Gọi lại', ground: 'emergency' });
  expect(desk.db.prepare(`SELECT action FROM audit WHERE action LIKE 'reporter.%'`).pluck().all()).toEqual(['reporter.reveal']);
  for (const sql of ['DELETE FROM access_line', `UPDATE access_line SET reason=''`, 'UPDATE access_line SET person_id=x\'00\'', 'UPDATE access_line SET at_ms=0']) {
    expect(() => desk.db.exec(sql), sql).toThrow('only added to');
  }
  const [line] = readUnsentAccess(desk.db, 9);
  desk.call('access.sent', { ids: [line!.id] });
  expect([countUnsentAccess(desk.db), page(desk).entries.map(({ reason, ground, sent }) => [reason, ground, sent])]).toEqual([0, [['Gọi lại', 'emergency', true]]]);
  desk.call('sync.forgetCursor', { sameOrder: true });
  expect(countUnsentAccess(desk.db)).toBe(0);
  desk.call('sync.forgetCursor', { sameOrder: false });
  expect(countUnsentAccess(desk.db)).toBe(1);
  desk.close();
});

test('the log is read in pages, the newest first, each line once, whatever came at the same moment', () => {
  const desk = openDesk();
  for (let i = 0; i < ACCESS_PAGE * 2 + 7; i++) look(desk, { atMs: T0 + Math.floor(i / 3) * 1_000, reason: String(i) });
  const seen: string[] = [];
  const times: number[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { entries, next } = page(desk, {}, after);
    seen.push(...entries.map(({ reason }) => reason));
    times.push(...entries.map(({ atMs }) => atMs));
    more = next !== null;
    after = next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([ACCESS_PAGE * 2 + 7, ACCESS_PAGE * 2 + 7]);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  desk.close();
});

test('it is narrowed by person, record, day and ground, and tells nothing of records outside the scope', () => {
  const desk = openDesk();
  const id = desk.receive();
  const no = desk.db.prepare('SELECT provisional_no FROM issue').pluck().get() as string;
  look(desk, { issueId: id, reason: 'a' });
  look(desk, { personId: LEAD, atMs: T0 + 86_400_000, ground: 'inspection', reason: 'b' });
  look(desk, { issueId: newId(T0), reason: 'c' });
  const reasons = (...of: Parameters<typeof page> extends [unknown, ...infer Rest] ? Rest : never) => page(desk, ...of).entries.map(({ reason }) => reason).sort();
  expect(reasons()).toEqual(['a', 'b', 'c']);
  expect(reasons({ issueNo: no })).toEqual(['a']);
  expect(page(desk, { issueNo: no }).entries[0]).toMatchObject({ issueNo: no, personName: 'Trần Minh Họa', station: 'Bàn trực 1', sent: false });
  expect([reasons({ personId: LEAD }), reasons({ fromMs: T0 + 1 }), reasons({ toMs: T0 + 1 }), reasons({ grounds: ['inspection', 'emergency'] })]).toEqual([['b'], ['b'], ['a', 'c'], ['b']]);
  expect(reasons({}, null, { siteIds: [SITE], services: ['115'] })).toEqual(['b', 'c']);
  desk.close();
});

test('a workstation from before it has an empty log, and takes the step once', () => {
  const { file, db, close } = openDesk();
  undoTo(db, 130);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(145);
  expect([countUnsentAccess(after), migrate(after, null)]).toEqual([0, []]);
  expect(() => accessLog.up(after)).toThrow(/already exists/);
  after.close();
});
