import { describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { RECORD_LIMITS, STATES, type Issue, type IssueState } from '../../contract/issue.ts';
import type { Actor, Facts, RoutableUnit } from '../../contract/mutations/facts.ts';
import { applyIssueMutation, possibleActions } from '../../contract/mutations/issue.ts';
import { MUTATION_NAMES, PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { MUTATION_FROM, MUTATION_PERMISSION } from '../../contract/mutations/workflow.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { ROLES, type Role } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';

const AT_MS = Date.UTC(2026, 10, 24, 2);
const POLICY = policyBook([DEFAULT_PACK]);
const SITE = newId(1), DEVICE = newId(2), UNIT = newId(3), OTHER_UNIT = newId(4), NO_HANDLER = newId(5), CO_UNIT = newId(6);
const FORCE = newId(7), EDGE = newId(8), OTHER = newId(9);
const AUTHOR = newId(10), PROPOSER = newId(11), RESOLVER = newId(12), SECOND = newId(13);
const CALL: PayloadOf<'issue.receive'> = {
  id: newId(20), class: 'incident', service: '115', siteId: SITE, channel: 'phone', sourceRef: null, occurredAtMs: null, receivedAtMs: AT_MS,
  severity: 'P1', category: 'unknown', description: 'Xe tải va xe máy', place: { text: 'ĐT.741', areaId: null, landmark: '', lat: null, lon: null },
  reporter: { anonymous: false, name: '', phone: '0000000418', relation: '' }, victims: [], original: null,
};

function actor(personId: Id, roles: Role[], more: Partial<Actor> = {}): Actor {
  return { personId, roles, unitId: null, scope: { siteIds: [SITE], services: ['115'] }, ...more };
}

function facts(who: Actor): Facts {
  const units = new Map([[UNIT, true], [OTHER_UNIT, true], [CO_UNIT, true], [NO_HANDLER, false]]);
  return {
    actor: who, deviceId: DEVICE, atMs: AT_MS, arrivedAtMs: null, policy: POLICY, record: () => ({ siteId: SITE, service: '115' as const, state: 'received' as const }), provisionalNo: 'TẠM-MAU-01-261124-01', nextDisplayNo: null,
    unit: id => { const handling = units.get(id); return handling === undefined ? undefined : { handling }; },
  };
}

/** A record in the given state, as if it had come there by the rules. */
function record(state: IssueState, more: Partial<Issue> = {}): Issue {
  const { row } = applyIssueMutation('issue.receive', undefined, CALL, facts(actor(AUTHOR, ['truc_ban'])));
  const verification = { method: 'call_back' as const, note: '', byId: AUTHOR, atMs: AT_MS };
  return { ...row, state, leadUnitId: UNIT, verification, resolvedById: RESOLVER, falseProposal: { ...verification, byId: PROPOSER },
    merges: [{ edgeId: EDGE, parentId: OTHER, byId: AUTHOR, atMs: AT_MS }],
    resources: [{ id: FORCE, unitId: UNIT, name: 'Xe 01', dispatchedAtMs: AT_MS, enRouteAtMs: null, arrivedAtMs: null, clearedAtMs: AT_MS }], ...more };
}

const PAYLOAD: { [N in MutationName]: PayloadOf<N> } = {
  'issue.receive': CALL, 'issue.edit': { id: CALL.id, fields: { severity: { from: 'P1', to: 'P2' } } }, 'issue.note': { id: CALL.id, note: 'Đã gọi lại' },
  'issue.startVerification': { id: CALL.id }, 'issue.verify': { id: CALL.id, method: 'call_back', note: '' },
  'issue.proposeFalse': { id: CALL.id, method: 'camera', note: 'Không có ai' }, 'issue.confirmFalse': { id: CALL.id, note: '' },
  'issue.forward': { id: CALL.id, leadUnitId: UNIT, coUnitIds: [], note: '' }, 'issue.accept': { id: CALL.id, note: '' }, 'issue.start': { id: CALL.id, note: '' },
  'issue.resolve': { id: CALL.id, result: 'Đã đưa vào viện' }, 'issue.close': { id: CALL.id, outcome: 'fixed', reply: '' },
  'issue.acknowledge': { id: CALL.id }, 'issue.correct': { id: CALL.id, note: 'Gọi lúc 8 giờ, không phải 9 giờ' }, 'issue.outOfScope': { id: CALL.id, reason: 'Việc của tỉnh khác', advisedBody: 'Tổng đài 1022 tỉnh bạn', reply: 'Đã hướng dẫn gọi' },
  'issue.proposeCancel': { id: CALL.id, reason: 'Nhập hai lần' }, 'issue.confirmCancel': { id: CALL.id, note: '' }, 'issue.dispatch': { id: CALL.id, leadUnitId: UNIT, coUnitIds: [], reason: '', note: '' },
  'issue.return': { id: CALL.id, reason: 'Không phải địa bàn', suggestedUnitId: OTHER_UNIT }, 'issue.askInfo': { id: CALL.id, question: 'Số nhà?', untilMs: null }, 'issue.hold': { id: CALL.id, reason: 'Chờ vật tư', untilMs: AT_MS },
  'issue.resume': { id: CALL.id, note: '' }, 'issue.reopen': { id: CALL.id, reason: 'Vẫn còn', by: 'reporter' }, 'issue.handOff': { id: CALL.id, to: '113', note: 'Có gây rối' }, 'issue.takeOver': { id: CALL.id, note: '' },
  'issue.refuseHandOff': { id: CALL.id, reason: 'Không phải' }, 'issue.withdrawHandOff': { id: CALL.id, note: '' }, 'issue.join': { id: CALL.id, lines: ['113', '114'], note: '' }, 'issue.leave': { id: CALL.id, line: '113', note: 'Xong' },
  'issue.sendResource': { id: CALL.id, resourceId: newId(70), unitId: UNIT, name: '' }, 'issue.resourceStep': { id: CALL.id, resourceId: FORCE, step: 'enRouteAtMs', atMs: AT_MS },
  'issue.merge': { id: CALL.id, edgeId: newId(71), parentId: newId(72), note: '' }, 'issue.split': { id: CALL.id, edgeIds: [EDGE], note: 'Khác nhau' }, 'issue.remind': { id: CALL.id, unitId: UNIT, level: 0, note: '' },
  'issue.survey': { id: CALL.id, channel: 'call_back', answered: true, score: 4, onTime: 'yes', rightResult: 'yes', attitude: 'yes', comment: '' },
  'issue.attach': { id: CALL.id, attachment: { id: newId(AT_MS), sha256: 'ab'.repeat(32), bytes: 12, mime: 'image/jpeg', name: 'hien-truong.jpg', thumb: null } },
  'issue.erasePersonal': { id: CALL.id, basis: 'request', reason: 'Theo đơn ngày 12/11/2026', words: [] },
  'issue.detach': { id: CALL.id, attachmentId: newId(AT_MS), reason: 'Nhầm vụ' },
};

/** The code of the refusal, or the state that the record is in afterwards. */
function outcome<N extends MutationName>(name: N, row: Issue | undefined, who: Actor, payload: PayloadOf<N> = PAYLOAD[name]): string {
  try {
    return applyIssueMutation(name, row, payload, facts(who)).row.state;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const EVERY_ROLE = actor(SECOND, [...ROLES], { unitId: UNIT });

describe('each intent starts from its states and no other', () => {
  test.each(MUTATION_NAMES.filter(n => n !== 'issue.receive').flatMap(name => STATES.map(state => ({ name, state }))))('$name in $state', ({ name, state }) => {
    const from = MUTATION_FROM[name];
    const isAllowed = from === null || from.includes(state);
    expect(outcome(name, record(state), EVERY_ROLE) === 'issue/wrong-state').toBe(!isAllowed);
  });
});

describe('each intent needs its right', () => {
  test.each(MUTATION_NAMES.flatMap(name => ROLES.map(role => ({ name, role }))))('$name by $role', ({ name, role }) => {
    const state = MUTATION_FROM[name]?.[0] ?? 'received';
    const row = name === 'issue.receive' ? undefined : record(state);
    const who = actor(SECOND, [role], { unitId: UNIT });
    expect(outcome(name, row, who) === 'auth/forbidden').toBe(!may([role], MUTATION_PERMISSION[name]));
  });
});

describe('who may not do it himself', () => {
  const operator = (id: Id): Actor => actor(id, ['truc_ban']);
  test('a false report is confirmed by neither its author nor its proposer', () => {
    expect(outcome('issue.confirmFalse', record('verifying'), operator(AUTHOR))).toBe('issue/same-person');
    expect(outcome('issue.confirmFalse', record('verifying'), operator(PROPOSER))).toBe('issue/same-person');
    expect(outcome('issue.confirmFalse', record('verifying'), operator(SECOND))).toBe('false_report');
  });
  test('nothing is confirmed false that nobody has proposed', () => {
    expect(outcome('issue.confirmFalse', record('verifying', { falseProposal: null }), operator(SECOND))).toBe('issue/no-proposal');
  });
  test('whoever resolved it does not close it', () => {
    expect(outcome('issue.close', record('resolved'), operator(RESOLVER))).toBe('issue/same-person');
    expect(outcome('issue.close', record('resolved'), operator(SECOND))).toBe('closed');
  });
  test('nothing is closed that was never verified (Q18.2)', () => {
    expect(outcome('issue.close', record('resolved', { verification: null }), operator(SECOND))).toBe('issue/not-verified');
  });
  test.each(['issue.accept', 'issue.start', 'issue.resolve'] as const)('%s is for people of the lead unit', name => {
    const state = MUTATION_FROM[name]?.[0] ?? 'received';
    expect(outcome(name, record(state), actor(SECOND, ['dau_moi'], { unitId: OTHER_UNIT }))).toBe('issue/outside-scope');
    expect(outcome(name, record(state), actor(SECOND, ['dau_moi'], { unitId: null }))).toBe('issue/outside-scope');
    expect(outcome(name, record(state, { leadUnitId: null }), actor(SECOND, ['dau_moi'], { unitId: null }))).toBe('issue/outside-scope');
    expect(outcome(name, record(state), actor(SECOND, ['dau_moi'], { unitId: UNIT }))).not.toMatch('/');
  });
});

describe('where a record goes', () => {
  const operator = actor(SECOND, ['truc_ban']);
  const to = (leadUnitId: Id, coUnitIds: Id[] = []) => ({ id: CALL.id, leadUnitId, coUnitIds, note: '' });
  test('only to a handling unit that the directory has (Q3.6), as lead and as co-unit', () => {
    expect(outcome('issue.forward', record('verified'), operator, to(NO_HANDLER))).toBe('issue/unit-not-handling');
    expect(outcome('issue.forward', record('verified'), operator, to(UNIT, [NO_HANDLER]))).toBe('issue/unit-not-handling');
    expect(outcome('issue.forward', record('verified'), operator, to(newId(99)))).toBe('issue/unit-unknown');
  });

  describe('to a unit without a focal point (Q13.5)', () => {
    const shiftLead = actor(SECOND, ['ca_truong']);
    const sent = (row: Issue, who: Actor, head: RoutableUnit['head'], name: 'issue.forward' | 'issue.dispatch' = 'issue.forward'): string => {
      const unit = (id: Id): RoutableUnit => ({ handling: true, ...(id === UNIT ? { focalPoint: null, head } : {}) });
      try {
        return applyIssueMutation(name, row, { ...PAYLOAD[name], leadUnitId: UNIT, coUnitIds: [OTHER_UNIT] }, { ...facts(who), unit }).row.state;
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
    };
    const ordinary = record('verified', { severity: 'P3' });

    test('it goes to the head who is named; where none is, the shift lead sends it', () => {
      expect(sent(ordinary, operator, { name: 'Lê Minh Họa', phone: '' })).toBe('forwarded');
      expect(sent(ordinary, operator, null)).toBe('issue/no-focal-point');
      expect(sent(ordinary, shiftLead, null)).toBe('forwarded');
      expect(sent(ordinary, operator, undefined)).toBe('forwarded');
    });

    test('nothing waits for that where life comes first', () => {
      expect(sent(record('verified', { severity: 'P1' }), operator, null)).toBe('forwarded');
      expect(sent(record('received', { severity: 'P1', verification: null }), operator, null, 'issue.dispatch')).toBe('unverified_forwarded');
    });

    test('it may help another unit', () => {
      const unit = (id: Id): RoutableUnit => ({ handling: true, ...(id === OTHER_UNIT ? { focalPoint: null, head: null } : {}) });
      expect(applyIssueMutation('issue.forward', ordinary, { ...PAYLOAD['issue.forward'], leadUnitId: UNIT, coUnitIds: [OTHER_UNIT] }, { ...facts(operator), unit }).row.state).toBe('forwarded');
    });
  });
  test('a co-unit is named once, and never the lead unit', () => {
    const { row } = applyIssueMutation('issue.forward', record('verified'), to(UNIT, [CO_UNIT, UNIT, CO_UNIT]), facts(operator));
    expect([row.leadUnitId, row.coUnitIds]).toEqual([UNIT, [CO_UNIT]]);
  });
  test('another site or service is out of reach, for reading and for making', () => {
    const elsewhere = actor(SECOND, ['truc_ban'], { scope: { siteIds: [newId(77)], services: null } });
    const otherLine = actor(SECOND, ['truc_ban'], { scope: { siteIds: null, services: ['113'] } });
    for (const who of [elsewhere, otherLine]) {
      expect(outcome('issue.receive', undefined, who)).toBe('issue/outside-scope');
      expect(outcome('issue.startVerification', record('received'), who)).toBe('issue/outside-scope');
    }
  });
});

test('what the screen offers is what the rules allow, for every state, role and unit', () => {
  for (const state of STATES) for (const role of ROLES) for (const unitId of [UNIT, OTHER_UNIT, null]) for (const personId of [AUTHOR, PROPOSER, RESOLVER, SECOND]) {
    const who = actor(personId, [role], { unitId });
    const row = record(state);
    const allowed = MUTATION_NAMES.filter(name => name !== 'issue.receive' && !outcome(name, row, who).includes('/'));
    // A second proposal is possible by the rules, but the screen offers to confirm the first one.
    const offered = possibleActions(row, facts(who));
    expect(offered).toEqual(allowed.filter(name => name !== 'issue.proposeFalse'));
  }
});

test('a record does not grow without end: notes and edits stop at a thousand lines of history, steps do not; an import’s words are counted', () => {
  const line = { atMs: AT_MS, byId: AUTHOR, deviceId: DEVICE, action: 'issue.note', note: 'x' };
  const full = (state: IssueState) => record(state, { history: Array.from({ length: RECORD_LIMITS.history }, () => line) });
  const clerk = facts(actor(SECOND, ['truc_ban']));
  for (const name of ['issue.note', 'issue.edit'] as const) {
    expect(() => applyIssueMutation(name, full('received'), PAYLOAD[name], clerk)).toThrow(expect.objectContaining({ code: 'issue/history-full' }));
  }
  expect(applyIssueMutation('issue.startVerification', full('received'), PAYLOAD['issue.startVerification'], clerk).row.state).toBe('verifying');
  const withWords = (original: Record<string, string>) => PAYLOADS['issue.receive'].safeParse({ ...CALL, original }).success;
  expect(withWords({ a: 'x'.repeat(RECORD_LIMITS.originalChars - 1) })).toBe(true);
  expect(withWords({ a: 'x'.repeat(RECORD_LIMITS.originalChars) })).toBe(false);
  expect(withWords(Object.fromEntries(Array.from({ length: RECORD_LIMITS.originalKeys + 1 }, (_, i) => [String(i), ''])))).toBe(false);
});

describe('an edit that met another', () => {
  const operator = actor(SECOND, ['truc_ban']);
  const edit = (fields: PayloadOf<'issue.edit'>['fields'], row = record('received')) => applyIssueMutation('issue.edit', row, { id: CALL.id, fields }, facts(operator));
  test('a field that someone changed first keeps that value, and the loser is told both', () => {
    const { row, lost } = edit({ severity: { from: 'P3', to: 'P4' }, category: { from: 'unknown', to: 'birth' } });
    expect([row.severity, row.category]).toEqual(['P1', 'birth']);
    expect(lost).toEqual([{ field: 'severity', mine: 'P4', theirs: 'P1' }]);
  });
  test('the same change twice loses nothing and changes nothing', () => {
    expect(() => edit({ severity: { from: 'P3', to: 'P1' } })).toThrow('issue/nothing-changed');
  });
});
