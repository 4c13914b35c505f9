import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { possibleActions } from '../../contract/mutations/issue.ts';
import { BOOK, OTHER_UNIT, person, receive, run, UNIT, type Step } from './records.ts';

const two = person({ personId: newId(12) });

describe('another line', () => {
  const of = (services: Actor['scope']['services'], n: number) => person({ personId: newId(n), scope: { siteIds: null, services } });
  const [police, fire, ambulance] = [of(['113'], 21), of(['114'], 22), of(['115'], 23)];
  test('sees what it is offered and may take it or not; until then the sender keeps it and works on', () => {
    const offered = run(receive(), ['issue.handOff', { to: '113', note: 'Không phải cháy' }, fire]);
    expect([offered.service, offered.state]).toEqual(['114', 'received']);
    expect(possibleActions(offered, { actor: police, atMs: 1, policy: BOOK })).toEqual(['issue.note', 'issue.takeOver', 'issue.refuseHandOff']);
    expect(possibleActions(offered, { actor: ambulance, atMs: 1, policy: BOOK })).toEqual([]);
    expect(run(offered, ['issue.startVerification', {}, fire]).state).toBe('verifying');
    expect(run(offered, ['issue.takeOver', {}, police])).toMatchObject({ service: '113', class: 'incident', handOff: null, acknowledged: { byId: police.personId } });
    expect(run(offered, ['issue.refuseHandOff', { reason: 'Đúng là cháy' }, police])).toMatchObject({ service: '114', handOff: null });
    expect(() => run(offered, ['issue.takeOver', {}, ambulance])).toThrow(expect.objectContaining({ code: 'issue/outside-scope' }));
    expect(() => run(offered, ['issue.handOff', { to: '115', note: 'x' }, fire])).toThrow(expect.objectContaining({ code: 'issue/handed-off' }));
  });
  test('joins a case: three lines work one record with one lead unit, and one may leave again', () => {
    const joint = run(receive(), ['issue.join', { lines: ['113', '115'] }, fire], ['issue.sendResource', { resourceId: newId(50), unitId: OTHER_UNIT }, ambulance]);
    expect(joint.lines).toEqual(['113', '115']);
    expect(run(joint, ['issue.note', { note: 'Đã chặn đường' }, police]).history.at(-1)?.byId).toBe(police.personId);
    expect(() => run(receive(), ['issue.note', { note: 'x' }, police])).toThrow(expect.objectContaining({ code: 'issue/outside-scope' }));
    expect(run(joint, ['issue.leave', { line: '113', note: 'Xong' }, police]).lines).toEqual(['115']);
    expect(run(joint, ['issue.leave', { line: '113', note: 'Xong' }, fire]).lines).toEqual(['115']);
    expect(() => run(joint, ['issue.leave', { line: '113', note: 'Xong' }, ambulance])).toThrow(expect.objectContaining({ code: 'issue/outside-scope' }));
  });
  test('that is called waits until somebody of it answers, whatever the others do, and whether it was called before or after the record was taken up', () => {
    const waits = (row: Issue) => row.asked?.map(one => one.line);
    const call: Step[] = [['issue.join', { lines: ['115', '113'] }, fire]], ack: Step[] = [['issue.acknowledge', {}, fire]];
    for (const called of [run(receive(), ...call, ...ack), run(receive(), ...ack, ...call)]) {
      expect(called.acknowledged?.byId).toBe(fire.personId);
      expect(waits(called)).toEqual(['113', '115']);
      expect(possibleActions(called, { actor: police, atMs: 1, policy: BOOK })).toContain('issue.acknowledge');
      const [here, all] = [run(called, ['issue.acknowledge', {}, police]), run(called, ['issue.acknowledge', {}, police], ['issue.note', { note: 'Xe đang tới' }, ambulance])];
      expect([waits(here), here.acknowledged?.byId, waits(all)]).toEqual([['115'], fire.personId, []]);
      expect(() => run(here, ['issue.acknowledge', {}, police])).toThrow(expect.objectContaining({ code: 'issue/nothing-changed' }));
      // What the own line does answers for no other; nor does a line that calls one more.
      expect(waits(run(called, ['issue.startVerification', {}, fire], ['issue.note', { note: 'x' }, of(['113', '114'], 24)], ['issue.join', { lines: ['112'] }, police]))).toEqual(['112', '113', '115']);
      expect(waits(run(called, ['issue.leave', { line: '113', note: 'Không cần' }, fire]))).toEqual(['115']);
      expect(() => run(called, ['issue.merge', { edgeId: newId(31), parentId: newId(30) }, fire])).toThrow(expect.objectContaining({ code: 'issue/unanswered' }));
      expect(waits(run(called, ['issue.outOfScope', { reason: 'x', advisedBody: 'y', reply: 'z' }, fire]))).toEqual([]);
    }
    expect(waits(run(receive(), ['issue.handOff', { to: '113', note: 'x' }, fire], ...call, ['issue.takeOver', {}, police]))).toEqual(['115']);
  });
  test('that works a record beside another takes it over, and is then its one line and no longer a second', () => {
    const joint = run(receive(), ['issue.handOff', { to: '113', note: 'Không phải cháy' }, fire], ['issue.join', { lines: ['113', '115'] }, fire]);
    expect(run(joint, ['issue.takeOver', {}, police])).toMatchObject({ service: '113', lines: ['115'], handOff: null });
    expect(run(receive(), ['issue.handOff', { to: '113', note: 'x' }, fire], ['issue.takeOver', {}, police])).not.toHaveProperty('lines');
  });
  test('takes a 1022 report over as an emergency, with times of its own', () => {
    const report = receive({ class: 'issue', service: '1022', severity: 'P2' });
    const taken = run(report, ['issue.handOff', { to: '115', note: 'Có người bị thương' }], ['issue.takeOver', {}, ambulance]);
    expect(taken).toMatchObject({ class: 'incident', service: '115' });
    expect(taken.dueClock).toBe('verify');
    expect(taken.dueAtMs).toBe(2 * 60_000 + 10 * 60_000);
  });
});

describe('taking over as another class', () => {
  const toReports: Step = ['issue.handOff', { to: '1022', note: 'Không khẩn cấp' }], toFire: Step = ['issue.handOff', { to: '114', note: 'Đang cháy' }];
  const settled = expect.objectContaining({ code: 'issue/class-settled' });

  test('is over once forces went out unverified, or a unit asks for more', () => {
    const out = run(receive(), toReports, ['issue.dispatch', { leadUnitId: UNIT }]);
    expect(() => run(out, ['issue.takeOver', {}, two])).toThrow(settled);
    expect(possibleActions(out, { actor: two, atMs: 1, policy: BOOK })).not.toContain('issue.takeOver');
    expect(run(out, ['issue.refuseHandOff', { reason: 'Đã điều' }, two]).handOff).toBeNull();
    const report = receive({ class: 'issue', service: '1022' });
    expect(() => run(report, ['issue.startVerification'], ['issue.verify', { method: 'camera' }], toFire, ['issue.forward', { leadUnitId: UNIT }], ['issue.accept'], ['issue.start'], ['issue.askInfo', { question: 'Ở đâu?' }], ['issue.takeOver', {}, two])).toThrow(settled);
  });

  test('is possible before, and within its class at any time', () => {
    expect(run(receive(), toReports, ['issue.startVerification'], ['issue.takeOver', {}, two])).toMatchObject({ class: 'issue', state: 'verifying' });
    expect(run(receive(), ['issue.handOff', { to: '113', note: 'x' }], ['issue.dispatch', { leadUnitId: UNIT }], ['issue.takeOver', {}, two])).toMatchObject({ service: '113', state: 'unverified_forwarded' });
  });

  test('is nothing for whoever offered it', () => {
    const offerer = person();
    expect(() => run(receive(), [toReports[0], toReports[1], offerer], ['issue.takeOver', {}, offerer])).toThrow(expect.objectContaining({ code: 'issue/same-person' }));
  });
});
