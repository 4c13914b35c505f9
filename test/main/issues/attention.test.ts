import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { PayloadOf } from '../../../contract/mutations/payloads.ts';
import { createAttention } from '../../../main/issues/attention.ts';
import { AREA, testDesk } from './desk.ts';
import { PEOPLE, sessionWith, SITES, T0 } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const signal = new AbortController().signal;
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith(some), signal });
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

test('who has carried words out of the workstation is on record before the file is made', async () => {
  const { noteExport, desk } = await deskWithALoser();
  await noteExport({ ns: [2] }, as());
  expect(desk.reader.prepare('SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 1').get()).toEqual({ action: 'attention.export', subject: '2' });
});
