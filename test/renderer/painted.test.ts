import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChoiceStep } from '../../contract/queue.ts';
import { Painted } from '../../renderer/screens/queue/painted.ts';

const ROWS = 12;
const arbStep: fc.Arbitrary<ChoiceStep> = fc.tuple(fc.nat(ROWS - 1), fc.nat(ROWS - 1), fc.boolean()).map(([a, b, chosen]) => ({ from: Math.min(a, b), to: Math.max(a, b), chosen }));
const marked = (before: readonly boolean[], steps: readonly ChoiceStep[]): boolean[] => steps.reduce((rows, step) => rows.map((chosen, at) => (at >= step.from && at <= step.to ? step.chosen : chosen)), [...before]);

test('a page shows the marks that were drawn while it was on its way, whenever it was asked for and whatever part it is', () => {
  fc.assert(fc.property(fc.array(fc.array(arbStep, { maxLength: 3 }), { maxLength: 6 }), fc.array(fc.boolean(), { minLength: ROWS, maxLength: ROWS }), fc.nat(ROWS), fc.nat(6), (groups, first, start, when) => {
    const painted = new Painted();
    const known = groups.slice(0, when);
    for (const steps of known) painted.add(steps);
    const askedAt = painted.count;
    const page = marked(first, known.flat()).slice(start).map(chosen => ({ chosen }));
    for (const steps of groups.slice(when)) painted.add(steps);
    expect(painted.over(page, start, askedAt).map(({ chosen }) => chosen)).toEqual(marked(first, groups.flat()).slice(start));
  }));
});

test('the core’s word stands for every row that was not drawn over since', () => {
  const painted = new Painted();
  painted.add([{ from: 0, to: 3, chosen: true }]);
  const page = [{ chosen: false }, { chosen: false }];
  expect(painted.over(page, 0, painted.count)).toEqual(page);
});
