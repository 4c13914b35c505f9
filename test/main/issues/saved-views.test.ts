import { afterEach, expect, test } from 'vitest';
import { newerParts, QUEUE_COLUMNS, SavedView, sortOf, ViewBody } from '../../../contract/saved-view.ts';
import { QueueFilter } from '../../../contract/queue.ts';
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
  return { desk, views: createSavedViews({ reader: desk.reader, writer: desk.writer, clock: { nowMs: () => desk.now.ms } }) };
}

test('a view is kept for its person, sorted by name, written over, renamed, removed and brought back', async () => {
  const { views } = await viewsDesk();
  const names = async (call = as()) => (await views.list({}, call)).views.map(view => view.name);
  const second = await views.save({ id: null, body: body('Ông Ba chờ lâu') }, as());
  const first = await views.save({ id: null, body: body('  Cháy lớn ') }, as());
  expect(SavedView.parse(first)).toMatchObject({ name: 'Cháy lớn', scope: 'personal', ownerId: PEOPLE[0], siteId: SITES[0] });
  expect([await names(), await names(as({ personId: PEOPLE[1] }))]).toEqual([['Cháy lớn', 'Ông Ba chờ lâu'], []]);
  await views.save({ id: first.id, body: body('Cháy rừng', { overdue: true }) }, as());
  expect((await views.list({}, as())).views[0]).toMatchObject({ id: first.id, name: 'Cháy rừng', filter: { overdue: true } });
  await expect(views.save({ id: first.id, body: body('Của người khác') }, as({ personId: PEOPLE[1] }))).rejects.toThrow('view/not-found');

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

test('a view of a site, as the province will send them, is there for everybody at that site and changed by its owner only', async () => {
  const { desk, views } = await viewsDesk();
  const mine = await views.save({ id: null, body: body('Của ca trưởng') }, as());
  await desk.writer.call('view.save', { view: { ...mine, scope: 'site' } });
  const [at, elsewhere] = [as({ personId: PEOPLE[1] }), as({ personId: PEOPLE[1], siteId: SITES[1] })];
  expect([(await views.list({}, at)).views.map(view => view.name), (await views.list({}, elsewhere)).views]).toEqual([['Của ca trưởng'], []]);
  await expect(views.save({ id: mine.id, body: body('Khác') }, at)).rejects.toThrow('view/not-found');
  await expect(views.remove({ id: mine.id }, at)).rejects.toThrow('view/not-found');
  await views.setDefault({ id: mine.id }, at);
  expect([(await views.list({}, at)).defaultId, (await views.list({}, as())).defaultId]).toEqual([mine.id, null]);
  expect(await views.save({ id: mine.id, body: body('Của cả ca') }, as())).toMatchObject({ scope: 'site', name: 'Của cả ca' });
});

test('a person keeps at most forty', async () => {
  const { views } = await viewsDesk();
  for (let i = 0; i < 40; i++) await views.save({ id: null, body: body(`Khung ${i}`) }, as());
  await expect(views.save({ id: null, body: body('Một nữa') }, as())).rejects.toThrow('view/too-many');
});

test('words and parts that only a newer version knows break nothing: they are kept, and such a state stands for every newer one', async () => {
  const { desk, views } = await viewsDesk();
  const newer = ViewBody.parse({
    name: 'Của năm sau', filter: { open: null, states: ['escalated'], weather: 'mưa' }, sort: { by: 'distance', descending: true },
    columns: [{ id: 'weather', width: null }, ...QUEUE_COLUMNS.map(id => ({ id, width: null }))],
  });
  const kept = await views.save({ id: null, body: newer }, as());
  expect((await views.list({}, as())).views).toEqual([kept]);
  expect([kept.filter['weather'], newerParts(kept.filter), sortOf(kept.sort)]).toEqual(['mưa', ['weather'], { by: 'urgency', descending: false }]);

  const rows = (['received', 'escalated', 'closed'] as const).map((state, i) => issueWith({ state: state as 'received', description: state, version: i + 5 }));
  await desk.writer.call('sync.applyPage', { rows: rows.map((data, i) => ({ kind: 'issue', id: data.id, seq: i + 5, deleted: false, data: { ...data } })), cursor: 'c9', verdicts: [], atMs: T0 });
  const issues = createIssues({ reader: desk.reader, writer: desk.writer, clock: { nowMs: () => T0 }, correctedNowMs: () => T0, linkIsUp: () => true, station: () => desk.station });
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
