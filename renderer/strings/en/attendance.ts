export const attendance = {
  plan: 'Roster', worked: 'Attendance', views: 'Show roster or attendance', toggle: 'Roster or attendance', legend: '✓ worked · + worked for another · ✕ absent · ? not known yet',
  mark: { came: 'worked', instead: 'worked for another', absent: 'absent', unknown: 'not known yet' },
  running: 'On duty now', none: 'No shift of this month is running now.', until: 'Shift {{code}} · until {{at}}', nobody: 'Nobody is in this shift yet', here: 'is here', notSeen: 'has not signed in', instead: 'for {{name}}',
  takeOver: 'Take this shift over', takeOverFrom: 'Take over the running shift of {{name}}', ask: 'You take shift {{code}} of {{name}} from now until {{at}}? {{name}} will be told; the published roster stays as it is.', reason: 'Reason', confirm: 'Take over from now', cancel: 'Cancel',
  table: 'Time sheet', tableHint: 'Actual hours; a shift counts in the month it begins in. Night 22:00–06:00. Overtime: outside one’s own shifts, and beyond the norm of the week, over all desks of the centre.', beside: 'other desk', besideOf: 'Of the overtime {{hours}} h are beyond the norm of the week because of hours at other desks.', who: 'Person', shifts: 'Shifts', shiftsOf: '{{actual}}/{{planned}}', hours: 'Hours', night: 'Night', holiday: 'Hol.', overtime: 'Over', absent: 'Abs.', comp: 'Lieu',
  long: { shifts: 'Shifts worked / planned', hours: 'Hours worked', night: 'Night hours', holiday: 'Hours on public holidays', overtime: 'Overtime, hours', absent: 'Shifts absent', comp: 'Time off in lieu left, hours' },
  compOf: '{{name}} – time off in lieu (hours): before {{opening}}, earned {{earned}}, taken {{taken}}, left {{balance}}. Late {{late}} min, {{unknown}} shifts not known.',
  left: 'Shifts empty or short ({{n}})', leftNone: 'Every shift that is over had its people.', leftLine: 'Shift {{code}} {{date}}: {{there}} of {{need}}', more: 'and {{n}} more',
  loading: 'Reckoning the hours…', cell: '{{name}}, {{date}}: {{what}}', noShift: 'no shift', notOwn: 'Your own attendance is corrected by somebody else who plans.', noEntry: 'nothing known', came: 'shift {{code}}, {{from}}–{{to}} ({{source}})', cameToEnd: 'shift {{code}}, from {{from}} to its end ({{source}})', absentBy: 'shift {{code}}, absent ({{by}}: “{{reason}}”)',
  source: { signIn: 'signed in', handover: 'handover', takeOver: 'taken over', planner: 'entered by the planner' },
  edit: 'Correct attendance', shift: 'Shift', kind: 'Attendance', present: 'Was here', away: 'Did not come', from: 'From', to: 'To', toEnd: 'end of shift', insteadOf: 'In place of', noOne: 'nobody', editReason: 'Reason', save: 'Save attendance', badTime: 'Write a time like 06:30.', notYet: 'This shift has not begun.',
  out: 'Time sheet (xlsx)',
};
