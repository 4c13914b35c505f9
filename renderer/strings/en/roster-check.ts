/** What the check of a month of duty says beside seats and rules: skills that are lacking, duty at other desks. */
export const rosterCheck = {
  lacksAfter: 'Shift {{code}} on {{date}} lacks {{n}} with the skill {{skill}}',
  lacks: '{{n}} shifts lack somebody with a skill: {{skills}}',
  overlaps: 'the hours overlap', rest: 'only {{is}} hours of rest, {{allowed}} are needed',
  overWeek: 'More than {{n}} h a week', isWeek: '{{is}} hours a week, {{allowed}} at most', isDaysOff: '{{is}} days off, {{allowed}} at least', evenSharing: 'rule of the house: nights are shared out evenly',
  empties: 'leaves shift {{code}} of the day short', dayLacks: 'Skills lacking: {{missing}}.', shiftLacks: 'shift {{code}} lacks {{n}} {{skill}}',
  missingHours: '{{hours}} hours short.', nobodyHas: 'Nobody has the skill {{skill}}: {{needed}} seats of the month need it.', fewHave: 'Skill {{skill}}: {{needed}} seats need it, the {{people}} people who have it can work {{able}} shifts at most.',
  gapSkill: '{{date}} shift {{code}}: {{n}} {{skill}} short', fewer: 'show fewer',
};
