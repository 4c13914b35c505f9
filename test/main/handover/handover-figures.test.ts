import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import type { HistoryEntry, Issue } from '../../../contract/issue.ts';
import type { Service } from '../../../contract/org.ts';
import { writeOrg } from '../../../db/stores/org.ts';
import { Work } from '../../../db/work.ts';
import { readBeside, readHandoverFigures, readHandoverRecords, readSince } from '../../../db/stores/handover-figures.ts';
import { issueWith, PEOPLE, SITES, T0, testDatabase, type TestDatabase } from '../issues/support.ts';

const MIN_MS = 60_000, DAY_MS = 1_440 * MIN_MS;
const CLOSED = T0 + DAY_MS;
const stage = {} as { db: TestDatabase };
beforeEach(() => { stage.db = testDatabase(); });
afterEach(() => { stage.db.close(); });

const entry = (atMs: number, some: Partial<HistoryEntry> = {}): HistoryEntry => ({ atMs, byId: PEOPLE[0], deviceId: PEOPLE[0], action: 'issue.receive', ...some });
/** A record of the 115 whose call came at `calledMs` and whose form was saved at `savedMs`. */
function saved(description: string, calledMs: number, savedMs: number, some: Partial<Issue> = {}): Id {
  const issue = issueWith({ id: newId(calledMs), class: 'incident', service: '115', severity: 'P2', description, receivedAtMs: calledMs, history: [entry(savedMs, { to: 'received' })], ...some });
  stage.db.write(issue);
  return issue.id;
}

test('what came since is told by when it was saved or came to the province, not by when somebody called', () => {
  const place = { siteId: SITES[0], lines: ['115'] as Service[] };
  const handed = saved('đã giao', CLOSED - 30 * MIN_MS, CLOSED - 20 * MIN_MS);
  saved('gọi trước, lưu sau', CLOSED - 2 * MIN_MS, CLOSED + 3 * MIN_MS);
  saved('gọi sau', CLOSED + 5 * MIN_MS, CLOSED + 6 * MIN_MS);
  saved('máy kia mất mạng', CLOSED - 60 * MIN_MS, CLOSED - 50 * MIN_MS, { history: [entry(CLOSED - 50 * MIN_MS, { arrivedAtMs: CLOSED + 4 * MIN_MS })] });
  saved('cùng làm', CLOSED + 1 * MIN_MS, CLOSED + 2 * MIN_MS, { service: '114', lines: ['115'] });
  saved('của ca sau', CLOSED + 5 * MIN_MS, CLOSED + 11 * MIN_MS);
  saved('tuyến khác', CLOSED + 1 * MIN_MS, CLOSED + 2 * MIN_MS, { service: '113' });
  saved('trụ sở khác', CLOSED + 1 * MIN_MS, CLOSED + 2 * MIN_MS, { siteId: SITES[1] });
  saved('đã có ở tỉnh', CLOSED - 90 * MIN_MS, CLOSED - 80 * MIN_MS, { history: [entry(CLOSED - 80 * MIN_MS, { arrivedAtMs: CLOSED - 79 * MIN_MS })] });
  const since = (except: Id[] = []) => readSince(stage.db.reader, place, { afterMs: CLOSED, untilMs: CLOSED + 10 * MIN_MS, limit: 30, except }).map(record => record.words);
  expect(since()).toEqual(['máy kia mất mạng', 'gọi trước, lưu sau', 'cùng làm', 'gọi sau']);
  const unsent = readSince(stage.db.reader, place, { afterMs: CLOSED, untilMs: CLOSED + 10 * MIN_MS, limit: 1, except: [] })[0]!.id;
  expect(since([unsent])).toEqual(['gọi trước, lưu sau', 'cùng làm', 'gọi sau']);
  expect(readHandoverRecords(stage.db.reader, place, { nowMs: CLOSED, limit: 9, ringing: [handed] }).records[0]).toMatchObject({ words: 'đã giao', reason: 'alarm' });
});

test('what a shift has ended is what reached its end in it, whenever it came in; a part of a case ends with its case alone', () => {
  const FROM = CLOSED - 480 * MIN_MS;
  const ended = (calledMs: number, atMs: number, some: Partial<Issue> = {}, later: HistoryEntry[] = []): Id =>
    saved('đã xong', calledMs, calledMs, { state: 'closed', history: [entry(calledMs, { to: 'received' }), entry(atMs, { action: 'issue.close', to: 'closed' }), ...later], ...some });
  const root = ended(CLOSED - 5 * DAY_MS, FROM + MIN_MS);
  ended(FROM + MIN_MS, FROM + 9 * MIN_MS, { state: 'false_report' });
  ended(FROM - DAY_MS, FROM - MIN_MS, {}, [entry(FROM + MIN_MS, { action: 'issue.note' })]);
  ended(FROM + MIN_MS, CLOSED + MIN_MS);
  ended(FROM - DAY_MS, FROM + 5 * MIN_MS, { service: '114' }, [entry(FROM - MIN_MS, { action: 'issue.note', arrivedAtMs: FROM + 6 * MIN_MS })]);
  ended(FROM + MIN_MS, FROM + 3 * MIN_MS, { siteId: SITES[1] });
  ended(FROM + MIN_MS, FROM + 3 * MIN_MS, { service: '113' });
  saved('gộp', FROM + MIN_MS, FROM + 2 * MIN_MS, { merges: [{ edgeId: newId(T0), parentId: root, byId: PEOPLE[0], atMs: T0 }] });
  ended(FROM + MIN_MS, FROM + 2 * MIN_MS, { merges: [{ edgeId: newId(T0), parentId: root, byId: PEOPLE[0], atMs: T0 }] });
  saved('đang mở', FROM + MIN_MS, FROM + 2 * MIN_MS);
  const figures = readHandoverFigures(stage.db.reader, { siteId: SITES[0], lines: ['115', '114'] }, { fromMs: FROM, nowMs: CLOSED });
  // Each of two lines has one of the cases whose last entry is no end: on one line, to count the one wrongly would make up for the other.
  expect(figures).toEqual([expect.objectContaining({ service: '115', open: 1, received: 5, closed: 2 }), expect.objectContaining({ service: '114', open: 0, received: 0, closed: 1 })]);
});

describe('records of other sites', () => {
  const place = { siteId: SITES[0], lines: ['115'] as Service[] };
  const [OURS, THEIRS] = PEOPLE;
  const at = (ringing: Id[] = []) => ({ records: readHandoverRecords(stage.db.reader, place, { nowMs: CLOSED, limit: 99, ringing }), beside: readBeside(stage.db.reader, place, { nowMs: CLOSED, ringing }), figures: readHandoverFigures(stage.db.reader, place, { fromMs: T0, nowMs: CLOSED }) });
  const theirs = (description: string, some: Partial<Issue> = {}): Id =>
    saved(description, CLOSED - 30 * MIN_MS, CLOSED - 20 * MIN_MS, { siteId: SITES[1], authorId: THEIRS, history: [entry(CLOSED - 20 * MIN_MS, { byId: THEIRS, to: 'received' })], ...some });
  beforeEach(() => {
    const work = new Work(stage.db.writer);
    stage.db.writer.transaction(() => {
      writeOrg(work, 'site', SITES[0], { name: 'IOC tỉnh', tier: 'province' }, 1);
      writeOrg(work, 'site', SITES[1], { name: 'IOC huyện', tier: 'district' }, 1);
      for (const [i, id] of PEOPLE.entries()) writeOrg(work, 'person', id, { siteId: SITES[i], name: `Người ${i}` }, 1);
    })();
  });

  test('are handed over where people of this site work them, each once and by name of its site, and are in no figure of this site', () => {
    saved('của nơi này', CLOSED - 30 * MIN_MS, CLOSED - 20 * MIN_MS);
    const by = { byId: OURS, atMs: CLOSED - MIN_MS };
    theirs('nhận hộ', { authorId: OURS });
    theirs('nhận báo động', { acknowledged: { ...by, deviceId: newId(T0) }, dueAtMs: CLOSED - MIN_MS });
    theirs('chuyển tuyến', { lines: ['113'], handOff: { ...by, to: '113', note: '' } });
    theirs('tạm dừng', { state: 'on_hold', pause: { ...by, kind: 'hold', reason: 'chờ', untilMs: null } });
    theirs('bước gần nhất', { history: [entry(CLOSED - 20 * MIN_MS, { byId: THEIRS, to: 'received' }), entry(CLOSED - MIN_MS, { byId: OURS, action: 'issue.note' })] });
    theirs('mọi cách', { authorId: OURS, acknowledged: { ...by, deviceId: newId(T0) }, history: [entry(CLOSED - MIN_MS, { byId: OURS, to: 'received' })] });
    theirs('chỉ nhìn thấy');
    theirs('đã trả lại', { history: [entry(CLOSED - MIN_MS, { byId: OURS, action: 'issue.note' }), entry(CLOSED, { byId: THEIRS, action: 'issue.note' })] });
    theirs('tuyến khác', { service: '113', authorId: OURS });
    theirs('đã xong', { state: 'closed', authorId: OURS });
    const { records, beside, figures } = at();
    const others = ['nhận báo động', 'nhận hộ', 'chuyển tuyến', 'tạm dừng', 'bước gần nhất', 'mọi cách'];
    expect(records.records.filter(record => record.site === 'IOC huyện').map(record => record.words).sort()).toEqual(others.sort());
    expect(records.records.filter(record => record.site === undefined).map(record => record.words)).toEqual(['của nơi này']);
    expect([records.total, beside]).toEqual([7, { open: 6, overdue: 1, elsewhere: 6 }]);
    expect(figures).toEqual([{ service: '115', open: 1, overdue: 0, urgent: 1, waiting: 0, received: 1, closed: 0 }]);
  });

  test('are handed over while they ring here, and left to their own site otherwise; what another line shares with this one is counted beside it', () => {
    const ringing = theirs('đang reo ở tỉnh');
    saved('cùng làm', CLOSED - 30 * MIN_MS, CLOSED - 20 * MIN_MS, { service: '114', lines: ['115'], dueAtMs: CLOSED - MIN_MS });
    expect(at().records.records.map(record => record.words)).toEqual(['cùng làm']);
    expect(at().beside).toEqual({ open: 1, overdue: 1, elsewhere: 0 });
    expect(at([ringing]).records.records.map(record => [record.words, record.reason, record.site])).toEqual([['đang reo ở tỉnh', 'alarm', 'IOC huyện'], ['cùng làm', 'overdue', undefined]]);
    expect(at([ringing]).beside).toEqual({ open: 2, overdue: 1, elsewhere: 1 });
    // The site whose they are counts them as its own, and nobody twice.
    const there = { siteId: SITES[1], lines: ['115'] as Service[] };
    expect([readHandoverFigures(stage.db.reader, there, { fromMs: T0, nowMs: CLOSED })[0]?.open, readBeside(stage.db.reader, there, { nowMs: CLOSED, ringing: [ringing] })]).toEqual([1, { open: 0, overdue: 0, elsewhere: 0 }]);
  });

  test('that came since and are worked here are among what came since', () => {
    const since = { siteId: SITES[1], history: [entry(CLOSED + MIN_MS, { byId: THEIRS, to: 'received' })] };
    saved('nhìn thấy', CLOSED, CLOSED + MIN_MS, { ...since, authorId: THEIRS });
    saved('nhận báo động', CLOSED, CLOSED + MIN_MS, { ...since, authorId: THEIRS, acknowledged: { byId: OURS, deviceId: newId(T0), atMs: CLOSED + 2 * MIN_MS } });
    expect(readSince(stage.db.reader, place, { afterMs: CLOSED, untilMs: CLOSED + 10 * MIN_MS, limit: 30, except: [] }).map(record => record.words)).toEqual(['nhận báo động']);
  });
});
