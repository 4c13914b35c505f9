import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { isOpen, type Issue } from '../../contract/issue.ts';
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
