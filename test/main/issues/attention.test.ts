import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { DocumentIntent } from '../../../contract/documents/apply.ts';
import { handoverText, type HandoverContent } from '../../../contract/documents/handover.ts';
import { newId } from '../../../contract/ids.ts';
import type { Role } from '../../../contract/org.ts';
import type { PayloadOf } from '../../../contract/mutations/payloads.ts';
import { allRows } from '../../../db/database.ts';
import { createAttention } from '../../../main/issues/attention.ts';
import { AREA, testDesk } from './desk.ts';
import { PEOPLE, sessionWith, SITES, T0 } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const signal = new AbortController().signal;
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith(some), signal });
const SUBJECT = { name: 'Phan Bí Mật', phone: '0933333444', address: 'Tổ Mẫu 7' };
const REPORTER = { anonymous: false, name: 'Phan Bí Mật', phone: '0933333444', relation: 'hàng xóm' };

/** A record taken in by the first person, and an edit of its reporter that met another one at the province. */
async function deskWithALoser() {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const actor = { personId: PEOPLE[0], unitId: null, roles: ['truc_ban' as const], scope: { siteIds: null, services: null } };
  const call: PayloadOf<'issue.receive'> = {
    id: newId(T0), class: 'incident', service: '114', siteId: SITES[0], channel: 'phone', sourceRef: null, occurredAtMs: null, receivedAtMs: T0, severity: 'P2',
    category: 'unknown', description: 'Cháy kho', place: { text: 'Ngã tư Mẫu', areaId: AREA.id, landmark: '', lat: null, lon: null }, reporter: REPORTER, victims: [], original: null,
  };
  await desk.writer.call('issue.mutate', { actor, name: 'issue.receive', payload: call, atMs: T0, draftId: null });
  const edit = { id: call.id, fields: { reporter: { from: REPORTER, to: { ...REPORTER, phone: '0911111222' } } } };
  await desk.writer.call('issue.mutate', { actor, name: 'issue.edit', payload: edit, atMs: T0 + 1, draftId: null });
  await desk.writer.call('sync.applyVerdicts', { verdicts: [
    { n: 1, status: 'applied', seq: 5 }, { n: 2, status: 'conflict', seq: 6, lost: [{ field: 'reporter', mine: edit.fields.reporter.to, theirs: { ...REPORTER, phone: '0987654321' } }] },
  ], atMs: T0 + 2 });
  return { desk, ...createAttention({ reader: desk.reader, writer: desk.writer, correctedNowMs: () => T0 + 3 }) };
}

/** A verification with words, refused because the record was never in that state at the province. */
async function deskWithARefusedStep() {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const actor = { personId: PEOPLE[0], unitId: null, roles: ['truc_ban' as const], scope: { siteIds: null, services: null } };
  const mutate = (name: 'issue.receive' | 'issue.startVerification' | 'issue.verify', payload: Record<string, unknown>) =>
    desk.writer.call('issue.mutate', { actor, name, payload, atMs: T0, draftId: null });
  const id = newId(T0);
  await mutate('issue.receive', {
    id, class: 'issue', service: '1022', siteId: SITES[0], channel: 'phone', receivedAtMs: T0, severity: 'P3', description: 'Đèn tắt',
    place: { text: 'Đường Mẫu', areaId: null, lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
  });
  await mutate('issue.startVerification', { id });
  await mutate('issue.verify', { id, method: 'call_back', note: 'Đã gọi lại' });
  await desk.writer.call('sync.applyVerdicts', { verdicts: [
    { n: 1, status: 'applied', seq: 5 }, { n: 2, status: 'rejected', seq: 6, error: { code: 'issue/outside-scope', facts: {} } },
    { n: 3, status: 'rejected', seq: 6, error: { code: 'issue/wrong-state', facts: { state: 'received' } } },
  ], atMs: T0 + 2 });
  await desk.writer.call('attention.dismiss', { n: 2, personId: PEOPLE[0], atMs: T0 + 3 });
  return createAttention({ reader: desk.reader, writer: desk.writer, correctedNowMs: () => T0 + 3 });
}

test('a change that did not go through is read whole by who wrote it, and without persons by others who may see the record', async () => {
  const { attention } = await deskWithALoser();
  const personal = /Bí Mật|0933333444|0911111222|0987654321/;
  expect(JSON.stringify(attention({}, as()))).toMatch(personal);
  const another = attention({}, as({ personId: PEOPLE[1], roles: ['phan_tich'] }));
  expect(another).toHaveLength(1);
  expect(another[0]).toMatchObject({ n: 2, status: 'conflict', description: 'Cháy kho', byName: 'Trần Minh Họa' });
  expect(JSON.stringify(another)).not.toMatch(personal);
});

test('outside one’s scope there is no such entry, neither to read nor to put away', async () => {
  const { attention, dismiss } = await deskWithALoser();
  const of113 = as({ personId: PEOPLE[1], scope: { siteIds: null, services: ['113'] } });
  expect(attention({}, of113)).toEqual([]);
  await expect(dismiss({ n: 2, theirs: false }, of113)).rejects.toMatchObject({ code: 'issue/not-found' });
  expect(attention({}, as())).toHaveLength(1);
  await dismiss({ n: 2, theirs: false }, as({ personId: PEOPLE[1], scope: { siteIds: null, services: ['114'] } }));
  expect(attention({}, as())).toEqual([]);
});

test('only who wrote it keeps a value that tells of persons; anyone else who sees the record may take the other one', async () => {
  const { attention, keepMine, dismiss, restore } = await deskWithALoser();
  const another = as({ personId: PEOPLE[1] });
  expect(attention({}, another)).toMatchObject([{ isMine: false, again: null, lost: [{ mine: '•••', present: '•••' }] }]);
  await expect(keepMine({ n: 2, fields: ['reporter'] }, another)).rejects.toMatchObject({ code: 'auth/forbidden' });
  await dismiss({ n: 2, theirs: true }, another);
  await restore({ n: 2 }, another);
  expect(attention({}, as())).toMatchObject([{ isMine: true, again: 'issue.edit' }]);
  await keepMine({ n: 2, fields: ['reporter'] }, as());
  expect(attention({}, as())).toEqual([]);
});

test('a refused step is corrected in its own form while the step can be taken, later as a note, and not at all by who may not', async () => {
  const { attention, again } = await deskWithARefusedStep();
  expect(attention({}, as())).toMatchObject([{ name: 'issue.verify', again: 'issue.note' }]);
  expect(attention({}, as({ personId: PEOPLE[1], roles: ['phan_tich'] }))).toMatchObject([{ again: null }]);
  await expect(again({ n: 3, fields: {} }, as({ personId: PEOPLE[1], roles: ['phan_tich'] }))).rejects.toMatchObject({ code: 'auth/forbidden' });
  await expect(again({ n: 3, fields: { text: 'Đã gọi lại' } }, as())).resolves.toEqual({ draftId: null });
});

/** A request that was never made at the province, one whose answer lost, and one whose note waits for a newer province. */
async function deskWithRefusedRequests() {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const actor = { personId: PEOPLE[0], unitId: null, roles: ['ca_truong' as const], scope: { siteIds: null, services: null } };
  const write = (name: DocumentIntent, payload: Record<string, unknown>) => desk.writer.call('document.write', { actor, name, payload, atMs: T0 });
  const ids = [newId(T0), newId(T0)] as const;
  for (const id of ids) await write('request.receive', { id, siteId: SITES[0], kind: 'access', subject: SUBJECT, identified: 'in_person', words: 'Xin bản sao bí mật', issueIds: [], receivedAtMs: T0 });
  await write('request.note', { id: ids[1], text: 'Ghi chú bí mật' });
  await write('request.answer', { id: ids[1], words: 'Đã gửi bí mật' });
  await desk.writer.call('sync.applyVerdicts', { verdicts: [
    { n: 1, status: 'rejected', seq: 5, error: { code: 'issue/outside-scope', facts: {} } }, { n: 2, status: 'applied', seq: 6 },
    { n: 3, status: 'rejected', seq: 6, error: { code: 'sync/unknown-change', facts: { protocol: 1 } } },
    { n: 4, status: 'rejected', seq: 6, error: { code: 'request/ended', facts: { state: 'refused' } } },
  ], atMs: T0 + 2 });
  return { desk, ids, ...createAttention({ reader: desk.reader, writer: desk.writer, correctedNowMs: () => T0 + 3 }) };
}

test.each<[Role, boolean]>([
  ['truc_ban', false], ['dau_moi', false], ['lanh_dao_don_vi', false], ['phan_tich', false], ['ca_truong', true], ['lanh_dao_ioc', true], ['quan_tri', true], ['kiem_tra', true],
])('a request that did not go through is counted for %s, and its words read: %s', async (role, reads) => {
  const { attention } = await deskWithRefusedRequests();
  const entries = attention({}, as({ personId: PEOPLE[1], roles: [role] }));
  expect(entries.map(entry => [entry.name, entry.isMine])).toEqual([['request.answer', false], ['request.note', false], ['request.receive', false]]);
  expect(/bí mật|Bí Mật|0933333444|Mẫu 7/.test(JSON.stringify(entries))).toBe(reads);
});

test('who typed a request reads it whole, whatever they may now; nobody of another site hears of it, of one made or never made', async () => {
  const { desk, ids, attention, dismiss } = await deskWithRefusedRequests();
  expect(JSON.stringify(attention({}, as({ roles: ['truc_ban'] })))).toMatch(/0933333444/);
  const elsewhere = as({ personId: PEOPLE[1], roles: ['ca_truong'], scope: { siteIds: [SITES[1]], services: null } });
  expect(attention({}, elsewhere)).toEqual([]);
  for (const n of [1, 4]) await expect(dismiss({ n, theirs: false }, elsewhere)).rejects.toMatchObject({ code: 'issue/not-found' });
  // Where the request itself is not here any more, what was typed says of which site it was; of a step it does not.
  const gone = ids.map((id, i) => ({ kind: 'request' as const, id, seq: 20 + i, deleted: true, data: {} }));
  await desk.writer.call('sync.applyPage', { rows: gone, cursor: 'c20', verdicts: [], atMs: T0 });
  expect(allRows(desk.reader, 'SELECT 1 FROM document')).toEqual([]);
  expect(attention({}, elsewhere)).toEqual([]);
  expect(attention({}, as({ personId: PEOPLE[1], roles: ['ca_truong'] })).map(({ name }) => name)).toEqual(['request.receive']);
});

test('a handover that did not go through is read by who reads handovers of its lines', async () => {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const content: HandoverContent = { lines: ['114'], shiftName: 'Ca kín', fromMs: T0 - 1, toMs: T0, figures: [], records: [], recordsLeft: 0, warnings: [], faults: [], instructions: '', notes: 'Lời kín' };
  const actor = { personId: PEOPLE[0], unitId: null, roles: ['truc_ban' as const], scope: { siteIds: null, services: ['114' as const] } };
  const payload = { id: newId(T0), siteId: SITES[0], content, digest: createHash('sha256').update(handoverText(content)).digest('hex') };
  await desk.writer.call('document.write', { actor, name: 'handover.give', payload, atMs: T0 });
  await desk.writer.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'rejected', seq: 5, error: { code: 'issue/outside-scope', facts: {} } }], atMs: T0 + 2 });
  const { attention } = createAttention({ reader: desk.reader, writer: desk.writer, correctedNowMs: () => T0 + 3 });
  const seen = (roles: Role[], services: ('113' | '114')[]) => attention({}, as({ personId: PEOPLE[1], roles, scope: { siteIds: null, services } })).map(entry => entry.description);
  const bySight = () => [seen(['truc_ban'], ['114']), seen(['dau_moi'], ['114']), seen(['truc_ban'], ['113'])];
  expect(bySight()).toEqual([['Ca kín'], [''], []]);
  await desk.writer.call('sync.applyPage', { rows: [{ kind: 'handover', id: payload.id, seq: 20, deleted: true, data: {} }], cursor: 'c20', verdicts: [], atMs: T0 });
  expect([allRows(desk.reader, 'SELECT 1 FROM document'), bySight()]).toEqual([[], [['Ca kín'], [''], []]]);
});

test('who has carried words out of the workstation is on record before the file is made', async () => {
  const { noteExport, desk } = await deskWithALoser();
  await noteExport({ ns: [2] }, as());
  expect(desk.reader.prepare('SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 1').get()).toEqual({ action: 'attention.export', subject: '2' });
});
