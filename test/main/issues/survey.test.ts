import { parse } from 'csv-parse/sync';
import { openXlsx } from 'hucre/xlsx';
import { afterEach, describe, expect, test } from 'vitest';
import { SURVEY_COLUMNS, type ExportFormat } from '../../../contract/export.ts';
import { newId } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { DEFAULT_ASKING } from '../../../contract/policy/default-asking.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { policyBook } from '../../../contract/policy/pack.ts';
import type { Row } from '../../../contract/province.ts';
import { allRows } from '../../../db/database.ts';
import { listRows } from '../../../db/stores/list-rows.ts';
import { codeOf } from '../../../main/issues/survey/codes.ts';
import { messageMaker } from '../../../main/issues/survey/messages.ts';
import { exportsDesk } from './export/support.ts';
import { issueWith, sessionWith, SITES, T0 } from './support.ts';

const DAY = 86_400_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });
async function desk(...records: Issue[]) {
  const made = await exportsDesk(records);
  ends.push(made.end);
  return made;
}

/** A closed report whose survey is due a day from now. */
const waiting = (more: Partial<Issue> = {}): Issue => issueWith({
  service: '1022', state: 'closed', displayNo: '1022-2026-000123', dueAtMs: T0 + DAY, dueClock: 'survey', reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271 555 418', relation: '' },
  history: [{ atMs: T0, byId: newId(T0), deviceId: newId(T0), action: 'issue.close', to: 'closed' }], ...more,
});
const phone = (number: string): Issue['reporter'] => ({ anonymous: false, name: 'Người Mẫu', phone: number, relation: '' });
const WORDS = { ...Object.fromEntries(SURVEY_COLUMNS.map(name => [`column.${name}`, name])), sheet: 'Tin', 'survey.page': '{site}: {no} tại {link}', 'survey.hotline': '{site}: Kính mời đánh giá {no}, gọi {hotline}, mã {code}', 'survey.code': '{code}' };
const rowsOf = (bytes: Buffer) => parse(bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
const ANSWER = { channel: 'paper', answered: true, score: 4, onTime: 'yes', rightResult: 'yes', attitude: 'yes', comment: '' };
const operator = sessionWith({ roles: ['truc_ban'] });

type Made = Awaited<ReturnType<typeof desk>>;
const order = async (made: Made, some: { plain?: boolean; onlyChosen?: boolean; viewId?: string; format?: ExportFormat } = {}) => ({
  viewId: some.viewId ?? await made.open(operator, { toSurvey: true }), format: some.format ?? 'csv' as const, words: WORDS, personal: null, survey: { onlyChosen: some.onlyChosen ?? false, plain: some.plain ?? false },
});

describe('messages to reporters', () => {
  test('have a line for each who is still to be asked: number, phone, code and words ready to send', async () => {
    const asked = waiting();
    const made = await desk(asked, waiting({ id: newId(T0), displayNo: '1022-2026-000124', reporter: phone('') }), issueWith({ reporter: phone('0271000999') }));
    const { name, bytes, left } = await made.fetch(await order(made), operator);
    expect(name).toMatch(/-khao-sat-co-du-lieu-ca-nhan\.csv$/);
    expect(rowsOf(bytes)).toEqual([{ displayNo: '1022-2026-000123', phone: '0271 555 418', code: codeOf(asked.id), link: '', message: `IOC tỉnh: Kính mời đánh giá 1022-2026-000123, gọi 1022, mã ${codeOf(asked.id)}` }]);
    expect(left).toBe(1);
    expect(bytes.toString()).not.toContain('Văn Mẫu');
  });

  test('are in the signs of an SMS when that is asked for, and in a worksheet as text', async () => {
    const made = await desk(waiting());
    const { bytes } = await made.fetch(await order(made, { plain: true, format: 'xlsx' }), operator);
    const { sheets: [sheet] } = await openXlsx(bytes);
    expect(sheet!.rows[1]![1]).toBe('0271 555 418');
    expect(sheet!.rows[1]![4]).toMatch(/^IOC tinh: Kinh moi danh gia 1022-2026-000123, goi 1022, ma [A-Z0-9-]{11}$/);
  });

  test('leave out whose survey is held, too late or excepted, and ask a reporter once of a case', async () => {
    const root = waiting({ displayNo: '1022-2026-000001' });
    const part = waiting({ displayNo: '1022-2026-000002', reporter: phone('0271555418'), merges: [{ edgeId: newId(T0), parentId: root.id, byId: newId(T0), atMs: T0 }] });
    const late = waiting({ displayNo: '1022-2026-000003', dueAtMs: T0 - 15 * DAY, reporter: phone('0271000003') });
    const fight = waiting({ displayNo: '1022-2026-000004', category: 'fight', reporter: phone('0271000004') });
    const held = waiting({ displayNo: '1022-2026-000005', dueAtMs: null, reporter: phone('0271000005') });
    const other = waiting({ displayNo: '1022-2026-000006', reporter: phone('0271000006') });
    const made = await desk(late, fight, held, other);
    const rows = [root, part].map((data, at): Row => ({ kind: 'issue', id: data.id, seq: 10 + at, deleted: false, data: { ...data } }));
    await made.desk.writer.call('sync.applyPage', { rows, cursor: 'c2', verdicts: [], atMs: T0 });
    await made.queue.loadSheet();
    made.queue.freshCounts({ tables: ['issue'], issueRids: [5, 6] });
    const { bytes } = await made.fetch(await order(made, { viewId: await made.open(operator) }), operator);
    expect(rowsOf(bytes).map(row => row['displayNo'])).toEqual(['1022-2026-000006', '1022-2026-000001']);
  });

  test('ask a reporter of a case by one code, whatever list they are made from, and take one answer', async () => {
    const root = waiting({ displayNo: '1022-2026-000001' });
    const part = waiting({ displayNo: '1022-2026-000002', reporter: phone('+84 271 555 418'), merges: [{ edgeId: newId(T0), parentId: root.id, byId: newId(T0), atMs: T0 }] });
    const made = await desk();
    const rows = [root, part].map((data, at): Row => ({ kind: 'issue', id: data.id, seq: 10 + at, deleted: false, data: { ...data } }));
    await made.desk.writer.call('sync.applyPage', { rows, cursor: 'c2', verdicts: [], atMs: T0 });
    await made.queue.loadSheet();
    made.queue.freshCounts({ tables: ['issue'], issueRids: [1, 2] });
    const viewId = await made.open(operator);
    const codes: (string | undefined)[] = [];
    for (const at of [0, 1]) {
      await made.queue.handlers.choose({ viewId, steps: [{ from: 0, to: 1, chosen: false }, { from: at, to: at, chosen: true }] }, made.as(operator));
      codes.push(...rowsOf((await made.fetch(await order(made, { viewId, onlyChosen: true }), operator)).bytes).map(row => row['code']));
    }
    expect(codes).toEqual([codeOf(root.id), codeOf(root.id)]);
    // A code given before, or read from a print of the other record, finds the one answer as well.
    await made.queue.handlers.mutate({ name: 'issue.survey', payload: { id: root.id, ...ANSWER }, draftId: null }, made.as(operator));
    expect((await made.queue.handlers.bySurveyCode({ text: codeOf(part.id) }, made.as(operator))).refusal?.code).toBe('survey/answered');
    const { surveyCode, actions } = await made.queue.handlers.get({ id: part.id }, made.as(operator));
    expect([surveyCode, actions.includes('issue.survey')]).toEqual([null, false]);
    await expect(made.queue.handlers.mutate({ name: 'issue.survey', payload: { id: part.id, ...ANSWER }, draftId: null }, made.as(operator))).rejects.toThrow('survey/answered');
  });

  test('ask by the rules that were in force for the record, also where others come into force before it did', async () => {
    const [kept, now] = [{ ...DEFAULT_PACK, id: newId(1) }, { ...DEFAULT_PACK, id: newId(2), effectiveFromMs: T0 - 10 * DAY, survey: { ...DEFAULT_PACK.survey, asking: { ...DEFAULT_ASKING, notCategories: ['lighting'] } } }];
    const [before, after] = [waiting({ category: 'lighting', policyId: kept.id }), waiting({ category: 'lighting', policyId: now.id, reporter: phone('0271000007') })];
    const made = await desk(before, after);
    const make = messageMaker({ db: made.desk.reader, policy: policyBook([kept, now]), atMs: T0, siteName: 'IOC', words: WORDS, order: { onlyChosen: false, plain: false } });
    const rows = listRows(made.desk.reader, true)([1, 2]);
    expect(rows.map(row => make(row!)?.[2])).toEqual([{ text: codeOf(before.id) }, undefined]);
  });

  test('are of the marked records when that is asked for', async () => {
    const made = await desk(waiting({ displayNo: '1022-2026-000001', reporter: phone('0271000001') }), waiting({ displayNo: '1022-2026-000002', reporter: phone('0271000002') }));
    const viewId = await made.open(operator, { toSurvey: true });
    await made.queue.handlers.choose({ viewId, steps: [{ from: 1, to: 1, chosen: true }] }, made.as(operator));
    const { bytes } = await made.fetch(await order(made, { viewId, onlyChosen: true }), operator);
    expect(rowsOf(bytes)).toHaveLength(1);
  });

  test('need the right to survey and to see reporters, and are in the journal before the first byte', async () => {
    const made = await desk(waiting());
    for (const roles of [['kiem_tra'], ['quan_tri']] as const) {
      const session = sessionWith({ roles: [...roles] });
      await expect(made.exports.handlers.begin({ ...await order(made), viewId: await made.open(session) }, made.as(session))).rejects.toThrow('auth/forbidden');
    }
    const journal = () => allRows<{ action: string; subject: string }>(made.desk.reader, `SELECT action, subject FROM audit WHERE action LIKE '%export%'`);
    expect(journal()).toEqual([]);
    await made.exports.handlers.begin(await order(made), made.as(operator));
    expect(journal()).toEqual([{ action: 'survey.export', subject: 'csv 1' }]);
  });

  test('begin no formula, whatever a number is', async () => {
    const made = await desk(waiting({ reporter: phone('+84 271 555 418') }));
    expect(rowsOf((await made.fetch(await order(made), operator)).bytes)[0]!['phone']).toBe("'+84 271 555 418");
  });
});

describe('an answer that comes back by its code', () => {
  test('finds its record, however it is typed', async () => {
    const asked = waiting();
    const made = await desk(waiting({ id: newId(T0), reporter: phone('0271000001') }), asked);
    for (const text of [codeOf(asked.id), codeOf(asked.id).toLowerCase().replace('-', ' '), `https://khaosat.mau.vn/?ma=${codeOf(asked.id)}`]) {
      expect(await made.queue.handlers.bySurveyCode({ text }, made.as(operator))).toEqual({ id: asked.id, refusal: null });
    }
    expect((await made.queue.handlers.get({ id: asked.id }, made.as(operator))).surveyCode).toBe(codeOf(asked.id));
  });

  test('of a record that is answered, open again or excepted finds it and says why nothing can be entered', async () => {
    const held = waiting({ dueAtMs: null, survey: { channel: 'paper', answered: true, score: 4, onTime: 'yes', rightResult: 'yes', attitude: 'yes', comment: '', byId: newId(T0), atMs: T0 } });
    const [again, fight] = [waiting({ state: 'reopened' }), waiting({ category: 'fight' })];
    const made = await desk(held, again, fight);
    const refusalOf = async ({ id }: Issue) => (await made.queue.handlers.bySurveyCode({ text: codeOf(id) }, made.as(operator))).refusal?.code;
    expect([await refusalOf(held), await refusalOf(again), await refusalOf(fight)]).toEqual(['survey/answered', 'issue/wrong-state', 'issue/no-survey']);
    expect((await made.queue.handlers.get({ id: held.id }, made.as(operator))).surveyCode).toBeNull();
  });

  test('is no code, or of a record that is not here or not this person’s', async () => {
    const made = await desk(waiting({ siteId: SITES[1] }));
    const elsewhere = sessionWith({ roles: ['truc_ban'], scope: { siteIds: [SITES[0]], services: null } });
    const find = async (text: string, session = operator): Promise<unknown> => made.queue.handlers.bySurveyCode({ text }, made.as(session));
    await expect(find('không phải mã')).rejects.toThrow('survey/bad-code');
    await expect(find(codeOf(newId(T0)))).rejects.toThrow('survey/unknown-code');
    const [there] = allRows<{ id: Uint8Array }>(made.desk.reader, 'SELECT id FROM issue');
    const hex = Buffer.from(there!.id).toString('hex');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    await expect(find(codeOf(id))).resolves.toMatchObject({ id });
    await expect(find(codeOf(id), elsewhere)).rejects.toThrow('survey/unknown-code');
  });
});
