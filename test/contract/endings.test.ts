import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { isOpen, type Issue } from '../../contract/issue.ts';
import { clocksOf } from '../../contract/policy/clocks.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { person, receive, run, UNIT, type Step } from './records.ts';

const two = person({ personId: newId(12) });

describe('ending a record', () => {
  const [ONE, force] = [person(), newId(60)];
  const away: Step = ['issue.outOfScope', { reason: 'Bên kia cầu', advisedBody: 'Tỉnh bạn', reply: 'Đã hướng dẫn' }, two];
  const mine = (more: Partial<Issue> = {}) => receive({ authorId: ONE.personId, ...more });
  const sent: Step = ['issue.sendResource', { resourceId: force, unitId: UNIT }];

  test('waits until the forces are back, however it ends', () => {
    const ways: Step[][] = [
      [away], [['issue.proposeCancel', { reason: 'nhập nhầm' }], ['issue.confirmCancel', {}, two]],
      [['issue.startVerification'], ['issue.proposeFalse', { method: 'camera', note: 'không có gì' }], ['issue.confirmFalse', {}, two]],
    ];
    for (const way of ways) {
      expect(() => run(mine(), sent, ...way)).toThrow(expect.objectContaining({ code: 'issue/forces-out' }));
      expect(isOpen(run(mine(), sent, ['issue.resourceStep', { resourceId: force, step: 'clearedAtMs', atMs: 90_000 }], ...way).state)).toBe(false);
    }
  });

  test('as out of scope takes a second person of an emergency, not of a report', () => {
    expect(() => run(mine(), [away[0], away[1], ONE])).toThrow(expect.objectContaining({ code: 'issue/same-person' }));
    expect(run(mine(), away).state).toBe('out_of_scope');
    expect(run(mine({ class: 'issue', service: '1022' }), [away[0], away[1], ONE]).state).toBe('out_of_scope');
  });

  test('as out of scope says who is in charge and what the reporter was told', () => {
    for (const field of ['advisedBody', 'reply']) {
      expect(() => run(mine(), [away[0], { ...away[1], [field]: '  ' }, two])).toThrow(expect.objectContaining({ code: 'issue/field-required', facts: { field } }));
    }
  });
});

test('a record goes behind another only when no line is still asked to take it over and no force of it is out', () => {
  const parentId = newId(30), force = newId(60);
  const behind: Step = ['issue.merge', { edgeId: newId(31), parentId }];
  const offer: Step = ['issue.handOff', { to: '113', note: 'Không phải cháy' }];
  expect(() => run(receive(), offer, behind)).toThrow(expect.objectContaining({ code: 'issue/unanswered' }));
  expect(run(receive(), offer, ['issue.withdrawHandOff'], behind).merges).toHaveLength(1);
  const sent: Step = ['issue.sendResource', { resourceId: force, unitId: UNIT }];
  expect(() => run(receive(), sent, behind)).toThrow(expect.objectContaining({ code: 'issue/forces-out' }));
  expect(run(receive(), sent, ['issue.resourceStep', { resourceId: force, step: 'clearedAtMs', atMs: 90_000 }], behind).merges).toHaveLength(1);
});

const clocks = (row: Issue) => clocksOf(row, DEFAULT_PACK).filter(clock => clock.stoppedAtMs === null).map(clock => clock.name);

test('the clock of an offer runs until it is taken, refused or withdrawn', () => {
  const offered = run(receive(), ['issue.handOff', { to: '113', note: 'Không phải cháy' }]);
  expect(clocks(offered)).toContain('handOff');
  const ways: Step[] = [['issue.takeOver', {}, two], ['issue.refuseHandOff', { reason: 'Là cháy' }, two], ['issue.withdrawHandOff']];
  for (const way of ways) expect(clocks(run(offered, way)), way[0]).not.toContain('handOff');
});

test('opened again, a record has only its time to resolve: nobody is to be asked, nor told, how it ended', () => {
  const again: Step = ['issue.reopen', { reason: 'Lại hỏng', by: 'ioc' }];
  const resolved = run(receive({ class: 'issue', service: '1022', severity: 'P3' }), ['issue.startVerification'], ['issue.verify', { method: 'call_back' }], ['issue.forward', { leadUnitId: UNIT }],
    ['issue.accept'], ['issue.start'], ['issue.resolve', { result: 'Đã sửa', noEvidence: 'Trời tối' }]);
  const closed = run(resolved, ['issue.close', { outcome: 'fixed', reply: 'Đã sửa' }, two]);
  expect(clocks(closed)).toEqual(['survey']);
  expect([resolved, closed].map(row => clocks(run(row, again)))).toEqual([['resolve'], ['resolve']]);
});

test('a proposal to end a record is gone once somebody has gone on with it: the report was true, or is on its way', () => {
  const verified = run(receive(), ['issue.startVerification'], ['issue.proposeFalse', { method: 'camera', note: 'không có gì' }], ['issue.verify', { method: 'call_back' }]);
  expect(verified.falseProposal).toBeNull();
  expect(run(verified, ['issue.proposeCancel', { reason: 'nhập nhầm' }], ['issue.forward', { leadUnitId: UNIT }]).cancelProposal).toBeNull();
});
