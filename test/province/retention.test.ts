import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DataRequest } from '../../contract/documents/request.ts';
import { newId, PROVINCE_ITSELF, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { isErased } from '../../contract/mutations/erase.ts';
import { migrate } from '../../province/migrate.ts';
import { ensurePolicy } from '../../province/policy.ts';
import { eraseDue, eraseRegularly } from '../../province/retention.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, lineKey } from '../../province/store.ts';
import { receive } from '../contract/records.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2020, 2, 2);
const loud = (what: string, error: unknown): never => { throw new Error(what, { cause: error }); };
const world = {} as { db: Database };
beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: T0 });
  await ensurePolicy(world.db, T0);
});
afterAll(() => world.db?.close());

/** An incident that was received at `T0` and ended so many days later, in this state. */
const ended = (days: number, more: Partial<Issue> = {}): Issue => {
  const row = receive({ id: newId(T0), receivedAtMs: T0 });
  const state = more.state ?? 'closed';
  return { ...row, ...more, state, history: [...row.history, { atMs: T0 + days * DAY, byId: newId(1), deviceId: newId(2), action: 'issue.close', to: state }] };
};
async function write(...issues: Issue[]): Promise<void> {
  await world.db.transaction(tx => commitChanges(tx, { rows: issues.map(issue => ({ kind: 'issue' as const, id: issue.id, siteId: issue.siteId, service: lineKey(issue), deleted: false, data: { ...issue }, expected: 0 })) }));
}
const read = async (id: Id): Promise<Issue> => (await world.db.query<{ data: Issue }>("SELECT data FROM record WHERE kind = 'issue' AND id = $1", [id]))[0]!.data;
const YEARS_5 = 5 * 365;

test('each kind goes on the day that the pack gives it after its end, in nobody’s name, and once, whoever else does it at the same time', async () => {
  const [incident, late, fake, open] = [ended(0), ended(30), ended(10, { state: 'false_report' }), receive({ id: newId(T0), receivedAtMs: T0 })];
  await write(incident, late, fake, open);
  const erased = async () => Promise.all([incident, late, fake, open].map(async ({ id }) => isErased(await read(id))));
  expect([await eraseDue(world.db, T0 + 374 * DAY, loud), await erased()]).toEqual([0, [false, false, false, false]]);
  expect([await eraseDue(world.db, T0 + 375 * DAY, loud), await erased()]).toEqual([1, [false, false, true, false]]);
  const rounds = await Promise.all([eraseDue(world.db, T0 + YEARS_5 * DAY, loud), eraseDue(world.db, T0 + YEARS_5 * DAY, loud)]);
  expect([rounds.reduce((a, b) => a + b, 0), await erased()]).toEqual([1, [true, false, true, false]]);
  expect(await eraseDue(world.db, T0 + (YEARS_5 + 30) * DAY, loud)).toBe(1);
  const row = await read(incident.id);
  expect(row).toMatchObject({ reporter: { name: '', phone: '' }, personalErasedAtMs: T0 + YEARS_5 * DAY, description: incident.description });
  expect(row.history.at(-1)).toMatchObject({ byId: PROVINCE_ITSELF, deviceId: PROVINCE_ITSELF, action: 'issue.erasePersonal', fields: ['retention'] });
});

test('a record that another stands for goes by the end of that one; one that makes no sense stops no other', async () => {
  const root = ended(100);
  const edge = (parentId: Id) => [{ edgeId: newId(3), parentId, byId: newId(1), atMs: T0 + DAY }];
  const part: Issue = { ...receive({ id: newId(T0), receivedAtMs: T0 }), merges: edge(root.id) };
  const broken = { ...ended(0), history: null, receivedAtMs: T0 - 1 } as unknown as Issue;
  const odd = { ...ended(0), receivedAtMs: 'hôm qua' } as unknown as Issue;
  await write(root, part, broken, odd);
  const told: string[] = [];
  await eraseDue(world.db, T0 + (YEARS_5 + 99) * DAY, what => { told.push(what); });
  expect([isErased(await read(part.id)), told.length]).toEqual([false, 1]);
  expect(await eraseDue(world.db, T0 + (YEARS_5 + 100) * DAY, () => undefined)).toBe(2);
  expect([isErased(await read(part.id)), isErased(await read(root.id)), isErased(await read(broken.id))]).toEqual([true, true, false]);
});

test('a request about personal data is forgotten so many days after it ended, and not before; an open one is kept', async () => {
  const request = (ended: number | null): DataRequest => ({
    id: newId(T0), siteId: newId(4), lines: ['115'], kind: 'access', subject: { name: 'Trần Minh Họa', phone: '0000000911', address: '' }, identified: 'in_person', words: 'xin xem', issueIds: [],
    receivedAtMs: T0, dueAtMs: null, policyId: newId(5), state: ended === null ? 'open' : 'answered', extended: null, ended: ended === null ? null : { byId: newId(1), atMs: ended, words: 'đã gửi', basis: '' }, notes: [], history: [], version: 0,
  });
  const [due, later, open] = [request(T0), request(T0 + DAY), request(null)];
  await world.db.transaction(tx => commitChanges(tx, { rows: [due, later, open].map(data => ({ kind: 'request' as const, id: data.id, siteId: data.siteId, service: '115', deleted: false, data: { ...data }, expected: 0 })) }));
  const texts = async (): Promise<string[]> => (await world.db.query<{ data: DataRequest }>("SELECT data FROM record WHERE kind = 'request' ORDER BY array_position($1::uuid[], id)", [[due.id, later.id, open.id]]))
    .map(({ data }) => [data.subject.name, data.subject.phone, data.words, data.ended?.words].join('|'));
  const whole = 'Trần Minh Họa|0000000911|xin xem|đã gửi';
  expect([await eraseDue(world.db, T0 + 730 * DAY - 1, loud), await texts()]).toEqual([0, [whole, whole, 'Trần Minh Họa|0000000911|xin xem|']]);
  expect([await eraseDue(world.db, T0 + 730 * DAY, loud), await texts()]).toEqual([1, ['|||', whole, 'Trần Minh Họa|0000000911|xin xem|']]);
  expect(await eraseDue(world.db, T0 + 730 * DAY, loud)).toBe(0);
});

test('it is looked again and again, and ends with its server', async () => {
  const one = ended(0);
  await write(one);
  const stop = eraseRegularly({ db: world.db, nowMs: () => T0 + (YEARS_5 + 100) * DAY, everyMs: 20, report: () => undefined });
  await vi.waitFor(async () => { expect(isErased(await read(one.id))).toBe(true); }, { timeout: 20_000 });
  await stop();
});

test('whose time may be over is found by an index', async () => {
  await world.db.query('SET enable_seqscan = off');
  const plan = await world.db.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT id FROM record WHERE kind = 'issue' AND NOT deleted AND data->>'personalErasedAtMs' IS NULL
    AND CASE WHEN data->>'state' = 'false_report' THEN 'false' WHEN data->>'class' = 'incident' THEN 'incident' ELSE 'issue' END = 'incident' AND data->'receivedAtMs' <= to_jsonb(5::bigint)`);
  await world.db.query('RESET enable_seqscan');
  expect(plan.map(line => line['QUERY PLAN']).join()).toContain('record_with_persons');
});
