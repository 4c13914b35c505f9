import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { LIMITS } from '../../../contract/issue.ts';
import type { PayloadOf } from '../../../contract/mutations/payloads.ts';
import { QueueFilter } from '../../../contract/queue.ts';
import { allRows } from '../../../db/database.ts';
import type { DbChange } from '../../../db/writer-api.ts';
import { createIssues } from '../../../main/issues/issues.ts';
import type { IssueNews } from '../../../main/issues/queue-state.ts';
import { AREA, testDesk } from './desk.ts';
import { PEOPLE, sessionWith, SITES, T0, UNITS } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const signal = new AbortController().signal;
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith(some), signal });
const URGENCY = { by: 'urgency', descending: false } as const;

async function issuesDesk({ onDuty = () => true, ...some }: { thread?: boolean; onDuty?: () => boolean } = {}) {
  const desk = await testDesk(some);
  ends.push(() => desk.close());
  const link = { isUp: false };
  const issues = createIssues({
    reader: desk.reader, writer: desk.writer, clock: { nowMs: () => desk.now.ms }, correctedNowMs: () => desk.now.ms, linkIsUp: () => link.isUp, station: () => desk.station, onDuty,
  });
  ends.push(() => Promise.resolve(issues.close()));
  const news: IssueNews[] = [];
  desk.writer.onChange((change: DbChange) => { news.push(issues.freshCounts(change)); });
  return { desk, issues, link, news };
}

function received(some: Partial<PayloadOf<'issue.receive'>> = {}): PayloadOf<'issue.receive'> {
  return {
    id: newId(T0), class: 'issue', service: 'field', siteId: SITES[0], channel: 'phone', sourceRef: null, occurredAtMs: null, receivedAtMs: T0, severity: 'P3',
    category: 'lighting', description: 'Đèn đường hỏng', place: { text: 'Đường Hoà Bình', areaId: AREA.id, landmark: '', lat: null, lon: null },
    reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271 555 418', relation: 'hàng xóm' }, victims: [], original: null, ...some,
  };
}

test('a record taken in is in the list, in words where its changes are, and named in full in its detail', async () => {
  const { issues: { handlers }, link } = await issuesDesk();
  const payload = received();
  const told = await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  expect(told).toEqual({ id: payload.id, provisionalNo: 'TẠM-BP01-260301-01' });
  const view = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  const page = async () => handlers.page({ viewId: view.viewId, start: 0, end: 100 }, as());
  expect(await page()).toMatchObject({
    id: [payload.id], service: ['field'], displayNo: [null], provisionalNo: ['TẠM-BP01-260301-01'], severity: ['P3'], state: ['received'],
    description: ['Đèn đường hỏng'], place: ['Đường Hoà Bình'], receivedAtMs: [T0], dueAtMs: [Date.UTC(2026, 2, 2, 2, 30)], sync: ['saved'], gone: [false],
  });
  link.isUp = true;
  expect((await page()).sync).toEqual(['waiting']);
  const detail = await handlers.get({ id: payload.id }, as());
  expect(detail).toMatchObject({ sync: 'waiting', names: { [PEOPLE[0]]: 'Trần Minh Họa', [AREA.id]: AREA.name, [SITES[0]]: 'IOC tỉnh' }, actions: expect.arrayContaining(['issue.startVerification', 'issue.edit']) });
  expect(Object.values(detail.names)).toContain('Bàn 1');
});

test('who reported is masked until it is revealed, and whoever reveals it is on record', async () => {
  const { desk, issues: { handlers } } = await issuesDesk();
  const payload = received({ victims: [{ who: 'Trần Thị Mẫu', conscious: 'yes', breathing: 'yes', bleeding: 'unknown' }], original: { first_name: 'Mẫu', 'Số điện thoại': 'không có', ho_ten: 'Mẫu', service_name: 'Đèn', zipcode: '67000' } });
  await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  const masked = await handlers.get({ id: payload.id }, as());
  expect(masked.reporterMasked).toBe(true);
  expect(masked.issue.reporter).toEqual({ anonymous: false, name: '•••', phone: '•••• ••• 418', relation: '•••' });
  expect(masked.issue.victims[0]!.who).toBe('•••');
  expect(masked.issue.original).toEqual({ first_name: '•••', 'Số điện thoại': '•••', ho_ten: '•••', service_name: 'Đèn', zipcode: '•••' });
  expect(JSON.stringify(masked)).not.toContain('Văn Mẫu');
  const audit = () => allRows<{ action: string }>(desk.reader, `SELECT action FROM audit WHERE action='reporter.reveal' AND subject=?`, payload.id).length;
  expect(audit()).toBe(0);
  const open = await handlers.reveal({ id: payload.id }, as({ personId: PEOPLE[1] }));
  expect([open.reporterMasked, open.issue.reporter.phone, audit()]).toEqual([false, '0271 555 418', 1]);
  const anonymous = received({ reporter: { anonymous: true, name: '', phone: '', relation: '' } });
  await handlers.mutate({ name: 'issue.receive', payload: anonymous, draftId: null }, as());
  expect((await handlers.get({ id: anonymous.id }, as())).reporterMasked).toBe(false);
});

test('the words of a source are masked under every name but a known harmless one, and are personal data by themselves', async () => {
  const { issues: { handlers } } = await issuesDesk();
  const told = { CCCD: '070000000001', 'Liên hệ': 'bà Mẫu', 'Địa chỉ người dân': '12 Hoà Bình', Zalo: '0900000001', 'Địa chỉ': 'tổ 4', 'Ghi chú': 'con bà Mẫu', 'mô tả': 'bà Mẫu gọi' };
  const harmless = { service_request_id: 'A-7', status: 'open', 'Loại phản ánh': 'Đèn', 'Ngày gửi': '1/3/2026', lat: '11,5', 'xã phường': 'Tân Bình', STT: '4' };
  const anonymous = { reporter: { anonymous: true, name: '', phone: '', relation: '' } };
  const seen = async (original: Record<string, string>) => {
    const payload = received({ ...anonymous, original });
    await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
    const { issue, reporterMasked } = await handlers.get({ id: payload.id }, as());
    return { original: issue.original, reporterMasked };
  };
  expect(await seen({ ...told, ...harmless })).toEqual({ original: { ...Object.fromEntries(Object.keys(told).map(key => [key, '•••'])), ...harmless }, reporterMasked: true });
  for (const [key, value] of Object.entries(told)) expect(await seen({ [key]: value })).toEqual({ original: { [key]: '•••' }, reporterMasked: true });
  expect(await seen({ ...harmless, Zalo: ' ' })).toEqual({ original: { ...harmless, Zalo: ' ' }, reporterMasked: false });
});

test('who is not on duty, or whose unit does not have the record, opens it only with a written reason, which is on record apart', async () => {
  const duty = { is: false };
  const { desk, issues } = await issuesDesk({ onDuty: () => duty.is });
  const { handlers } = issues;
  await issues.loadSheet();
  const payload = received();
  await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  const { id } = payload;
  expect((await handlers.get({ id }, as())).personal).toEqual({ access: 'reason', lacks: ['duty'] });
  await expect(handlers.reveal({ id }, as())).rejects.toMatchObject({ code: 'personal/reason-needed', facts: { lacks: 'duty' } });
  await expect(handlers.reveal({ id, reason: '   ' }, as())).rejects.toThrow('personal/reason-needed');
  const journal = () => allRows<{ action: string; subject: string }>(desk.reader, `SELECT action, subject FROM audit WHERE action LIKE 'reporter.%' ORDER BY seq`);
  expect(journal()).toEqual([]);
  expect((await handlers.reveal({ id, reason: 'Gọi lại nạn nhân đang nguy kịch' }, as())).issue.reporter.phone).toBe('0271 555 418');
  expect(journal()).toEqual([{ action: 'reporter.emergency', subject: `${id} Gọi lại nạn nhân đang nguy kịch` }]);
  const focal = as({ personId: PEOPLE[1], roles: ['dau_moi'], unitId: UNITS[0] });
  duty.is = true;
  expect((await handlers.get({ id }, focal)).personal).toEqual({ access: 'reason', lacks: ['assignment'] });
  await handlers.mutate({ name: 'issue.startVerification', payload: { id }, draftId: null }, as());
  await handlers.mutate({ name: 'issue.verify', payload: { id, method: 'camera', note: '' }, draftId: null }, as());
  await handlers.mutate({ name: 'issue.forward', payload: { id, leadUnitId: UNITS[0], coUnitIds: [], note: '' }, draftId: null }, as({ roles: ['ca_truong'] }));
  expect((await handlers.get({ id }, focal)).personal).toEqual({ access: 'open', lacks: [] });
  expect((await handlers.reveal({ id }, focal)).issue.reporter.name).toBe('Nguyễn Văn Mẫu');
  await expect(handlers.reveal({ id }, as({ roles: ['lanh_dao_ioc'] }))).rejects.toThrow('auth/forbidden');
  await expect(handlers.reveal({ id }, as({ roles: ['kiem_tra'] }))).rejects.toMatchObject({ facts: { lacks: 'inspection' } });
});

test('who may not read who reported learns it neither by searching, nor from likeness, nor by an edit that guesses', async () => {
  const duty = { is: true };
  const { issues } = await issuesDesk({ onDuty: () => duty.is });
  const { handlers } = issues;
  await issues.loadSheet();
  const payload = received();
  await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  const wanted = { id: newId(T0 + 9), service: 'field', category: 'waste', areaId: null, lat: null, lon: null, phone: '0271555418', text: '', receivedAtMs: T0 } as const;
  const finds = async (who: ReturnType<typeof as>) => [
    (await handlers.search({ text: '555418', limit: 9 }, who)).length, (await handlers.search({ text: 'văn mẫu', limit: 9 }, who)).length,
    (await handlers.openView({ filter: QueueFilter.parse({ text: '555418' }), sort: URGENCY }, who)).total, (await handlers.similar(wanted, who)).length,
  ];
  expect(await finds(as())).toEqual([1, 1, 1, 1]);
  for (const roles of [['kiem_tra'], ['dau_moi'], ['lanh_dao_ioc']] as const) expect(await finds(as({ roles: [...roles] }))).toEqual([0, 0, 0, 0]);
  duty.is = false;
  expect(await finds(as())).toEqual([0, 0, 0, 0]);
  const guess = { id: payload.id, fields: { reporter: { from: { ...payload.reporter, name: 'Ai đó' }, to: payload.reporter } } };
  await expect(handlers.mutate({ name: 'issue.edit', payload: guess, draftId: null }, as())).rejects.toThrow('personal/reason-needed');
  await handlers.mutate({ name: 'issue.edit', payload: { id: payload.id, fields: { severity: { from: 'P3', to: 'P2' } } }, draftId: null }, as());
});

test('a record outside the session’s scope is not there: not in lists, not by its id, not to be changed', async () => {
  const { issues: { handlers } } = await issuesDesk();
  const payload = received();
  await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  const of115 = as({ scope: { siteIds: null, services: ['115'] } });
  expect((await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, of115)).total).toBe(0);
  expect(() => handlers.get({ id: payload.id }, of115)).toThrow('issue/not-found');
  expect(await handlers.search({ text: '418', limit: 10 }, of115)).toEqual([]);
  await expect(handlers.mutate({ name: 'issue.note', payload: { id: payload.id, note: 'x' }, draftId: null }, of115)).rejects.toThrow('issue/outside-scope');
  await expect(handlers.mutate({ name: 'issue.receive', payload: { ...payload, id: newId(T0), description: 'x'.repeat(LIMITS.description + 1) }, draftId: null }, as())).rejects.toThrow('issue/bad-value');
});

test('the first page is there before the sheet is, with the same rows; the counts come with the sheet', async () => {
  const { issues } = await issuesDesk();
  const { handlers } = issues;
  for (const [i, severity] of (['P3', 'P1', 'P2'] as const).entries()) {
    await handlers.mutate({ name: 'issue.receive', payload: received({ severity, description: `Việc ${i}` }), draftId: null }, as());
  }
  const early = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  const page = (viewId: string) => handlers.page({ viewId, start: 0, end: 9 }, as());
  expect([early.total, (await page(early.viewId)).severity, (await page(early.viewId)).gone]).toEqual([3, ['P1', 'P2', 'P3'], [false, false, false]]);
  expect(await handlers.counts({}, as())).toBeNull();
  const byText = await handlers.openView({ filter: QueueFilter.parse({ text: 'viec 1' }), sort: URGENCY }, as());
  expect((await page(byText.viewId)).description).toEqual(['Việc 1']);
  await issues.loadSheet();
  const late = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  expect(await page(late.viewId)).toEqual(await page(early.viewId));
  expect(await handlers.counts({}, as())).toMatchObject({ open: 3, mine: 3, toVerify: 3, byService: { field: 3, '115': 0 }, byState: { received: 3 } });
  expect((await handlers.counts({}, as({ personId: PEOPLE[1] })))!.mine).toBe(0);
});

test('a committed change is told to the lists that it concerns, also to those with a text', async () => {
  const { issues, news } = await issuesDesk();
  const { handlers } = issues;
  await issues.loadSheet();
  const all = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  const text = await handlers.openView({ filter: QueueFilter.parse({ text: 'ngập nước' }), sort: URGENCY }, as());
  const phone = await handlers.openView({ filter: QueueFilter.parse({ text: '555 999' }), sort: URGENCY }, as());
  const one = received({ description: 'Ngap nuoc', reporter: { anonymous: false, name: '', phone: '0271555999', relation: '' } });
  await handlers.mutate({ name: 'issue.receive', payload: one, draftId: null }, as());
  expect(news.at(-1)).toEqual({ issueIds: [one.id], fresh: { [all.viewId]: 1, [text.viewId]: 1, [phone.viewId]: 1 } });
  await handlers.mutate({ name: 'issue.receive', payload: received(), draftId: null }, as());
  expect(news.at(-1)!.fresh).toEqual({ [all.viewId]: 2, [text.viewId]: 1, [phone.viewId]: 1 });
  await handlers.mutate({ name: 'issue.edit', payload: { id: one.id, fields: { description: { from: 'Ngap nuoc', to: 'Khô ráo' } } }, draftId: null }, as());
  expect(news.at(-1)!.fresh).toEqual({ [all.viewId]: 2, [text.viewId]: 0, [phone.viewId]: 1 });
  const next = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  expect(await handlers.positionOf({ viewId: next.viewId, id: one.id }, as())).toEqual({ position: 0 });
  expect(await handlers.positionOf({ viewId: all.viewId, id: one.id }, as())).toEqual({ position: null });
  await handlers.closeView({ viewId: next.viewId }, as());
  expect(() => handlers.page({ viewId: next.viewId, start: 0, end: 1 }, as())).toThrow('queue/view-gone');
});

test('a change too large to name is read anew in the background, and its news follow', async () => {
  const { desk, issues } = await issuesDesk();
  const { handlers } = issues;
  await issues.loadSheet();
  const view = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as());
  const later = new Promise<IssueNews>(resolve => { issues.onNews(resolve); });
  await handlers.mutate({ name: 'issue.receive', payload: received(), draftId: null }, as());
  issues.freshCounts({ tables: ['issue'], issueRids: null });
  expect((await later).fresh).toEqual({ [view.viewId]: 1 });
  expect((await handlers.counts({}, as()))!.open).toBe(1);
  expect(desk.reader.open).toBe(true);
});

test('a half-written form is its writer’s own, on records that they may read, and goes when the step is taken', async () => {
  const { issues: { handlers } } = await issuesDesk();
  const payload = received();
  await handlers.mutate({ name: 'issue.receive', payload, draftId: null }, as());
  const place = { id: payload.id, action: 'issue.note', personId: PEOPLE[0] };
  const other = as({ personId: PEOPLE[1] });
  const outside = as({ scope: { siteIds: null, services: ['115'] } });
  await handlers.saveForm({ ...place, fields: { text: 'gọi lại lúc' } }, as());
  expect(await handlers.forms({ id: payload.id }, as())).toEqual([{ action: 'issue.note', fields: { text: 'gọi lại lúc' }, savedAtMs: T0 }]);
  expect(await handlers.forms({ id: payload.id }, other)).toEqual([]);
  // What the one wrote is still on its way when the other signs in: it never becomes the other's.
  await expect((async () => handlers.saveForm({ ...place, fields: { text: 'của ai?' } }, other))()).rejects.toThrow('auth/forbidden');
  await expect(handlers.removeForm(place, other)).rejects.toThrow('auth/forbidden');
  await expect((async () => handlers.forms({ id: payload.id }, outside))()).rejects.toThrow('issue/not-found');
  await expect((async () => handlers.saveForm({ ...place, fields: {} }, outside))()).rejects.toThrow('issue/not-found');
  const page = newId(T0);
  await handlers.saveForm({ ...place, fields: { text: 'gọi lại lúc 9' }, turn: { page, n: 3 } }, as());
  await handlers.saveForm({ ...place, fields: { text: 'gọi' }, turn: { page, n: 1 } }, as());
  await handlers.removeForm({ ...place, turn: { page, n: 2 } }, as());
  expect(await handlers.forms({ id: payload.id }, as())).toMatchObject([{ fields: { text: 'gọi lại lúc 9' } }]);
  await handlers.mutate({ name: 'issue.note', payload: { id: payload.id, note: 'gọi lại lúc 9 giờ' }, draftId: null }, as());
  expect(await handlers.forms({ id: payload.id }, as())).toEqual([]);
  await handlers.saveForm({ ...place, fields: { text: 'lần nữa' } }, as());
  await handlers.removeForm(place, as());
  expect(await handlers.forms({ id: payload.id }, as())).toEqual([]);
});

test('a draft is its writer’s own, keeps what was typed, and goes when the record is received', async () => {
  const { issues: { handlers } } = await issuesDesk();
  // Whoever may not receive for a line is told before the caller is asked anything.
  await expect((async () => handlers.startDraft({ service: '113' }, as({ scope: { siteIds: null, services: ['115'] } })))()).rejects.toMatchObject({ code: 'issue/outside-scope' });
  const draft = await handlers.startDraft({ service: '115' }, as());
  expect(draft.provisionalNo).toBe('TẠM-BP01-260301-01');
  await handlers.saveDraft({ id: draft.id, service: '115', fields: { description: 'đang gõ dở' } }, as());
  expect(await handlers.drafts({}, as())).toMatchObject([{ id: draft.id, fields: { description: 'đang gõ dở' } }]);
  expect(await handlers.drafts({}, as({ personId: PEOPLE[1] }))).toEqual([]);
  const page = newId(T0);
  await handlers.saveDraft({ id: draft.id, service: '115', fields: { description: 'gõ sau cùng' }, turn: { page, n: 2 } }, as());
  await handlers.saveDraft({ id: draft.id, service: '115', fields: { description: 'đến muộn' }, turn: { page, n: 1 } }, as());
  expect(await handlers.drafts({}, as())).toMatchObject([{ fields: { description: 'gõ sau cùng' } }]);
  await expect(handlers.saveDraft({ id: draft.id, service: '115', fields: {} }, as({ personId: PEOPLE[1] }))).rejects.toThrow('draft/not-found');
  const told = await handlers.mutate({ name: 'issue.receive', payload: received({ class: 'incident', service: '115' }), draftId: draft.id }, as());
  expect(told.provisionalNo).toBe(draft.provisionalNo);
  expect(await handlers.drafts({}, as())).toEqual([]);
  const other = await handlers.startDraft({ service: 'field' }, as());
  await handlers.removeDraft({ id: other.id }, as());
  expect(await handlers.drafts({}, as())).toEqual([]);
});

test('with the writer in its own thread, what a commit told is what the list then shows', async () => {
  const { issues, news } = await issuesDesk({ thread: true });
  const { handlers } = issues;
  await issues.loadSheet();
  const view = await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as({ unitId: UNITS[0] }));
  for (let i = 0; i < 20; i++) await handlers.mutate({ name: 'issue.receive', payload: received({ description: `Việc ${i}` }), draftId: null }, as());
  await nextTurn();
  expect(news.at(-1)!.fresh).toEqual({ [view.viewId]: 20 });
  expect((await handlers.openView({ filter: QueueFilter.parse({}), sort: URGENCY }, as())).total).toBe(20);
});
