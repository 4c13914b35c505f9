import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { PayloadOf } from '../../../contract/mutations/issue.ts';
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
  await expect(dismiss({ n: 2 }, of113)).rejects.toMatchObject({ code: 'issue/not-found' });
  expect(attention({}, as())).toHaveLength(1);
  await dismiss({ n: 2 }, as({ personId: PEOPLE[1], scope: { siteIds: null, services: ['114'] } }));
  expect(attention({}, as())).toEqual([]);
});
