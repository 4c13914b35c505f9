import { afterEach, expect, test } from 'vitest';
import { requestDue } from '../../../contract/documents/request.ts';
import { newId } from '../../../contract/ids.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import type { RequestTyped } from '../../../contract/requests.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { allRows } from '../../../db/database.ts';
import { readAccessPage } from '../../../db/stores/access-log.ts';
import { createIssues } from '../../../main/issues/issues.ts';
import { createRequests } from '../../../main/requests/requests.ts';
import { testDesk } from '../issues/desk.ts';
import { issueWith, PEOPLE, sessionWith, SITES, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith({ roles: ['ca_truong'], ...some }), signal: new AbortController().signal });
const typed = (some: Partial<RequestTyped> = {}): RequestTyped => ({ kind: 'access', name: 'Trần Minh Họa', phone: '0900000001', address: '', identified: 'in_person', words: 'Xin bản sao', records: '', received: '', ...some });

async function desk() {
  const made = await testDesk();
  ends.push(() => made.close());
  const issue = issueWith({ displayNo: '1022-2026-000007' });
  await made.writer.call('sync.applyPage', { rows: [{ kind: 'issue', id: issue.id, seq: 9, deleted: false, data: { ...issue } }], cursor: 'c2', verdicts: [], atMs: T0 });
  return { made, issue, requests: createRequests({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, station: () => made.station }) };
}

test('a request names its records by number, an unknown number is told and what was typed stays', async () => {
  const { requests, issue } = await desk();
  const page = newId(T0);
  await requests.saveDraft({ typed: typed({ records: '1022-2026-000007; 1022-2026-009999' }), turn: { page, n: 2 } }, as());
  await requests.saveDraft({ typed: typed({ records: '1022' }), turn: { page, n: 1 } }, as());
  await expect(requests.receive({ typed: typed({ records: '1022-2026-000007; 1022-2026-009999' }) }, as())).rejects.toThrow(expect.objectContaining({ code: 'request/no-such-record', facts: { no: '1022-2026-009999' } }));
  expect((await requests.draft({}, as())).records).toContain('009999');
  const { request, records } = await requests.receive({ typed: typed({ records: '1022-2026-000007' }) }, as());
  expect([request.issueIds, records]).toEqual([[issue.id], [{ id: issue.id, no: '1022-2026-000007' }]]);
  expect((await requests.draft({}, as())).words).toBe('');
});

test('what is open stands first, the soonest due before the others; each look at one is on record', async () => {
  const { requests, made } = await desk();
  const first = (await requests.receive({ typed: typed({ words: 'một' }) }, as())).request.id;
  made.now.ms += 3_600_000;
  const second = (await requests.receive({ typed: typed({ words: 'hai', identified: 'not_yet' }) }, as())).request.id;
  expect((await requests.list({ ended: 9 }, as())).lines.map(line => line.id)).toEqual([first, second]);
  await expect(requests.answer({ id: second, words: 'đã gửi' }, as())).rejects.toThrow(expect.objectContaining({ code: 'request/not-identified' }));
  await requests.answer({ id: first, words: 'đã gửi' }, as());
  expect((await requests.list({ ended: 9 }, as())).lines.map(line => [line.id, line.state])).toEqual([[second, 'open'], [first, 'answered']]);
  expect(await requests.list({ ended: 0 }, as())).toMatchObject({ lines: [{ id: second }], left: 1 });
  expect(await requests.news({}, as())).toEqual({ open: 1, overdue: 0 });
  made.now.ms += 30 * 86_400_000;
  expect(await requests.news({}, as())).toEqual({ open: 1, overdue: 1 });
  // The screen asks again whenever something changes: that is the same look. Later, or at another sitting, it is another.
  const looks = () => {
    const { entries } = readAccessPage(made.reader, { filter: { personId: null, issueNo: null, fromMs: null, toMs: null, grounds: ['request'] }, after: null, scope: as().session.scope }, '');
    expect(entries.every(({ issueId, personId }) => issueId === null && personId === as().session.personId)).toBe(true);
    expect(allRows(made.reader, `SELECT 1 FROM audit WHERE action='request.view'`)).toHaveLength(entries.length);
    return entries.length;
  };
  for (let i = 0; i < 3; i++) { await requests.get({ id: first }, as()); made.now.ms += 20 * 60_000; }
  expect(looks()).toBe(1);
  await requests.get({ id: first }, as({ signedInAtMs: made.now.ms }));
  await requests.get({ id: second }, as());
  expect(looks()).toBe(3);
  made.now.ms += 3_600_000;
  await requests.get({ id: first }, as());
  expect(looks()).toBe(4);
});

test('what is typed for a step is kept until the step is taken, for its person alone, and only by whoever reads the request', async () => {
  const { made, requests } = await desk();
  const issues = createIssues({ reader: made.reader, writer: made.writer, clock: { nowMs: () => T0 }, correctedNowMs: () => T0, linkIsUp: () => true, station: () => made.station, onDuty: () => true });
  ends.push(() => issues.close());
  const { id } = (await requests.receive({ typed: typed() }, as())).request;
  const { personId } = as().session;
  await issues.handlers.saveForm({ id, action: 'request.answer', personId, fields: { words: 'Đã gửi bản sao' } }, as());
  await issues.handlers.saveForm({ id, action: 'request.note', personId, fields: { words: 'Đang hỏi' } }, as());
  const kept = async (call = as()) => (await issues.handlers.forms({ id }, call)).map(form => [form.action, form.fields]);
  expect([await kept(), await kept(as({ personId: PEOPLE[1] }))]).toEqual([[['request.answer', { words: 'Đã gửi bản sao' }], ['request.note', { words: 'Đang hỏi' }]], []]);
  await expect(kept(as({ scope: { siteIds: [SITES[1]], services: null } }))).rejects.toThrow(expect.objectContaining({ code: 'document/not-found' }));
  await requests.answer({ id, words: 'Đã gửi bản sao' }, as());
  expect(await kept()).toEqual([['request.note', { words: 'Đang hỏi' }]]);
});

test('nobody of another site gets a request, nor acts on it', async () => {
  const { made, requests } = await desk();
  const { id } = (await requests.receive({ typed: typed() }, as())).request;
  const elsewhere = as({ personId: PEOPLE[1], scope: { siteIds: [SITES[1]], services: null } });
  await expect(requests.get({ id }, elsewhere)).rejects.toThrow(expect.objectContaining({ code: 'document/not-found' }));
  expect(allRows(made.reader, 'SELECT 1 FROM access_line')).toEqual([]);
  await expect(requests.note({ id, text: 'lạ' }, elsewhere)).rejects.toThrow(expect.objectContaining({ code: 'issue/outside-scope' }));
  expect([(await requests.list({ ended: 9 }, elsewhere)).lines, (await requests.get({ id }, as())).request.notes]).toEqual([[], []]);
  expect((await requests.get({ id }, as({ scope: { siteIds: [SITES[0]], services: ['113'] } }))).request.id).toBe(id);
});

test('a letter of before is dated: its clock runs from there; what cannot be read is told, and a draft of before the field is still there', async () => {
  const { requests, made } = await desk();
  const receive = (received: string) => requests.receive({ typed: typed({ received }) }, as());
  const before = Math.floor((made.now.ms - 3 * 86_400_000) / 60_000) * 60_000;
  const { request } = await receive(formatDateTime(before));
  expect([request.receivedAtMs, request.dueAtMs]).toEqual([before, requestDue(before, DEFAULT_PACK)]);
  expect((await receive(' ')).request.receivedAtMs).toBe(made.now.ms);
  for (const text of ['hôm qua', formatDateTime(made.now.ms + 120_000), formatDateTime(made.now.ms - 31 * 86_400_000)]) await expect(receive(text), text).rejects.toThrow(expect.objectContaining({ code: 'request/received-when' }));
  const { received: _, ...old } = typed({ words: 'của bản trước' });
  await requests.saveDraft({ typed: old as RequestTyped }, as());
  expect(await requests.draft({}, as())).toMatchObject({ words: 'của bản trước', received: '' });
});

test('what is asked for is chosen and not taken for granted', async () => {
  const { requests } = await desk();
  expect((await requests.draft({}, as())).kind).toBe('');
  await requests.saveDraft({ typed: typed({ kind: '' }) }, as());
  expect(await requests.draft({}, as())).toEqual(typed({ kind: '' }));
  await expect(requests.receive({ typed: typed({ kind: '' }) }, as())).rejects.toThrow(expect.objectContaining({ code: 'issue/bad-value' }));
});

test('whoever may only read takes nothing in', async () => {
  const { requests } = await desk();
  await expect(requests.receive({ typed: typed() }, as({ roles: ['kiem_tra'] }))).rejects.toThrow(expect.objectContaining({ code: 'auth/forbidden' }));
});
