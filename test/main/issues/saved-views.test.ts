import { afterEach, expect, test } from 'vitest';
import { newerParts, QUEUE_COLUMNS, SavedView, sortOf, ViewBody } from '../../../contract/saved-view.ts';
import { QueueFilter } from '../../../contract/queue.ts';
import { readDocument } from '../../../db/stores/documents.ts';
import { createIssues } from '../../../main/issues/issues.ts';
import { createSavedViews } from '../../../main/issues/saved-views.ts';
import { testDesk } from './desk.ts';
import { issueWith, PEOPLE, sessionWith, SITES, T0 } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const signal = new AbortController().signal;
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith(some), signal });
const body = (name: string, some: Record<string, unknown> = {}): ViewBody => ViewBody.parse({ name, filter: { severities: ['P1'], ...some }, sort: { by: 'dueAt', descending: false }, columns: [{ id: 'number', width: 140 }, { id: 'content', width: null }] });

async function viewsDesk() {
  const desk = await testDesk();
  ends.push(() => desk.close());
  return { desk, views: createSavedViews({ reader: desk.reader, writer: desk.writer, clock: { nowMs: () => desk.now.ms }, correctedNowMs: () => desk.now.ms }) };
}

test('a view is kept for its person, sorted by name, written over, renamed, removed and brought back', async () => {
  const { views } = await viewsDesk();
  const names = async (call = as()) => (await views.list({}, call)).views.map(view => view.name);
  const second = await views.save({ id: null, from: null, body: body('Ông Ba chờ lâu') }, as());
  const first = await views.save({ id: null, from: null, body: body('  Cháy lớn ') }, as());
  expect(SavedView.parse(first)).toMatchObject({ name: 'Cháy lớn', scope: 'personal', ownerId: PEOPLE[0], siteId: SITES[0] });
  expect([await names(), await names(as({ personId: PEOPLE[1] }))]).toEqual([['Cháy lớn', 'Ông Ba chờ lâu'], []]);
  await views.save({ id: first.id, from: first.savedAtMs, body: body('Cháy rừng', { overdue: true }) }, as());
  expect((await views.list({}, as())).views[0]).toMatchObject({ id: first.id, name: 'Cháy rừng', filter: { overdue: true } });
  await expect(views.save({ id: first.id, from: first.savedAtMs, body: body('Của người khác') }, as({ personId: PEOPLE[1] }))).rejects.toThrow('view/not-found');

  await views.setDefault({ id: second.id }, as());
  expect((await views.list({}, as())).defaultId).toBe(second.id);
  await expect(views.remove({ id: second.id }, as({ personId: PEOPLE[1] }))).rejects.toThrow('view/not-found');
  await views.remove({ id: second.id }, as());
  expect([await names(), (await views.list({}, as())).defaultId]).toEqual([['Cháy rừng'], null]);
  await views.restore({ id: second.id }, as());
  expect([await names(), (await views.list({}, as())).defaultId]).toEqual([['Cháy rừng', 'Ông Ba chờ lâu'], second.id]);
  await views.setDefault({ id: null }, as());
  expect((await views.list({}, as())).defaultId).toBeNull();
});

test('a shared view is there for everybody at the site, and changed by whoever may share; it goes and comes back', async () => {
  const { views } = await viewsDesk();
  const lead = as({ roles: ['ca_truong'] });
  const mine = await views.save({ id: null, from: null, body: body('Của ca trưởng') }, lead);
  expect(await views.share({ id: mine.id }, lead)).toMatchObject({ id: mine.id, scope: 'site', name: 'Của ca trưởng' });
  const [at, elsewhere] = [as({ personId: PEOPLE[1], roles: ['truc_ban'] }), as({ personId: PEOPLE[1], roles: ['truc_ban'], siteId: SITES[1] })];
  const names = async (call = at) => (await views.list({}, call)).views.map(view => view.name);
  expect([await names(), await names(lead), await names(elsewhere)]).toEqual([['Của ca trưởng'], ['Của ca trưởng'], []]);
  expect([(await views.list({}, at)).mayShare, (await views.list({}, lead)).mayShare]).toEqual([false, true]);
  await expect(views.save({ id: mine.id, from: mine.savedAtMs, body: body('Khác') }, at)).rejects.toThrow('auth/forbidden');
  await expect(views.remove({ id: mine.id }, at)).rejects.toThrow('auth/forbidden');
  await views.setDefault({ id: mine.id }, at);
  expect([(await views.list({}, at)).defaultId, (await views.list({}, lead)).defaultId]).toEqual([mine.id, null]);
  // Another who may share changes it as well: its owner may have left.
  const admin = as({ personId: PEOPLE[1], roles: ['quan_tri'] });
  expect(await views.save({ id: mine.id, from: mine.savedAtMs, body: body('Của cả ca') }, admin)).toMatchObject({ scope: 'site', name: 'Của cả ca', ownerId: PEOPLE[0] });
  await views.remove({ id: mine.id }, admin);
  expect([await names(), (await views.list({}, at)).defaultId]).toEqual([[], null]);
  // Whoever kept it has their own again, as it was before it was shared.
  expect((await views.list({}, lead)).views.map(view => [view.name, view.scope])).toEqual([['Của ca trưởng', 'personal']]);
  await views.restore({ id: mine.id }, admin);
  expect([await names(), await names(lead), (await views.list({}, at)).defaultId]).toEqual([['Của cả ca'], ['Của cả ca'], mine.id]);
  await expect(views.share({ id: mine.id }, lead)).rejects.toThrow('view/not-found');
  // Their own removing ends both, and is taken back as one.
  await views.remove({ id: mine.id }, lead);
  expect([await names(), await names(lead)]).toEqual([[], []]);
  await views.restore({ id: mine.id }, lead);
  expect([await names(), await names(lead)]).toEqual([['Của cả ca'], ['Của cả ca']]);
});

test('who saves over a shared view that a colleague has saved since is refused and writes nothing; from the newer one it goes', async () => {
  const { desk, views } = await viewsDesk();
  const [lead, admin] = [as({ roles: ['ca_truong'] }), as({ personId: PEOPLE[1], roles: ['quan_tri'] })];
  const mine = await views.save({ id: null, from: null, body: body('Của ca') }, lead);
  desk.now.ms += 1_000;
  const shown = await views.share({ id: mine.id }, lead);
  desk.now.ms += 1_000;
  const newer = await views.save({ id: mine.id, from: shown.savedAtMs, body: body('Của ca', { overdue: true }) }, admin);
  const kept = async () => (await views.list({}, lead)).views.map(({ name, filter }) => [name, filter.overdue]);
  for (const from of [shown.savedAtMs, mine.savedAtMs, null]) {
    await expect(views.save({ id: mine.id, from, body: body('Của ca', { overdue: false }) }, lead)).rejects.toThrow('view/changed');
  }
  expect(await kept()).toEqual([['Của ca', true]]);
  await views.save({ id: mine.id, from: newer.savedAtMs, body: body('Của tôi') }, lead);
  expect(await kept()).toEqual([['Của tôi', false]]);
});

test('a view whose sharing is refused by the province is its person’s own again', async () => {
  const { desk, views } = await viewsDesk();
  const lead = as({ roles: ['ca_truong'] });
  const mine = await views.save({ id: null, from: null, body: body('Của ca trưởng') }, lead);
  await views.share({ id: mine.id }, lead);
  const shown = async (call = lead) => (await views.list({}, call)).views.map(view => [view.name, view.scope]);
  expect([await shown(), await shown(as({ personId: PEOPLE[1] }))]).toEqual([[['Của ca trưởng', 'site']], [['Của ca trưởng', 'site']]]);
  await desk.writer.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'rejected', seq: 5, error: { code: 'auth/forbidden', facts: {} } }], atMs: T0 });
  expect([await shown(), await shown(as({ personId: PEOPLE[1] }))]).toEqual([[['Của ca trưởng', 'personal']], []]);
  // It can be changed, and shared again: the province may let them by then.
  await views.save({ id: mine.id, from: mine.savedAtMs, body: body('Sửa rồi') }, lead);
  expect(await views.share({ id: mine.id }, lead)).toMatchObject({ scope: 'site', name: 'Sửa rồi' });
  const { document } = readDocument(desk.reader, 'view', mine.id)!;
  await desk.writer.call('sync.applyPage', { rows: [{ kind: 'view', id: mine.id, seq: 6, deleted: false, data: { ...document, version: 6 } }], cursor: 'c6', verdicts: [{ n: 2, status: 'applied', seq: 6 }], atMs: T0 });
  expect([await shown(), await shown(as({ personId: PEOPLE[1] }))]).toEqual([[['Sửa rồi', 'site']], [['Sửa rồi', 'site']]]);
});

test('a person keeps at most forty', async () => {
  const { views } = await viewsDesk();
  for (let i = 0; i < 40; i++) await views.save({ id: null, from: null, body: body(`Khung ${i}`) }, as());
  await expect(views.save({ id: null, from: null, body: body('Một nữa') }, as())).rejects.toThrow('view/too-many');
});

test('words and parts that only a newer version knows break nothing: they are kept, and such a state stands for every newer one', async () => {
  const { desk, views } = await viewsDesk();
  const newer = ViewBody.parse({
    name: 'Của năm sau', filter: { open: null, states: ['escalated'], weather: 'mưa' }, sort: { by: 'distance', descending: true },
    columns: [{ id: 'weather', width: null }, ...QUEUE_COLUMNS.map(id => ({ id, width: null }))],
  });
  const kept = await views.save({ id: null, from: null, body: newer }, as());
  expect((await views.list({}, as())).views).toEqual([kept]);
  expect([kept.filter['weather'], newerParts(kept.filter), sortOf(kept.sort)]).toEqual(['mưa', ['weather'], { by: 'urgency', descending: false }]);

  const rows = (['received', 'escalated', 'closed'] as const).map((state, i) => issueWith({ state: state as 'received', description: state, version: i + 5 }));
  await desk.writer.call('sync.applyPage', { rows: rows.map((data, i) => ({ kind: 'issue', id: data.id, seq: i + 5, deleted: false, data: { ...data } })), cursor: 'c9', verdicts: [], atMs: T0 });
  const issues = createIssues({ reader: desk.reader, writer: desk.writer, clock: { nowMs: () => T0 }, correctedNowMs: () => T0, linkIsUp: () => true, station: () => desk.station, onDuty: () => true });
  ends.push(() => issues.close());
  const shown = async (filter: QueueFilter) => {
    const view = await issues.handlers.openView({ filter, sort: sortOf(kept.sort) }, as());
    const page = await issues.handlers.page({ viewId: view.viewId, start: 0, end: 9, columns: ['category', 'areaName', 'unitName', 'authorName'] }, as());
    return [page.description, page.category, page.authorName, page.areaName];
  };
  const early = await shown({ ...QueueFilter.parse(kept.filter), open: true });
  await issues.loadSheet();
  const name = 'Trần Minh Họa';
  expect([early, await shown(QueueFilter.parse(kept.filter))]).toEqual(Array.from({ length: 2 }, () => [['escalated'], ['unknown'], [name], ['']]));
});
