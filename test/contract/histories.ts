import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { applyIssueMutation, possibleActions } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { SERVICES, type Role, type Service } from '../../contract/org.ts';
import { instantOf } from '../../contract/time.ts';
import { createRandom } from '../../province/sample/random.ts';
import { BOOK, factsFor, OTHER_UNIT, receive, UNIT } from './records.ts';

const MINUTE = 60_000;
const BEGIN = instantOf(2026, 2, 1);
const somebody = (n: number, roles: Role[], unitId: Id | null): Actor => ({ personId: newId(100 + n), roles, unitId, scope: { siteIds: null, services: null } });
export const PEOPLE: readonly Actor[] = [
  somebody(1, ['truc_ban'], null), somebody(2, ['truc_ban'], null), somebody(3, ['ca_truong'], null), somebody(4, ['dau_moi'], UNIT), somebody(5, ['lanh_dao_don_vi'], UNIT),
  somebody(6, ['dau_moi'], OTHER_UNIT), somebody(7, ['lanh_dao_don_vi'], OTHER_UNIT), somebody(8, ['lanh_dao_ioc'], null), somebody(9, ['kiem_tra'], null), somebody(10, ['quan_tri'], null),
];
const DEVICES = [newId(201), newId(202)];

/** One step of a history: what was done by whom, and the record before and after. */
export interface Done { name: MutationName; by: Actor; atMs: number; before: Issue; after: Issue }

/** A life that the rules allow, by its seed: days around Tết, month ends, midnights, with every step that is possible now and then. */
export function history(seed: number, length = 24): { first: Issue; done: Done[] } {
  const random = createRandom(seed, 'histories');
  const service = random.pick(SERVICES);
  let atMs = BEGIN + random.int(90 * 1_440) * MINUTE + random.int(MINUTE);
  let row = receive({ service, class: service === '1022' || service === 'field' ? 'issue' : 'incident', severity: random.pick(['P1', 'P2', 'P3', 'P4'] as const), receivedAtMs: atMs, authorId: PEOPLE[0]!.personId, category: seed % 3 === 0 ? 'lighting' : 'unknown' });
  const first = row;
  const done: Done[] = [];
  while (done.length < length) {
    atMs += random.int(random.pick([2 * MINUTE, 60 * MINUTE, 1_440 * MINUTE, 5 * 1_440 * MINUTE]));
    const by = random.pick(PEOPLE);
    const possible = possibleActions(row, { actor: by, atMs, policy: BOOK }).filter(name => !QUIET.includes(name) || random.chance(0.15));
    if (possible.length === 0) { if (random.chance(0.05)) break; continue; }
    const name = random.pick(possible);
    const late = random.chance(0.2) ? { arrivedAtMs: atMs + random.int(3 * 1_440) * MINUTE } : {};
    const payload = PAYLOADS[name].parse(payloadOf(name, row, atMs, n => random.int(n))) as PayloadOf<MutationName>;
    try {
      const after = applyIssueMutation(name, row, payload, factsFor(by, { atMs, deviceId: random.pick(DEVICES), ...late })).row;
      done.push({ name, by, atMs, before: row, after });
      row = after;
    } catch {
      // What its words forbid, though its state allows it.
    }
  }
  return { first, done };
}

/** What would otherwise be most of every life. */
const QUIET: readonly MutationName[] = ['issue.note', 'issue.correct', 'issue.edit', 'issue.attach', 'issue.detach', 'issue.remind', 'issue.merge', 'issue.split', 'issue.sendResource', 'issue.join', 'issue.leave', 'issue.handOff', 'issue.proposeFalse', 'issue.proposeCancel', 'issue.outOfScope', 'issue.erasePersonal'];

function payloadOf(name: MutationName, row: Issue, atMs: number, int: (n: number) => number): Record<string, unknown> {
  const to = (['P1', 'P2', 'P3', 'P4'] as const)[int(4)];
  const line = SERVICES[int(SERVICES.length)] as Service;
  return {
    id: row.id, note: 'ghi', reason: 'vì', question: 'gì?', result: 'xong', ...(atMs % 2 === 0 ? { noEvidence: 'trời tối' } : {}), method: 'call_back', outcome: 'fixed', reply: 'đã báo', by: 'ioc', advisedBody: 'tỉnh bạn', untilMs: atMs + MINUTE,
    leadUnitId: int(2) === 0 ? UNIT : OTHER_UNIT, coUnitIds: [], suggestedUnitId: null, unitId: name === 'issue.sendResource' ? UNIT : row.leadUnitId ?? UNIT, level: int(4), name: 'Xe 01',
    fields: { severity: { from: row.severity, to } }, to: line, line: row.lines?.[0] ?? line, lines: [line],
    edgeId: newId(atMs), parentId: newId(int(5) + 1), edgeIds: row.merges?.map(edge => edge.edgeId) ?? [],
    resourceId: row.resources?.at(-1)?.id !== undefined && name === 'issue.resourceStep' ? row.resources.at(-1)!.id : newId(atMs), step: (['enRouteAtMs', 'arrivedAtMs', 'clearedAtMs'] as const)[int(3)], atMs,
    basis: 'request', words: [], channel: 'paper', answered: true, score: 1 + int(5), onTime: 'yes', rightResult: 'yes', attitude: 'no', comment: '',
    attachment: { id: newId(atMs), sha256: int(16).toString(16).repeat(64), bytes: 9, mime: 'image/jpeg', name: 'anh.jpg', thumb: null }, attachmentId: row.attachments?.[0]?.id ?? newId(1),
  };
}
