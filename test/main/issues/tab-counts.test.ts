import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { Row } from '../../../contract/province.ts';
import { createIssues } from '../../../main/issues/issues.ts';
import { countOf, filterOf, NO_NARROWING, TABS } from '../../../renderer/screens/queue/tabs.ts';
import { testDesk } from './desk.ts';
import { issueWith, PEOPLE, sessionWith, T0 } from './support.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

test('the number on a tab is that of what it lists, with parts of cases and incidents of several lines among them', async () => {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const fire = issueWith({ service: '114', class: 'incident', lines: ['113', '115'] });
  const part = issueWith({ service: '114', class: 'incident', merges: [{ edgeId: newId(T0), parentId: fire.id, byId: PEOPLE[0], atMs: T0 }] });
  const all = [fire, part, issueWith({ service: '115', class: 'incident', state: 'verifying' }), issueWith({ service: '1022', state: 'verified', dueAtMs: T0 - 1 }), issueWith({ service: '1022', state: 'closed' })];
  await desk.writer.call('sync.applyPage', { rows: all.map((data, i): Row => ({ kind: 'issue', id: data.id, seq: 10 + i, deleted: false, data: { ...data } })), cursor: 'c2', verdicts: [], atMs: T0 });
  const issues = createIssues({ reader: desk.reader, writer: desk.writer, clock: { nowMs: () => T0 }, correctedNowMs: () => T0, linkIsUp: () => false, station: () => desk.station, onDuty: () => true });
  ends.push(() => issues.close());
  await issues.loadSheet();
  const call = { session: sessionWith(), signal: new AbortController().signal };
  const counts = await issues.handlers.counts({}, call);
  const listed = await Promise.all(TABS.map(async tab => [tab, (await issues.handlers.openView({ filter: filterOf(tab, NO_NARROWING), sort: { by: 'urgency', descending: false } }, call)).total]));
  expect(TABS.map(tab => [tab, countOf(tab, counts)])).toEqual(listed);
  expect(Object.fromEntries(listed)).toMatchObject({ open: 3, s113: 1, s114: 1, s115: 2, s1022: 1, toVerify: 2, overdue: 1 });
});
