/** A month of duty that another window has changed meanwhile. */
export const rosterApart = {
  aside: 'Set aside {{at}}',
  title: '{{by}} changed this month in another window at {{at}}, in the same places as this window.',
  has: 'This window differs in {{cells}} cells, which are not in the draft: {{some}}.', otherwise: 'This window differs in people, shifts or settings, which are not in the draft.',
  theirs: 'Take the other', mine: 'Keep mine',
  kept: 'Ctrl+Z takes your choice back. Meanwhile this window’s is kept as the option “{{name}}”.', undo: 'Ctrl+Z takes your choice back.',
  joined: 'Joined with what {{by}} changed in another window at {{at}}',
};
