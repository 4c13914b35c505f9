import type { dutyActs as vi } from '../vi/duty-acts.ts';

export const dutyActs: typeof vi = {
  whyNeeded: 'Give the reason.', binds: { law: 'law', house: 'rule of the house' },
  shiftAt: 'shift {{code}} at {{desk}}',
  restBefore: 'You have just ended {{shift}} at {{at}}: {{is}} h of rest, at least {{allowed}} ({{binds}}).', restAfter: 'Your next one: {{shift}} at {{at}}. That leaves {{is}} h of rest, at least {{allowed}} ({{binds}}).',
  overlaps: 'You have {{shift}} from {{at}}: at the same time as this one.', rested: 'Rest before and after it: none of your rules is broken.',
  weekOver: 'You will work {{is}} h this week; the limit is {{most}} h a week on average ({{binds}}).', week: 'You will work {{is}} h this week.',
  wasTaken: '{{name}} has taken over your shift {{code}} {{date}} from {{at}} on: “{{reason}}”', wasApproved: '{{by}} has approved a change that concerns you: {{line}} (“{{reason}}”)',
  takenBy: 'taken over by {{name}} from {{at}} on', insteadOf: 'for {{name}}', moreShifts: 'and {{n}} shifts more', toDraft: 'Open the draft to plan and publish it',
  restIs: '{{is}} h of rest, at least {{allowed}}', breaksLaw: 'Once approved it breaks the law:', breaks: 'Once approved it breaks:', whyApprove: 'Why it is approved', notTaken: '{{name}} has not answered: you approve in their stead, and say why.',
  notBegun: 'the shift has not begun',
  undo: 'Taken by mistake: {{name}} takes it back with “Take this shift over”; later the planner corrects it under Attendance.',
};
