import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import type { HistoryEntry, Issue } from '../../../contract/issue.ts';
import type { Service } from '../../../contract/org.ts';
import { readHandoverFigures, readHandoverRecords, readSince } from '../../../db/stores/handover-figures.ts';
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
  ended(FROM - DAY_MS, FROM + 5 * MIN_MS, {}, [entry(FROM - MIN_MS, { action: 'issue.note', arrivedAtMs: FROM + 6 * MIN_MS })]);
  ended(FROM + MIN_MS, FROM + 3 * MIN_MS, { siteId: SITES[1] });
  ended(FROM + MIN_MS, FROM + 3 * MIN_MS, { service: '113' });
  saved('gộp', FROM + MIN_MS, FROM + 2 * MIN_MS, { merges: [{ edgeId: newId(T0), parentId: root, byId: PEOPLE[0], atMs: T0 }] });
  ended(FROM + MIN_MS, FROM + 2 * MIN_MS, { merges: [{ edgeId: newId(T0), parentId: root, byId: PEOPLE[0], atMs: T0 }] });
  saved('đang mở', FROM + MIN_MS, FROM + 2 * MIN_MS);
  const figures = readHandoverFigures(stage.db.reader, { siteId: SITES[0], lines: ['115'] }, { fromMs: FROM, nowMs: CLOSED });
  expect(figures).toEqual([expect.objectContaining({ service: '115', open: 1, received: 5, closed: 3 })]);
});
