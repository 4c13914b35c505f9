import type { duty as vi } from '../vi/duty.ts';

export const duty: typeof vi = {
  board: 'On duty', draft: 'Draft', published: 'Published', views: 'Which one to see',
  tag: 'Published · edition {{edition}}', by: '{{by}}, {{at}}', saved: 'kept here, not sent to the province yet', waiting: 'being sent to the province', refused: 'refused by the province, see Needs you',
  none: 'This month is not published', noneHint: 'No roster of {{desk}} for {{month}} has been published at this centre.',
  publish: 'Publish…', publishNow: 'Publish edition {{edition}}', publishTitle: 'Publish the roster', cancel: 'Cancel', same: 'As published', differs: 'Not as published: {{cells}} cells, {{people}} people',
  first: 'The first edition: {{people}} people will see their month.', changes: 'Since edition {{edition}}: {{cells}} cells of {{people}} people change. Only they have to acknowledge again.', otherwise: 'No cell changes; people, seats, hours of shifts or rules do.', more: 'and {{n}} cells more',
  change: '{{name}}, {{date}}: {{was}} → {{is}}', lacks: '{{seats}} seats are empty in {{shifts}} shifts.', breaks: 'Rules are broken in {{n}} places: {{rules}}.', reason: 'Why it is accepted', reasonHint: 'Goes with the roster, with each rule, value and limit. Whoever publishes answers for it.',
  takePublished: 'Put what is published into the grid', loaded: 'Approved changes of shifts are in it. It can be undone.',
  accepted: 'Accepted when published', acceptedWords: '{{seats}} seats empty, rules broken in {{n}} places. {{by}}: “{{reason}}”',
  mine: 'Your shifts', mineNone: 'You have no shift ahead in this month.', mineNext: '{{day}} · shift {{code}} · {{from}}–{{to}}',
  changed: 'Your month in edition {{edition}} waits for you to acknowledge it.', acknowledge: 'I have seen it', acknowledged: 'You have acknowledged it.',
  waitingFor: 'Not acknowledged yet ({{n}})', everybody: 'Everybody has acknowledged.',
  asks: 'Changes of shifts', noAsks: 'Nobody has asked for a change of shift.', ask: 'Ask to change this shift', askFor: 'Change a shift for {{name}}', askTitle: 'Shift {{code}} {{date}} of {{name}}', to: 'Who takes it', anybody: 'Whoever takes it', back: 'For a shift of theirs', nothing: 'For nothing',
  askReason: 'Reason', send: 'Ask', noOne: 'Nobody is free that day; it can be left open for whoever takes it.', offDay: '{{name}}, {{date}}: {{what}}', hint: 'Choose a cell with a shift that has not begun to ask for a change.',
  line: '{{name}} · shift {{code}} {{date}} → {{to}}', lineBack: ', for shift {{code}} {{date}}', open: 'nobody yet',
  state: { asked: 'to be taken', taken: 'to be approved', approved: 'approved', declined: 'declined', refused: 'not approved', withdrawn: 'withdrawn', moved: 'over: the roster changed' },
  take: 'Take it', approve: 'Approve', decline: 'Decline', letGo: 'Let it go', refuse: 'Do not approve', withdraw: 'Withdraw', holds: 'No rule is broken.', over: 'Over ({{n}})', why: 'Why (whoever asked will read it)',
  swapped: 'changed between people', noRoster: 'No roster',
  now: 'On duty', next: 'Next', week: 'This week', nobody: 'Nobody', unpublished: 'No roster of this week is published.', until: 'until {{at}}', from: 'from {{at}}', missing: '{{n}} missing', boardTitle: 'On duty – next – this week', impossible: 'It can no longer be changed: a shift has begun, or whoever would take it is busy that day.', undoes: 'This takes an approved change back: {{change}}.', behind: 'A new edition or an approved change has come since you opened this. Close it, look again, then publish.', waitsForYou: 'Waiting for you:', place: '{{desk}}, {{month}} ({{n}})', today: 'today',
};
