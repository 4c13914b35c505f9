import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { attachmentsOf, type Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { possibleActions } from '../../contract/mutations/issue.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { indexedForms } from '../../db/full-text.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { sealOf } from '../../db/seal.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { issueText, readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { FakeProvince } from './fake-province.ts';
import { desk, DESK, DEVICE, focal, lead, openDesk, report, T0, UNIT } from './support.ts';

const POLICY = policyBook([DEFAULT_PACK]);

const OTHER_DEVICE = '00000000-0000-7000-8000-000000000077';
const ACTORS = [desk, lead, focal];

interface World { desk: ReturnType<typeof openDesk>; province: FakeProvince; cursor: number; now: number; ids: Id[] }

function openWorld(): World {
  const opened = openDesk();
  opened.db.pragma('synchronous=OFF');            // durability is not what is asked here
  return { desk: opened, province: new FakeProvince(ACTORS, DEVICE), cursor: 0, now: T0, ids: [] };
}

function push(world: World, limit: number, replyLost: boolean): void {
  const verdicts = world.province.push(pendingMutations(world.desk.db, limit));
  if (!replyLost) world.desk.call('sync.applyVerdicts', { verdicts, atMs: ++world.now });
}

function pull(world: World, limit: number, withVerdicts: boolean): void {
  const { rows, cursor, verdicts } = world.province.pull(world.cursor, limit, readSyncState(world.desk.db).ackedN);
  world.desk.call('sync.applyPage', { rows, cursor: String(cursor), verdicts: withVerdicts ? verdicts : [], atMs: ++world.now });
  world.cursor = cursor;
}

function settle(world: World): void {
  for (let i = 0; i < 400 && (pendingCounts(world.desk.db).pending > 0 || world.cursor < world.province.seq); i++) {
    push(world, 50, false);
    pull(world, 50, true);
    if (world.province.pull(world.cursor, 1, 0).rows.length === 0) world.cursor = world.province.seq;
  }
}

/** A payload that may or may not be allowed in the state the record is in. */
function payloadOf(world: World, id: Id, pick: number): Record<string, unknown> {
  const row = readIssue(world.desk.db, id)?.issue ?? world.province.rows.get(id);
  const edits = [
    { severity: { from: row?.severity ?? 'P3', to: pick % 2 === 0 ? 'P1' : 'P2' } },
    { description: { from: row?.description ?? '', to: `Mô tả sửa lần ${world.now}` } },
    { category: { from: row?.category ?? 'unknown', to: `loai-${world.now}` }, severity: { from: row?.severity ?? 'P3', to: 'P4' } },
  ];
  const files = row === undefined ? [] : attachmentsOf(row);
  const file = { id: newId(world.now), sha256: (pick % 5).toString(16).repeat(64), bytes: 9, mime: 'image/jpeg', name: `anh-${pick}.jpg`, thumb: null };
  const edges = row?.merges ?? [];
  const other = world.ids[pick % Math.max(1, world.ids.length)] ?? newId(1);
  const later = {
    to: ['113', '114', '1022'][pick % 3], by: 'ioc', question: 'Số nhà?', untilMs: world.now + 60_000, suggestedUnitId: null, lines: ['113', '114'], line: '113', unitId: UNIT, level: pick % 3, name: 'Xe 01',
    edgeId: newId(world.now), parentId: other, edgeIds: [edges[pick % Math.max(1, edges.length)]?.edgeId ?? newId(2)],
    resourceId: row?.resources?.[0]?.id ?? newId(world.now), step: 'arrivedAtMs', atMs: world.now, channel: 'paper', answered: true, score: 1 + pick % 5, onTime: 'yes', rightResult: 'no', attitude: 'unknown', comment: '',
  };
  return { ...later, id, attachment: file, attachmentId: files[pick % Math.max(1, files.length)]?.id ?? file.id, reason: 'nhầm', method: 'call_back', note: `ghi ${world.now}`, fields: edits[pick % edits.length], leadUnitId: UNIT, result: 'xong', outcome: 'fixed' };
}

const NAMES: MutationName[] = [
  'issue.note', 'issue.edit', 'issue.edit', 'issue.startVerification', 'issue.verify', 'issue.proposeFalse', 'issue.confirmFalse', 'issue.forward',
  'issue.accept', 'issue.start', 'issue.resolve', 'issue.close', 'issue.attach', 'issue.detach',
  'issue.return', 'issue.hold', 'issue.resume', 'issue.reopen', 'issue.merge', 'issue.merge', 'issue.split', 'issue.remind', 'issue.sendResource', 'issue.resourceStep', 'issue.handOff', 'issue.takeOver',
];
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('receive' as const), there: fc.boolean() }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('change' as const), there: fc.boolean(), name: fc.constantFrom(...NAMES), at: fc.nat(20), who: fc.nat(2), pick: fc.nat(30), sensible: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), limit: fc.integer({ min: 1, max: 5 }), replyLost: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), limit: fc.integer({ min: 1, max: 4 }), verdicts: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clash' as const), at: fc.nat(20), both: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), at: fc.nat(20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function take(world: World, s: Step): void {
  world.now++;
  if (s.do === 'push') return push(world, s.limit, s.replyLost);
  if (s.do === 'pull') return pull(world, s.limit, s.verdicts);
  if (s.do === 'receive') {
    const id = newId(world.now);
    world.ids.push(id);
    if (s.there) world.province.apply(lead, 'issue.receive', report(id), world.now, OTHER_DEVICE);
    else world.desk.mutate(desk, 'issue.receive', report(id), world.now);
    return;
  }
  const id = world.ids[s.at % Math.max(1, world.ids.length)];
  if (id === undefined) return;
  if (s.do === 'remove') return world.province.remove(id);
  if (s.do === 'clash') return clash(world, id, s.both);
  const [who, name] = s.sensible ? sensible(world, id, s) : [ACTORS[s.who] ?? desk, s.name];
  const payload = payloadOf(world, id, s.pick);
  tryTo(() => s.there ? world.province.apply(who, name, payload, world.now, OTHER_DEVICE) : world.desk.mutate(who, name, payload, world.now));
}

/** The same field changed on both sides, and with `both` another one here: a conflict, or a merge. */
function clash(world: World, id: Id, both: boolean): void {
  const there = world.province.rows.get(id), here = readIssue(world.desk.db, id)?.issue;
  if (there === undefined || here === undefined) return;
  const category = both ? { category: { from: here.category, to: `loai-${world.now}` } } : {};
  tryTo(() => world.province.apply(lead, 'issue.edit', { id, fields: { description: { from: there.description, to: `Của họ ${world.now}` } } }, world.now, OTHER_DEVICE));
  tryTo(() => world.desk.mutate(desk, 'issue.edit', { id, fields: { description: { from: here.description, to: `Của tôi ${world.now}` }, ...category } }, world.now));
}

function tryTo(task: () => unknown): void {
  try {
    task();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** An intent that the side on which it is written would take now. */
function sensible(world: World, id: Id, s: { there: boolean; who: number; pick: number; name: MutationName }): [Actor, MutationName] {
  const row = s.there ? world.province.rows.get(id) : readIssue(world.desk.db, id)?.issue;
  const choices = row === undefined ? [] : ACTORS.flatMap(actor => possibleActions(row, { actor, atMs: world.now, policy: POLICY }).map((name): [Actor, MutationName] => [actor, name]));
  return choices[(s.pick * 7 + s.who) % Math.max(1, choices.length)] ?? [desk, s.name];
}

const byId = (a: { id: Id }, b: { id: Id }) => a.id.localeCompare(b.id);

function checkTextOf(world: World, issue: Issue): void {
  const rid = readIssue(world.desk.db, issue.id)?.rid;
  const query = indexedForms(issueText(issue), sealOf(world.desk.db)).folded.split(' ').map(word => `"${word}"`).join(' AND ');
  const hits = world.desk.db.prepare('SELECT rowid FROM fo WHERE fo MATCH ?').pluck().all(query);
  expect(hits).toContain(rid);
}

test('whatever happens on the way, in the end the desk has the province’s rows, and nothing pending', () => {
  const seen = { mutations: 0, rejected: 0, lost: 0 };
  fc.assert(fc.property(fc.array(step, { minLength: 30, maxLength: 90 }), steps => {
    const world = openWorld();
    for (const s of steps) take(world, s);
    settle(world);
    const { db } = world.desk;
    const attention = readAttention(db);
    for (const { attention: a } of attention) world.desk.call('attention.dismiss', { n: a.n, personId: DESK, atMs: ++world.now });
    const local = (db.prepare('SELECT id FROM issue').all() as unknown[]).length;
    const here = [...world.province.rows.values()].map(row => readIssue(db, row.id));
    expect(here.map(stored => stored?.issue).sort((a, b) => byId(a!, b!))).toEqual([...world.province.rows.values()].sort(byId));
    expect(here.every(stored => stored?.sync === 0)).toBe(true);
    expect(local).toBe(world.province.rows.size);
    for (const table of ['outbox', 'base_row']) expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    for (const row of world.province.rows.values()) checkTextOf(world, row);
    expect(db.prepare('SELECT count(*) FROM fo_docsize').pluck().get()).toBe(local);
    // Conservation: each mutation ended in exactly one way, and what did not simply go through was shown.
    expect(world.province.verdicts.length).toBe(world.province.lastN);
    expect(attention.length).toBe(world.province.verdicts.filter(v => v.status !== 'applied').length);
    seen.mutations += world.province.lastN;
    seen.rejected += world.province.verdicts.filter(v => v.status === 'rejected').length;
    seen.lost += world.province.verdicts.filter(v => v.status === 'merged' || v.status === 'conflict').length;
    world.desk.close();
  }), { numRuns: 50, interruptAfterTimeLimit: 60_000 });
  expect(seen.mutations).toBeGreaterThan(150);
  expect(seen.rejected).toBeGreaterThan(5);
  expect(seen.lost).toBeGreaterThan(2);
}, 120_000);

const editStep = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'edit' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'theirs' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('push' as const), limit: fc.integer({ min: 1, max: 3 }), replyLost: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pull' as const), verdicts: fc.boolean() }) },
);

test('what was written here is never shown older again, whichever of verdict and row comes first', () => {
  fc.assert(fc.property(fc.array(editStep, { minLength: 5, maxLength: 40 }), steps => {
    const world = openWorld();
    const id = newId(T0);
    world.desk.mutate(desk, 'issue.receive', report(id), world.now);
    settle(world);
    const mine = { category: 'unknown', notes: 0 };
    const theirs = [readIssue(world.desk.db, id)?.issue.description];
    let shown = 0;
    for (const s of steps) {
      world.now++;
      if (s.do === 'edit') {
        world.desk.mutate(desk, 'issue.edit', { id, fields: { category: { from: mine.category, to: `loai-${world.now}` } } }, world.now);
        mine.category = `loai-${world.now}`;
        world.desk.mutate(desk, 'issue.note', { id, note: `ghi ${world.now}` }, world.now);
        mine.notes++;
      } else if (s.do === 'theirs') {
        const description = `Mô tả ${world.now}`;
        world.province.apply(lead, 'issue.edit', { id, fields: { description: { from: world.province.rows.get(id)?.description, to: description } } }, world.now, OTHER_DEVICE);
        theirs.push(description);
      } else if (s.do === 'push') {
        push(world, s.limit, s.replyLost);
      } else {
        pull(world, 10, s.verdicts);
      }
      const now = readIssue(world.desk.db, id)?.issue;
      expect(now?.category).toBe(mine.category);
      expect(now?.history.filter(h => h.action === 'issue.note').length).toBe(mine.notes);
      const at = theirs.indexOf(now?.description);
      expect(at).toBeGreaterThanOrEqual(shown);
      shown = at;
    }
    settle(world);
    expect(readIssue(world.desk.db, id)?.issue).toEqual(world.province.rows.get(id));
    expect(readAttention(world.desk.db)).toEqual([]);
    world.desk.close();
  }), { numRuns: 50, interruptAfterTimeLimit: 60_000 });
}, 120_000);
