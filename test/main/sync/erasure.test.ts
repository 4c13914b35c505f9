import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import type { DocumentIntent } from '../../../contract/documents/apply.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { fold } from '../../../contract/text.ts';
import { exactWords, foldedWords } from '../../../db/full-text.ts';
import { sealOf } from '../../../db/seal.ts';
import { openedJson } from '../../../db/sealed-json.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import { readDocument } from '../../../db/stores/documents.ts';
import { isTextUnclean } from '../../../db/text-clean.ts';
import { eraseDue } from '../../../province/retention.ts';
import { SAMPLE_PASSWORD } from '../../../province/sample/people.ts';
import { until, type Desk } from '../../support/desk.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { testDesk } from '../issues/desk.ts';
import { PEOPLE, SITES, T0 } from '../issues/support.ts';
import { servedProvince, type ServedProvince } from './served-province.ts';

const stage = {} as { province: ServedProvince };
beforeAll(async () => { stage.province = await servedProvince(() => Date.now()); }, 60_000);
afterAll(() => stage.province?.close());

const DOCUMENT = {
  lines: ['115'], kind: 'access', identified: 'in_person', issueIds: [], receivedAtMs: T0, dueAtMs: null, policyId: newId(5), state: 'open', extended: null, ended: null, notes: [], history: [], version: 10,
};

/** Words that nothing else has, and whose first letters nothing else shares. */
const WORDS = ['Zyxwvũ', 'Qzềngmậu', 'Wzạnhân', 'Xqhàngxóm', 'Kzbếptửa', '0987612345', '0987654321', '0977611122', 'Jqsửalại'];
const FORMS = WORDS.flatMap(word => [word, word.toLowerCase(), fold(word)]);
const reporter = { anonymous: false, name: 'Zyxwvũ Qzềngmậu', phone: '0987612345', relation: 'Xqhàngxóm' };
const victims = [{ who: 'Wzạnhân', conscious: 'yes', breathing: 'yes', bleeding: 'no' }];

/** A value as it lies there, and what is sealed in it. */
function opened(desk: Desk, column: string, value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(value), Buffer.from(column === 'persons' ? sealOf(desk.reader).open(value) : '')]);
  const text = String(value);
  return Buffer.from(text.startsWith('{') ? text + JSON.stringify(openedJson(desk.reader, text)) : text);
}

/** What stands for the words where they are found by signs; of the indexes only the end of one, for its beginning may be left out. */
const signsIn = ({ reader }: Desk): [word: string, sign: string][] => [
  ...WORDS.flatMap(word => [...exactWords(word), ...foldedWords(word)].map((one): [string, string] => [word, sealOf(reader).sign(one).slice(-8)])), ...WORDS.filter(word => /^\d+$/.test(word)).map((word): [string, string] => [word, sealOf(reader).phone(word)])];

/** Which of the words any value of any table holds, sealed or not, the indexes of words included. */
function heldBy(desk: Desk): string[] {
  const forms: [string, string][] = [...FORMS.map((word): [string, string] => [word, word]), ...signsIn(desk)];
  const tables = desk.reader.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('ex', 'fo')`).pluck().all() as string[];
  const found = new Set<string>();
  for (const table of tables) {
    for (const row of desk.reader.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all()) {
      const bytes = Buffer.concat(Object.entries(row).filter(([, value]) => value !== null).map(([column, value]) => opened(desk, column, value)));
      for (const [word, form] of forms) if (bytes.includes(form)) found.add(`${table}: ${word}`);
    }
  }
  return [...found].sort();
}

async function heldByProvince(): Promise<string[]> {
  const { db } = stage.province;
  const tables = await db.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'");
  const found: string[] = [];
  for (const { name } of tables) for (const { text } of await db.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`)) for (const word of FORMS) if (text.includes(word)) found.push(`${name}: ${word}`);
  return [...new Set(found)].sort();
}

async function receive(desk: Desk, session: Session, description: string): Promise<Id> {
  const id = newId(Date.now());
  await desk.mutate(session, 'issue.receive', {
    id, class: 'issue', service: '1022', siteId: session.siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P3', description, place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null },
    reporter, victims, original: { ghi_chu: 'Kzbếptửa' },
  });
  return id;
}

/** Ends the record as a false report, by two people. */
async function endAsFalse(desk: Desk, by: Session, second: Session, id: Id): Promise<void> {
  await desk.mutate(by, 'issue.startVerification', { id });
  await desk.mutate(by, 'issue.proposeFalse', { id, method: 'camera', note: 'Không có ai' });
  await desk.mutate(second, 'issue.confirmFalse', { id, note: '' });
  await desk.settled();
}

async function cleaned(desk: Desk): Promise<void> {
  for (let i = 0; i < 500 && isTextUnclean(desk.reader); i++) await desk.writer.call('upkeep', null);
  expect(isTextUnclean(desk.reader)).toBe(false);
}

it('after an erasure, by its time or by an administrator, no table of any console or of the province holds a name, a number or a victim, and nothing that comes late brings them back', async () => {
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(stage.province.address).port) });
  const [here, away] = [await stage.province.desk(stage.province.address), await stage.province.desk(proxy.address)];
  const lead = await here.signIn('catruong', SAMPLE_PASSWORD);
  const second = await here.signIn('truc1022.1', SAMPLE_PASSWORD);
  const admin = await here.signIn('quantri', SAMPLE_PASSWORD);
  const other = await away.signIn('catruong', SAMPLE_PASSWORD);
  const old = await receive(here, second, 'Báo cháy');
  const asked = await receive(here, second, 'Zyxwvũ Qzềngmậu gọi báo cháy');
  await here.settled();
  await until(() => away.find(asked)?.issue.displayNo !== null && away.find(asked) !== null && away.find(old) !== null, 'both records');
  const stored = away.find(old)!.issue.reporter;
  // Two correct the same number apart: one of the values is lost, and kept at its author's and in the verdict.
  await proxy.refuse();
  await until(() => away.status().link === 'down', 'the cut');
  await away.mutate(other, 'issue.edit', { id: old, fields: { reporter: { from: stored, to: { ...stored, phone: '0977611122' } } } });
  await here.mutate(second, 'issue.edit', { id: old, fields: { reporter: { from: stored, to: { ...stored, phone: '0987654321' } } } });
  await here.settled();
  await proxy.accept();
  await until(() => readAttention(away.reader).length === 1, 'the lost value');
  await until(() => away.find(old)?.issue.reporter.phone === '0987654321', 'the value that won');
  await away.writer.call('form.save', { personId: other.personId, issueId: old, action: 'issue.edit', fields: { now: { reporter } }, atMs: Date.now() });
  // What is written and not sent yet when the record ends and is erased.
  await proxy.refuse();
  await until(() => away.status().link === 'down', 'the second cut');
  const before = away.find(old)!.issue;
  await away.mutate(other, 'issue.edit', { id: old, fields: { victims: { from: before.victims, to: [{ ...victims[0], who: 'Jqsửalại' }] } } });
  await endAsFalse(here, second, lead, old);
  await here.mutate(second, 'issue.note', { id: asked, note: 'Đã gọi lại Zyxwvũ Qzềngmậu' });
  await endAsFalse(here, second, lead, asked);
  for (const [who, held] of [['here', heldBy(here)], ['away', heldBy(away)], ['province', await heldByProvince()]] as const) expect(held.length, who).toBeGreaterThan(5);

  await here.mutate(admin, 'issue.erasePersonal', { id: asked, basis: 'request', reason: 'Đơn số 12', words: ['zyxwvũ qzềngmậu'] });
  await here.settled();
  const day = 86_400_000;
  const report = (what: string, error: unknown): void => { throw new Error(what, { cause: error }); };
  // Of the sample's own records some have ended before: they go on their day.
  await eraseDue(stage.province.db, Date.now() + 360 * day, report);
  expect((await heldByProvince()).filter(held => held.startsWith('record: ')).length).toBeGreaterThan(3);
  expect(await eraseDue(stage.province.db, Date.now() + 366 * day, report)).toBeGreaterThanOrEqual(1);
  expect(await eraseDue(stage.province.db, Date.now() + 366 * day, report)).toBe(0);
  await proxy.accept();
  await away.settled();
  for (const desk of [here, away]) {
    for (const id of [old, asked]) await until(() => typeof desk.find(id)?.issue.personalErasedAtMs === 'number' && desk.find(id)?.sync !== 1, 'the erasure to come');
    await until(() => desk.status().pending === 0, 'nothing unsent');
    await cleaned(desk);
  }
  await until(() => readAttention(away.reader).length === 2, 'the refusal of what came late');
  expect([away.find(old)?.issue.reporter, away.find(old)?.issue.victims, away.find(asked)?.issue.description]).toEqual([{ anonymous: false, name: '', phone: '', relation: '' }, [], '••• gọi báo cháy']);
  expect(away.find(old)?.issue.history.at(-1)).toMatchObject({ action: 'issue.erasePersonal', fields: ['retention'] });
  expect([heldBy(here), heldBy(away), await heldByProvince()]).toEqual([[], [], []]);
  await here.close();
  await away.close();
  await proxy.close();
}, 120_000);

it('a request about personal data, once its time of keeping is over, is in no table of any console or of the province in its words', async () => {
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(stage.province.address).port) });
  const [here, away] = [await stage.province.desk(stage.province.address), await stage.province.desk(proxy.address)];
  const [lead, other] = [await here.signIn('catruong', SAMPLE_PASSWORD), await away.signIn('catruong', SAMPLE_PASSWORD)];
  const id = newId(Date.now());
  const write = (desk: Desk, { personId, unitId, roles, scope }: Session, name: DocumentIntent, payload: Record<string, unknown>) =>
    desk.writer.call('document.write', { actor: { personId, unitId, roles, scope }, name, payload: { id, ...payload }, atMs: Date.now() });
  const request = (desk: Desk) => readDocument(desk.reader, 'request', id)?.document;
  await write(here, lead, 'request.receive', {
    siteId: lead.siteId, kind: 'access', subject: { name: reporter.name, phone: reporter.phone, address: 'Kzbếptửa' }, identified: 'in_person', words: 'Wzạnhân', issueIds: [], receivedAtMs: Date.now(),
  });
  await until(() => request(away) !== undefined && here.status().pending === 0, 'the request');
  await proxy.refuse();
  await until(() => away.status().link === 'down', 'the cut');
  await write(here, lead, 'request.note', { text: 'Xqhàngxóm' });
  await write(here, lead, 'request.answer', { words: 'Jqsửalại' });
  await here.settled();
  // Answered apart once more: that answer is refused, and stands among what needs attention.
  await write(away, other, 'request.answer', { words: 'Qzềngmậu' });
  await away.writer.call('form.save', { personId: other.personId, issueId: id, action: 'request.note', fields: { text: 'Wzạnhân' }, atMs: Date.now() });
  await proxy.accept();
  await away.settled();
  await until(() => readAttention(away.reader).length === 1, 'the refused answer');
  for (const held of [heldBy(here), heldBy(away), await heldByProvince()]) expect(held.length).toBeGreaterThan(4);
  await eraseDue(stage.province.db, Date.now() + 731 * 86_400_000, (what, error) => { throw new Error(what, { cause: error }); });
  for (const desk of [here, away]) await until(() => typeof request(desk)?.personalErasedAtMs === 'number', 'the erasure to come');
  expect(request(here)).toMatchObject({ kind: 'access', state: 'answered', subject: { name: '', phone: '', address: '' }, words: '', ended: { byId: lead.personId, words: '' } });
  expect([heldBy(here), heldBy(away), await heldByProvince()]).toEqual([[], [], []]);
  for (const end of [here, away, proxy]) await end.close();
}, 120_000);

it('the words of a change to a request are forgotten also where they are judged after the request has been', async () => {
  const desk = await testDesk();
  const [id, byId] = [newId(T0), PEOPLE[0]];
  const actor = { personId: byId, unitId: null, roles: ['ca_truong' as const], scope: { siteIds: null, services: null } };
  const row = { ...DOCUMENT, id, siteId: SITES[0], words: 'xin xem', subject: { name: 'Trần Minh Họa', phone: '', address: '' } };
  const page = (data: Record<string, unknown>, seq: number) => desk.writer.call('sync.applyPage', { rows: [{ kind: 'request', id, seq, deleted: false, data: { ...data, version: seq } }], cursor: `c${seq}`, verdicts: [], atMs: T0 });
  await page(row, 10);
  await desk.writer.call('document.write', { actor, name: 'request.answer', payload: { id, words: 'Qzềngmậu' }, atMs: T0 });
  await page({ ...row, state: 'answered', words: '', subject: { name: '', phone: '', address: '' }, ended: { byId, atMs: T0, words: '', basis: '' }, personalErasedAtMs: T0 }, 11);
  await desk.writer.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'rejected', seq: 12, error: { code: 'request/ended', facts: { state: 'answered' } } }], atMs: T0 });
  expect([readAttention(desk.reader).length, heldBy({ reader: desk.reader } as Desk)]).toEqual([1, []]);
  await desk.close();
}, 120_000);
