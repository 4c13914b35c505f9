import { describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import { AT_UNIT_STATES, isOpen, STATES, type Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { applyIssueMutation, possibleActions } from '../../contract/mutations/issue.ts';
import { MUTATION_NAMES, PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { evidenceOf } from '../../contract/policy/evidence.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { history, type Done } from './histories.ts';
import { BOOK, factsFor, person, receive, run, UNIT, type Step } from './records.ts';

const HISTORIES = 10_000;
const DAY = 86_400_000;

describe(`in ${String(HISTORIES)} lives that the rules allow`, () => {
  const lives = Array.from({ length: HISTORIES }, (_, seed) => history(seed));
  const all = lives.flatMap(life => life.done);
  const each = (name: MutationName): Done[] => all.filter(done => done.name === name);

  test('every step is taken somewhere, and every state is reached', () => {
    const taken = new Set(all.map(done => done.name));
    expect(MUTATION_NAMES.filter(name => name !== 'issue.receive' && !taken.has(name))).toEqual([]);
    const reached = new Set(all.map(done => done.after.state));
    expect(STATES.filter(state => state !== 'received' && !reached.has(state))).toEqual([]);
  });

  test('nothing is closed without a named verification (Q18.2), by whoever resolved it, or while forces are out', () => {
    for (const { after, by } of each('issue.close')) {
      expect(after.verification?.byId).toBeTruthy();
      expect(by.personId).not.toBe(after.resolvedById);
      expect(after.resources?.filter(one => one.clearedAtMs === null) ?? []).toEqual([]);
    }
  });

  test('an issue goes to no unit before it is verified (Q15.5, Q17.6); an incident only by the rule that life comes first', () => {
    for (const { before, after } of [...each('issue.forward'), ...each('issue.dispatch')]) {
      if (before.verification !== null) continue;
      expect(after.class).toBe('incident');
      expect(after.state).toBe('unverified_forwarded');
    }
    // Over what a record is, not over how it came there: another line may take it over, which changes its class.
    for (const { after: { class: kind, state, verification } } of all) {
      if (kind === 'incident') expect(state).not.toBe('awaiting_info');
      else if (AT_UNIT_STATES.includes(state) || state === 'resolved' || state === 'closed') expect([state, verification === null]).toEqual([state === 'unverified_forwarded' ? 'forwarded' : state, false]);
    }
    for (const { before } of each('issue.dispatch')) expect(DEFAULT_PACK.dispatchFirst.severities).toContain(before.severity);
  });

  test('what asks for evidence is resolved with a file that came after it was given to the unit, or with a reason in its history', () => {
    const asked = each('issue.resolve').filter(({ before }) => before.category === 'lighting');
    const [shown, told] = [asked.filter(({ before }) => evidenceOf(before).length > 0), asked.filter(({ before }) => evidenceOf(before).length === 0)];
    expect(Math.min(shown.length, told.length)).toBeGreaterThan(10);
    for (const { after } of shown) expect(after.history.at(-1)).not.toHaveProperty('noEvidence');
    for (const { after } of told) expect(after.history.at(-1)?.noEvidence).toBe('trời tối');
    for (const { before, after } of each('issue.resolve')) if (before.category !== 'lighting') expect(after.history.at(-1)).not.toHaveProperty('noEvidence');
  });

  test('a false report and a cancelling take a second person', () => {
    for (const { before, by } of each('issue.confirmFalse')) expect([before.authorId, before.falseProposal?.byId]).not.toContain(by.personId);
    for (const { before, by } of each('issue.confirmCancel')) expect([before.authorId, before.cancelProposal?.byId]).not.toContain(by.personId);
  });

  test('whatever ends has no force out; an emergency that is sent away has been seen by two persons, and whoever reported it knows where to turn', () => {
    for (const { before, after } of all) if (isOpen(before.state) && !isOpen(after.state)) expect(after.resources?.filter(one => one.clearedAtMs === null) ?? []).toEqual([]);
    for (const { before, after, by } of each('issue.outOfScope')) {
      if (before.class === 'incident') expect(by.personId).not.toBe(before.authorId);
      expect([after.advisedBody, after.reply]).not.toContain('');
    }
  });

  test('what has been returned too often is sent on by a shift lead', () => {
    const often = each('issue.forward').filter(({ before }) => before.state === 'returned' && (before.returned?.times ?? 0) > DEFAULT_PACK.returns.limit);
    expect(often.length).toBeGreaterThan(10);
    for (const { by } of often) expect(by.roles).toContain('ca_truong');
  });

  test('only the lead unit acts for itself, and a clock stands no more often than the pack allows', () => {
    for (const name of ['issue.accept', 'issue.return', 'issue.start', 'issue.askInfo', 'issue.hold', 'issue.resume', 'issue.resolve'] as const) {
      for (const { before, by } of each(name)) expect(by.unitId).toBe(before.leadUnitId);
    }
    for (const { done } of lives) {
      expect(done.filter(one => one.name === 'issue.hold').length).toBeLessThanOrEqual(DEFAULT_PACK.pauses.holdTimes);
      expect(done.filter(one => one.name === 'issue.askInfo').length).toBeLessThanOrEqual(DEFAULT_PACK.pauses.infoTimes);
    }
  });

  test('history only grows, and says who did what and where to; the pack stays the one of the receipt', () => {
    for (const { before, after, by, name, atMs } of all) {
      expect(after.history.slice(0, before.history.length)).toEqual(before.history);
      expect(after.history.length).toBe(before.history.length + 1);
      expect(after.history.at(-1)).toMatchObject({ action: name, byId: by.personId, atMs, ...(after.state === before.state ? {} : { to: after.state }) });
      expect([after.policyId, after.id, after.authorId, after.receivedAtMs]).toEqual([before.policyId, before.id, before.authorId, before.receivedAtMs]);
    }
  });

  test('what the screen offers is never refused for its state or rights', () => {
    for (const { before, by, atMs } of all.filter((_, at) => at % 40 === 0)) {
      for (const name of possibleActions(before, { actor: by, atMs, policy: BOOK })) expect(refusalOf(name, before, by, atMs)).not.toMatch(/forbidden|wrong-state|outside-scope|same-person/);
    }
  });
});

function refusalOf(name: MutationName, row: Issue, by: Actor, atMs: number): string {
  try {
    applyIssueMutation(name, row, { id: row.id, fields: {}, edgeIds: [], merges: [], lines: [], attachment: {}, coUnitIds: [] } as unknown as PayloadOf<MutationName>, factsFor(by, { atMs }));
    return '';
  } catch (error) {
    return error instanceof AppError ? error.code : '';
  }
}

const two = person({ personId: newId(12) });

describe('life first', () => {
  test('an incident of the pack’s levels goes out at once, and has to be verified before it is closed', () => {
    const out = run(receive(), ['issue.dispatch', { leadUnitId: UNIT, reason: 'Người mắc kẹt' }], ['issue.accept'], ['issue.start'], ['issue.resolve', { result: 'xong' }]);
    expect(out.history.map(entry => entry.to)).toEqual(['received', 'unverified_forwarded', 'accepted', 'in_progress', 'resolved']);
    expect(() => run(out, ['issue.close', { outcome: 'fixed' }, two])).toThrow(expect.objectContaining({ code: 'issue/not-verified' }));
    expect(run(out, ['issue.verify', { method: 'force_on_site' }], ['issue.close', { outcome: 'fixed' }, two])).toMatchObject({ state: 'closed', verification: { method: 'force_on_site' } });
  });
  test('what turns out false after it went out is called off by a second person', () => {
    const out = run(receive(), ['issue.dispatch', { leadUnitId: UNIT }], ['issue.proposeFalse', { method: 'camera', note: 'Không có gì' }]);
    expect(run(out, ['issue.confirmFalse', {}, two]).state).toBe('false_report');
  });
  test('an issue, or a level below, does not', () => {
    expect(() => run(receive({ severity: 'P3' }), ['issue.dispatch', { leadUnitId: UNIT }])).toThrow(expect.objectContaining({ code: 'issue/not-verified' }));
    expect(() => run(receive({ class: 'issue', service: '1022', severity: 'P1' }), ['issue.dispatch', { leadUnitId: UNIT }])).toThrow(expect.objectContaining({ code: 'issue/not-verified' }));
  });
});

describe('forces', () => {
  test('have each of their times once, from whoever tells it first', () => {
    const force = newId(60);
    const sent = run(receive(), ['issue.sendResource', { resourceId: force, unitId: UNIT, name: 'Xe 1' }], ['issue.resourceStep', { resourceId: force, step: 'arrivedAtMs', atMs: 120_000 }]);
    expect(sent.resources).toEqual([{ id: force, unitId: UNIT, name: 'Xe 1', dispatchedAtMs: 60_000, enRouteAtMs: null, arrivedAtMs: 120_000, clearedAtMs: null }]);
    expect(() => run(sent, ['issue.resourceStep', { resourceId: force, step: 'arrivedAtMs', atMs: 130_000 }])).toThrow(expect.objectContaining({ code: 'issue/nothing-changed' }));
  });
});

describe('evidence of the result', () => {
  const lamp = (category = 'lighting') => receive({ class: 'issue', service: '1022', severity: 'P3', category });
  const file = (n: number): Step => ['issue.attach', { attachment: { id: newId(n), sha256: String(n).repeat(64), bytes: 9, mime: 'image/jpeg', name: `anh-${String(n)}.jpg`, thumb: null } }];
  const sent: Step[] = [['issue.startVerification'], ['issue.verify', { method: 'camera' }], ['issue.forward', { leadUnitId: UNIT }], ['issue.accept'], ['issue.start']];
  const needed = expect.objectContaining({ code: 'issue/evidence-needed' });
  const done: Step = ['issue.resolve', { result: 'Đã thay bóng' }];

  test('is asked for where the pack says so, and of nothing else', () => {
    expect(() => run(lamp(), ...sent, done)).toThrow(needed);
    expect(run(lamp('noise'), ...sent, done).state).toBe('resolved');
    expect(run(lamp(), ...sent, file(1), done).state).toBe('resolved');
  });

  test('is no picture that the reporter sent before, and none that was taken away again', () => {
    expect(() => run(lamp(), file(1), ...sent, done)).toThrow(needed);
    const shown = run(lamp(), ...sent, file(1));
    expect(() => run(shown, ['issue.detach', { attachmentId: shown.attachments![0]!.id, reason: 'nhầm' }], done)).toThrow(needed);
  });

  test('counts by the order in which things were done, whatever a clock said', () => {
    // Another run begins at the same minute again: the file is earlier than the forwarding by the clock, and later by what was done.
    expect(run(run(lamp(), ...sent), file(1), done).state).toBe('resolved');
  });

  test('of one round proves nothing of the next', () => {
    const closed = run(lamp(), ...sent, file(1), done, ['issue.close', { outcome: 'fixed' }, two]);
    const again = run(closed, ['issue.reopen', { reason: 'Lại tắt', by: 'reporter' }], ['issue.accept'], ['issue.start']);
    expect(() => run(again, done)).toThrow(needed);
    expect(run(again, file(2), done).state).toBe('resolved');
  });

  test('may be missing for a reason that is given, which stays in the history', () => {
    expect(run(lamp(), ...sent, ['issue.resolve', { result: 'Đã thay bóng', noEvidence: 'Máy ảnh hỏng' }]).history.at(-1)).toMatchObject({ to: 'resolved', note: 'Đã thay bóng', noEvidence: 'Máy ảnh hỏng' });
    expect(() => run(lamp(), ...sent, ['issue.resolve', { result: 'Đã thay bóng', noEvidence: '  ' }])).toThrow(needed);
    expect(run(lamp(), ...sent, file(1), ['issue.resolve', { result: 'Đã thay bóng', noEvidence: 'Máy ảnh hỏng' }]).history.at(-1)).not.toHaveProperty('noEvidence');
    expect(run(lamp('noise'), ...sent, ['issue.resolve', { result: 'Đã nhắc', noEvidence: 'không cần' }]).history.at(-1)).not.toHaveProperty('noEvidence');
  });
});

describe('reopening', () => {
  const closed = run(receive(), ['issue.dispatch', { leadUnitId: UNIT }], ['issue.verify', { method: 'camera' }], ['issue.accept'], ['issue.start'], ['issue.resolve', { result: 'xong' }], ['issue.close', { outcome: 'fixed' }, two]);
  const reopen = (atMs: number, pack = DEFAULT_PACK) => applyIssueMutation('issue.reopen', closed, { id: closed.id, reason: 'Cháy lại', by: 'reporter' }, factsFor(person(), { atMs, policy: policyBook([pack]) })).row;
  test('counts, begins a new clock and keeps what was verified', () => {
    expect(reopen(DAY)).toMatchObject({ state: 'reopened', reopenings: 1, outcome: null, result: null, resolvedById: null, verification: { method: 'camera' } });
    expect(isOpen(reopen(DAY).state)).toBe(true);
  });
  test('by staff alone is no reporter’s to ask for', () => {
    const staff = policyBook([{ ...DEFAULT_PACK, reopening: { by: 'staff', days: 30, source: null } }]);
    const by = (who: 'reporter' | 'ioc' | 'inspector') => applyIssueMutation('issue.reopen', closed, { id: closed.id, reason: 'Cháy lại', by: who }, factsFor(person(), { atMs: DAY, policy: staff })).row.state;
    expect(() => by('reporter')).toThrow(expect.objectContaining({ code: 'issue/no-reopening' }));
    expect([by('ioc'), by('inspector')]).toEqual(['reopened', 'reopened']);
  });
  test('is a setting: within days, or not at all', () => {
    expect(() => reopen(40 * DAY)).toThrow(expect.objectContaining({ code: 'issue/too-late-to-reopen' }));
    expect(() => reopen(DAY, { ...DEFAULT_PACK, reopening: { by: 'none', days: 30, source: null } })).toThrow(expect.objectContaining({ code: 'issue/no-reopening' }));
  });
});

test('a step of the ladder is taken once per forwarding, whichever console takes it; a person may remind again', () => {
  const out = run(receive(), ['issue.dispatch', { leadUnitId: UNIT }], ['issue.remind', { unitId: UNIT, level: 1 }]);
  expect(() => run(out, ['issue.remind', { unitId: UNIT, level: 1 }])).toThrow(expect.objectContaining({ code: 'issue/nothing-changed' }));
  expect(run(out, ['issue.remind', { unitId: UNIT, level: 2 }], ['issue.remind', { unitId: UNIT, level: 0 }], ['issue.remind', { unitId: UNIT, level: 0 }]).reminders?.map(one => one.level)).toEqual([1, 2, 0, 0]);
  expect(() => run(out, ['issue.remind', { unitId: newId(99), level: 0 }])).toThrow(expect.objectContaining({ code: 'issue/unit-unknown' }));
});

test('a record keeps the pack that was in force when it was received', () => {
  const later = { ...DEFAULT_PACK, id: newId(5), effectiveFromMs: DAY * 20_000, dispatchFirst: { severities: [], source: null } };
  const book = policyBook([later, DEFAULT_PACK]);
  const at = (receivedAtMs: number) => applyIssueMutation('issue.receive', undefined, PAYLOADS['issue.receive'].parse({ ...receive(), receivedAtMs, victims: [] }), factsFor(person(), { atMs: receivedAtMs, policy: book })).row;
  const [before, after] = [at(DAY * 19_999), at(DAY * 20_001)];
  expect([before.policyId, after.policyId]).toEqual([DEFAULT_PACK.id, later.id]);
  const dispatch = (row: Issue) => applyIssueMutation('issue.dispatch', row, { id: row.id, leadUnitId: UNIT, coUnitIds: [], reason: '', note: '' }, factsFor(person(), { atMs: DAY * 20_002, policy: book })).row.state;
  expect(dispatch(before)).toBe('unverified_forwarded');
  expect(() => dispatch(after)).toThrow(expect.objectContaining({ code: 'issue/not-verified' }));
});
