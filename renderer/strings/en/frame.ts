import type { Same } from '../same.ts';
import type { frame as vi } from '../vi/frame.ts';

export const frame: Same<typeof vi> = {
  queue: 'Queue', handover: 'Handover', requests: 'Data requests', roster: 'Rosters', imports: 'Import', directory: 'Directory', policy: 'Rules', access: 'Access log', health: 'Health', display: 'Display', lock: 'Lock', signOut: 'Sign out',
  nav: 'Screens',
  searchPlaceholder: 'Type an action, a number, a street, a phone…',
  searchShort: 'Find…',
  synced: 'In step', cutSince: 'Link down', from: 'since', waitingCount: 'to send', shutOut: 'The server refuses this machine', neverLinked: 'Not linked to a server yet', linkUnknown: 'The console does not answer',
  sending: 'Sending', changes: 'changes', firstCopy: 'Data incomplete, {{percent}} % received', copyBeingMade: 'Data incomplete, {{percent}} % prepared', copyAgain: 'Receiving the data again, {{percent}} %', copyAgainBeingMade: 'Data again, {{percent}} % prepared', refused: '{{count}} refused',
  restarting: 'The core is being started again…', restartingMore: 'What was said to be saved is there. The screen goes on by itself.',
  stopped: 'The console on this machine has stopped.', stoppedMore: 'What was said to be saved is still on the machine. Start the program again (or npm start) and open the new address that it prints.',
  foreign: 'The address of this page is no longer valid.', foreignMore: 'The console on this machine has been started anew; what was said to be saved is there. Open the new address that it printed when it started, or get one: npm run console -- address',
  starting: 'Opening the core…', startingMore: 'Usually under two seconds.',
  zone: 'Time zone +07:00', offset: 'server offset {{seconds}} s', offsetUnknown: 'server offset not measured', measuredAt: 'measured at {{at}}', version: 'Version {{version}}',
  weekday: { d1: 'Monday', d2: 'Tuesday', d3: 'Wednesday', d4: 'Thursday', d5: 'Friday', d6: 'Saturday', d7: 'Sunday' },
  theme: 'Ground', themeAuto: 'As the machine', themeLight: 'Light', themeDark: 'Dark', language: 'Language', scale: 'Text size', scaleUp: 'Larger text', scaleDown: 'Smaller text', scaleReset: 'Normal text',
  reader: 'Screen reader mode', readerMore: 'Lists come in pages of 50 rows and are read in the order in which they stand.', readerOn: 'On', readerOff: 'Off',
  keys: 'Keys', commandBar: 'Command bar', demo: 'Sample data', offlineSession: 'signed in offline', station: 'Machine {{code}}',
};
