/** What the check of a month of duty says beside seats and rules: skills that are lacking, duty at other desks. */
export const rosterCheck = {
  lacks: '{{n}} shifts lack somebody with a skill: {{skills}}',
  overlaps: 'the hours overlap', rest: 'only {{is}} hours of rest, {{allowed}} are needed',
};
