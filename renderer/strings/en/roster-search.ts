/** What the search for a roster found, said in shifts; a copy of a month that is open. */
export const rosterSearch = {
  full: 'every shift is full', under: '{{n}} shifts short', empty: '{{n}} shifts with nobody', skill: 'a skill missing {{n}} times', over: '{{n}} people too many', share: '{{n}} off an even share', wish: '{{n}} wishes not met',
  line: 'Planning engine: {{words}}', gap: 'may get better by up to {{gap}}', figures: 'Penalty {{best}} · bound {{bound}} · gap {{gap}}', edited: 'the grid has been changed since the last search',
  overtaken: 'ended by another search, the best kept', overtakenEmpty: 'ended by another search, no roster found yet', without: 'somebody cannot be planned: see the planning engine on the right',
  copyOpen: '{{name}} is open; the draft stays as it is. To publish: take the option as the draft, then publish.', noPublish: 'Take the option as the draft, then publish.', noPaper: 'Printed from the draft: take the option as the draft first.',
};
