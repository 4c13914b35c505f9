import type { BulkRequest } from '../../contract/bulk.ts';
import type { Id } from '../../contract/ids.ts';
import { attachmentsOf, REOPENED_BY, RESOURCE_STEPS, SEVERITIES, type Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { possibleActions } from '../../contract/mutations/issue.ts';
import { MUTATION_NAMES, type MutationName } from '../../contract/mutations/payloads.ts';
import { SERVICES, type Service } from '../../contract/org.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import type { Random } from '../../province/sample/random.ts';
import { narrowed } from '../../province/store.ts';
import type { SimDesk } from './desk.ts';
import type { World } from './world.ts';

/** Every intent on a record that is there. */
export const INTENTS = MUTATION_NAMES.filter(name => name !== 'issue.receive');
/** Intents that have a turn of their own, with how often where they are possible at all: by chance alone hardly a life would be led to its end, handed over or judged by a second person. */
const TURNS: readonly (readonly [share: number, names: readonly MutationName[]])[] = [
  [0.5, ['issue.takeOver', 'issue.refuseHandOff', 'issue.withdrawHandOff', 'issue.confirmFalse', 'issue.confirmCancel', 'issue.survey']],
  [0.15, ['issue.handOff', 'issue.proposeFalse', 'issue.proposeCancel', 'issue.leave', 'issue.split', 'issue.resourceStep', 'issue.askInfo']],
  [0.5, ['issue.startVerification', 'issue.verify', 'issue.forward', 'issue.dispatch', 'issue.accept', 'issue.return', 'issue.start', 'issue.hold', 'issue.resume', 'issue.resolve', 'issue.close', 'issue.reopen']],
];
/** How often somebody tries what the record does not allow now. */
const OUT_OF_PLACE = 0.08;
const DAY_MS = 86_400_000;

/** Who may sit at this desk, each as far as person and desk may go together. */
export function seatedAt(world: World, desk: SimDesk): Actor[] {
  return [desk.deps.actor, ...world.people].map(actor => ({ ...actor, scope: narrowed(actor.scope, desk.scope) }));
}

/**
 * People at one desk do something with a record, up to so many steps one after the other; each is one of those that the console offers, but for some that it does not.
 * What the console refuses must leave nothing behind.
 */
export async function work(world: World, desk: SimDesk, id: Id, steps = 1): Promise<void> {
  for (let at = 0; at < steps; at += 1) {
    const issue = desk.find(id);
    if (issue === null) return;
    const [actor, name] = chosen(world, desk, issue);
    const before = desk.written;
    const saved = await desk.actAs(actor, name, payloadOf(world, desk, issue));
    if (!saved && desk.written !== before) throw new Error(`${desk.deps.station.stationCode}: ${name} was refused here, and has left something`);
  }
}

function chosen(world: World, desk: SimDesk, issue: Issue): [Actor, MutationName] {
  const { random } = world;
  const seated = seatedAt(world, desk);
  if (random.chance(OUT_OF_PLACE)) return [random.pick(seated), random.pick(INTENTS)];
  const now = { atMs: desk.life.sync.correctedNowMs(), policy: readPolicyBook(desk.life.reader) };
  const offered = seated.map(actor => ({ actor, names: possibleActions(issue, { ...now, actor }) }));
  const all = INTENTS.filter(name => offered.some(({ names }) => names.includes(name)));
  if (all.length === 0) return [random.pick(seated), 'issue.note'];
  const turns = TURNS.map(([share, names]) => ({ share, names: all.filter(name => names.includes(name)) })).filter(turn => turn.names.length > 0);
  const names = turns.find(({ share }) => random.chance(share))?.names ?? all;
  const name = random.pick(names);
  return [random.pick(offered.filter(one => one.names.includes(name))).actor, name];
}

/** Words for every intent, of which each takes its own. */
function payloadOf(world: World, desk: SimDesk, issue: Issue): Record<string, unknown> {
  const { random } = world;
  const atMs = desk.life.sync.correctedNowMs();
  const line = (): Service => random.pick(SERVICES);
  const other = (): Id => random.pick([issue.id, ...desk.issueIds()]);
  const unitId = random.pick(world.units);
  return {
    id: issue.id, note: world.text(), reason: world.text(), question: world.text(), result: world.text(), noEvidence: 'Không có ảnh', comment: world.text(), reply: 'Đã trả lời', advisedBody: 'Tỉnh bạn', method: 'camera', outcome: random.pick(['fixed', 'explained']),
    by: random.pick(REOPENED_BY), untilMs: atMs + random.int(DAY_MS), leadUnitId: unitId, coUnitIds: random.chance(0.3) ? [random.pick(world.units)] : [], suggestedUnitId: null, level: random.int(4), name: 'Xe 01',
    unitId: random.chance(0.8) ? issue.leadUnitId ?? unitId : unitId, to: line(), lines: [line(), line()], line: random.pick([...issue.lines ?? [], line()]),
    fields: edited(world, issue), edgeId: world.id(), parentId: other(), edgeIds: (issue.merges ?? []).filter(() => random.chance(0.7)).map(edge => edge.edgeId).concat(world.id()),
    ...force(world, issue, atMs), ...answers(random),
    attachment: { id: world.id(), sha256: random.int(16).toString(16).repeat(64), bytes: 9, mime: 'image/jpeg', name: 'anh.jpg', thumb: null },
    attachmentId: random.pick([...attachmentsOf(issue).map(file => file.id), world.id()]),
  };
}

/** Whoever sits at this desk changes fields of a record. */
export async function edit(world: World, desk: SimDesk, id: Id): Promise<void> {
  const issue = desk.find(id);
  if (issue !== null) await desk.actAs(seatedAt(world, desk)[0]!, 'issue.edit', { id, fields: edited(world, issue) });
}

function edited(world: World, issue: Issue): Record<string, unknown> {
  const { random } = world;
  const severity = { from: issue.severity, to: random.pick(SEVERITIES) }, category = { from: issue.category, to: random.pick(['a', 'b', 'c']) };
  return random.pick([{ severity }, { severity, category }, { category, description: { from: issue.description, to: world.text() } }]);
}

/** A force that is out and something of it that is not yet told, or a new one. */
function force(world: World, { resources = [] }: Issue, atMs: number): Record<string, unknown> {
  const { random } = world;
  const out = resources.filter(one => one.clearedAtMs === null);
  const one = out.length === 0 || random.chance(0.1) ? null : random.pick(out);
  const untold = RESOURCE_STEPS.filter(step => one === null || one[step] === null);
  return { resourceId: one?.id ?? world.id(), step: random.pick(untold), atMs };
}

function answers(random: Random): Record<string, unknown> {
  const answered = random.chance(0.8);
  return { channel: 'paper', answered, score: answered ? 1 + random.int(5) : null, onTime: 'yes', rightResult: 'no', attitude: 'unknown' };
}

/** Two desks say apart from each other that two records are of one event, each the other way round. */
export async function mergedApart(world: World, desk: SimDesk): Promise<void> {
  const { random } = world;
  const other = random.pick(world.othersThan(desk));
  const both = desk.issueIds().filter(id => other.find(id) !== null);
  if (both.length < 2) return;
  const one = random.pick(both), two = random.pick(both.filter(id => id !== one));
  const merge = (at: SimDesk, id: Id, parentId: Id): Promise<boolean> => at.actAs(seatedAt(world, at)[0]!, 'issue.merge', { id, parentId, edgeId: world.id(), note: world.text() });
  const [here, there] = [await merge(desk, one, two), await merge(other, two, one)];
  if (here && there) world.note('merged-apart');
}

/** One action on many records, as the bulk bar writes it; or the last one is taken back. Merging in bulk draws its ids by itself, so no seed could give it twice. */
export async function inBulk(world: World, desk: SimDesk): Promise<void> {
  const { random } = world;
  const ids = desk.issueIds().filter(() => random.chance(0.5)).slice(0, 8);
  const note = world.text();
  const requests: BulkRequest[] = [
    { action: 'classify', given: { severity: random.pick(SEVERITIES), category: null } }, { action: 'startVerification', given: {} }, { action: 'note', given: { note } }, { action: 'remind', given: { note } },
    { action: 'forward', given: { leadUnitId: random.pick(world.units), coUnitIds: [], note } },
  ];
  const request = random.chance(0.25) ? null : random.pick(requests);
  if (await desk.bulk(seatedAt(world, desk)[0]!, world.id(), request, ids)) world.note(request === null ? 'bulk-undone' : 'bulk');
}
