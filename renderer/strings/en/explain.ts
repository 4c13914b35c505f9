import type { explain as vi } from '../vi/explain.ts';

export const explain: typeof vi = {
  conflicts: 'Why not every seat can be filled', seeking: 'looking for rules that conflict…', ask: 'Find rules that conflict',
  hint: 'Each line: “every seat filled” cannot hold together with these rules. Drop one of them and the line is gone.',
  none: 'Every rule can hold with every seat filled: the planner (K) finds how.', undecided: 'Not decided in time. Nothing is claimed about the rules.', more: 'There may be conflicts that were not found.', large: 'These rules conflict only when more than three hold together.',
  noRule: 'Too few people even without any rule', able: 'leaves room for {{able}} of {{needed}} shifts', notLeast: 'fewer may do', entered: 'entered',
  group: {
    restMinutes: 'at least {{value}} hours between two shifts', weekMinutes: 'at most {{value}} hours a week', daysOff: 'at least {{value}} days off in 30', maxRun: 'at most {{value}} days in a row', maxNights: 'at most {{value}} nights in a row',
    minRun: 'runs of duty of {{value}} days at least', minRest: 'rests of {{value}} days at least', leave: 'leave, time off in lieu and duty at other desks as entered', pins: 'pinned cells',
  },
  mend: 'Mend', fill: 'Find somebody', noWay: 'No change mends it without breaking another rule or emptying a seat.', looking: 'looking…', give: '{{code}} {{date}}: {{from}} → {{to}}', off: '{{date}}: {{name}} off', put: '{{date}}: {{name}} {{was}} → {{is}}', take: '{{name}} takes shift {{code}} on {{date}}', andMore: 'and {{n}} more cells',
  gaps: 'Empty seats, skills lacking', noGaps: 'No seat is empty, no skill lacks.', gap: '{{date}} shift {{code}}: {{n}} short', lenders: 'Free at other desks: {{names}}', overtime: 'With overtime of one person: {{who}}', or: ' or ', over: '{{name}} +{{hours}} h', overtimeHint: 'Overtime breaks the law on working time; publishing needs a reason.',
  why: 'Why not', whyOf: 'Who is not in shift {{code}} on {{date}}', whyKey: 'Why can nobody else take this shift?', shift: 'Shift', close: 'Close', could: 'could take it', everybody: 'Everybody is in this shift.',
  reason: {
    notNext: 'only {{rest}} hours between shift {{last}} on {{before}} and shift {{next}} on {{date}} ({{least}} at least)', notNextBefore: 'only {{rest}} hours after shift {{last}} on the last day of the month before ({{least}} at least)', minutes: '{{is}} hours in the month ({{allowed}} at most)',
    maxRun: '{{is}} days in a row from {{date}} ({{allowed}} at most)', maxRunOf: '{{is}} nights in a row up to {{date}} ({{allowed}} at most)', minRun: 'a run of only {{is}} days from {{date}} ({{allowed}} at least)', minRest: 'a rest of only {{is}} days from {{date}} ({{allowed}} at least)',
    leave: 'on leave or off in lieu on {{date}}', daysOff: 'only {{is}} days off in the month ({{allowed}} at least)', weekMinutes: '{{is}} hours a week ({{allowed}} at most)', maxOf: '{{is}} nights in the month ({{allowed}} at most)', maxWeekends: '{{is}} weekends ({{allowed}} at most)', empties: 'has shift {{code}} on that day, which would miss somebody', busy: 'has shift {{code}} on that day', offSite: 'has no seat (article 8.3)', overlaps: 'overlaps with a shift at another desk on {{date}}', elsewhere: 'only {{rest}} hours beside a shift at another desk on {{date}} ({{least}} at least)',
  },
  ledger: { now: 'This month', carried: 'Months before', total: 'Total', holidays: 'Holidays', months: '{{n}} months', above: '{{by}} above an even share', below: '{{by}} below an even share', hint: 'Months before: published rosters, three at most. ▲ above, ▼ below an even share by months served.', by: { minutes: '{{n}} hours', nights: '{{n}} nights', weekends: '{{n}} weekend shifts', holidays: '{{n}} holiday shifts' } },
  copies: {
    title: 'Options', hint: 'Copy this month to try something; the draft stays as it is. Four options at most, kept at this workstation.', add: 'Copy as an option', name: 'Option {{letter}}', draft: 'Draft', open: 'Open', take: 'Take as draft', remove: 'Remove', removed: '{{name}} is removed.', restore: 'Get it back',
    saved: '{{name}} is saved', what: 'Compared', empty: 'Empty seats', law: 'Breaches of law', house: 'Breaches of house rules', minutes: 'Hours apart', nights: 'Nights apart', fromDraft: 'Cells unlike the draft', fromPublished: 'Cells unlike the published', inHand: 'being edited', back: 'Back to the draft', full: 'There are four options: remove one to copy again.',
  },
};
