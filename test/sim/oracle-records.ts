import { answeredBy, caseRoot, type Edge } from '../../contract/cases.ts';
import type { Id } from '../../contract/ids.ts';
import { attachmentsOf, isOpen, linesOf, type Issue } from '../../contract/issue.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { SERVICES } from '../../contract/org.ts';
import { allRows, blobToId } from '../../db/database.ts';
import type { SimDesk } from './desk.ts';

/**
 * What a record must be at all times, whoever changed it and in whatever order that came: its fields say what its history tells.
 *
 * @throws {Error} naming the promise that does not hold
 */
export function checkRecord(issue: Issue): void {
  const { history } = issue;
  const fail = (what: string): never => { throw new Error(`record ${issue.id}: ${what}\n${JSON.stringify(issue)}`); };
  const times = (name: MutationName): number => history.filter(entry => entry.action === name).length;
  const same = (what: string, is: unknown, told: unknown): void => { if (is !== told) fail(`${what} is ${String(is)}, and its history tells of ${String(told)}`); };

  same('its state', issue.state, history.findLast(entry => entry.to !== undefined)?.to);
  // A line has it, exactly one, through all hand-offs; the one it is offered to is another, until that one answers.
  same('its line', issue.service, history.findLast(entry => entry.service !== undefined)?.service);
  same('its class', issue.class, issue.service === '1022' || issue.service === 'field' ? 'issue' : 'incident');
  same('its being offered', issue.handOff?.to, offeredBy(issue, fail));
  if (issue.lines?.includes(issue.service) === true) fail('its own line works it beside itself');
  if (new Set(issue.lines ?? []).size !== (issue.lines ?? []).length) fail('a line works it twice');

  same('the count of its returns', issue.returned?.times ?? 0, times('issue.return'));
  same('the count of its reopenings', issue.reopenings ?? 0, times('issue.reopen'));
  same('the count of its forces', issue.resources?.length ?? 0, times('issue.sendResource'));
  same('the count of its reminders', issue.reminders?.length ?? 0, times('issue.remind'));
  same('the count of its files', attachmentsOf(issue).length, times('issue.attach') - times('issue.detach'));
  same('the count of its surveys', (issue.survey ?? null) === null ? 0 : 1, times('issue.survey'));
  const edges = (issue.merges ?? []).map(edge => edge.parentId);
  if (new Set(edges).size !== edges.length || edges.length > times('issue.merge')) fail('it is merged with the same record twice');
  same('its standing', (issue.pause ?? null) !== null, issue.state === 'awaiting_info' || issue.state === 'on_hold');
  checkLadder(issue, fail);
}

/** To whom the history says that it is offered. */
function offeredBy({ history }: Issue, fail: (what: string) => never): string | undefined {
  let to: string | undefined;
  for (const entry of history) {
    if (entry.action === 'issue.handOff') {
      if (to !== undefined) fail(`it was offered to ${String(entry.fields?.[0])} while it was to ${to}`);
      to = entry.fields?.[0];
    } else if (entry.action === 'issue.takeOver' || entry.action === 'issue.refuseHandOff' || entry.action === 'issue.withdrawHandOff') {
      if (to === undefined) fail(`${entry.action} of what nobody had offered`);
      to = undefined;
    } else if (entry.to !== undefined && !isOpen(entry.to)) {
      to = undefined;
    }
  }
  return to;
}

/** A step of the ladder stands once between two forwardings, whoever took it. */
function checkLadder({ history, reminders }: Issue, fail: (what: string) => never): void {
  const sent = history.filter(entry => entry.action === 'issue.forward' || entry.action === 'issue.dispatch').map(entry => entry.atMs);
  const steps = (reminders ?? []).filter(one => one.level > 0).map(one => `${one.level} ${one.unitId} ${sent.filter(atMs => atMs <= one.atMs).length}`);
  if (new Set(steps).size !== steps.length) fail(`a step of the ladder was recorded twice: ${steps.join(', ')}`);
}

/**
 * Which record stands for each, and who still has to act: what a console keeps is what follows from the records that it has. Those that see everything all show the same.
 *
 * @param everywhere what follows from all records that the province has
 * @throws {Error} naming the promise that does not hold
 */
export function checkCases(desk: SimDesk, everywhere: ReadonlyMap<Id, Id>): void {
  const here = desk.issueIds().map(id => desk.find(id)!);
  const kept = new Map(allRows<{ id: Uint8Array; root: Uint8Array | null; open: number; lines: number }>(desk.life.reader, 'SELECT id, case_id AS root, is_open AS open, lines FROM issue')
    .map(row => [blobToId(row.id), { root: row.root === null ? null : blobToId(row.root), open: row.open === 1, lines: row.lines }]));
  const seesAll = desk.scope.siteIds === null && desk.scope.services === null && desk.heldIds().size === 0;
  const roots = seesAll ? everywhere : casesOf(here);
  for (const issue of here) {
    const root = roots.get(issue.id) ?? null;
    const lines = linesOf(issue).reduce((bits, line) => (line === issue.service ? bits : bits | 1 << SERVICES.indexOf(line)), 0);
    const should = JSON.stringify({ root, open: root === null && isOpen(issue.state), lines });
    if (JSON.stringify(kept.get(issue.id)) !== should) throw new Error(`${desk.deps.station.stationCode}: ${issue.id} stands as ${JSON.stringify(kept.get(issue.id))}, and should as ${should}`);
  }
}

/** For each record the one that stands for it, from all edges at once: those that are joined over any number of edges, also over records that are not here, are of one case. */
export function casesOf(records: readonly Issue[]): Map<Id, Id> {
  const edges: Edge[] = records.flatMap(({ id, merges }) => (merges ?? []).map(({ parentId }) => ({ child: id, parent: parentId })));
  const group = new Map<Id, Id>();
  const of = (id: Id): Id => { const up = group.get(id) ?? id; return up === id ? id : of(up); };
  for (const { child, parent } of edges) group.set(of(child), of(parent));
  const byId = new Map(records.map(record => [record.id, record]));
  const cases = new Map<Id, Id>();
  for (const members of Map.groupBy(records, ({ id }) => of(id)).values()) {
    const root = caseRoot(members.map(({ id }) => id), edges);
    const answered = answeredBy(root, byId.get(root)!, members);
    for (const { id } of members) if (id !== root && answered.has(id)) cases.set(id, root);
  }
  return cases;
}
