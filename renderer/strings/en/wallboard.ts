import type { Same } from '../same.ts';
import type { wallboard as vi } from '../vi/wallboard.ts';

export const wallboard: Same<typeof vi> = {
  open: 'Wallboard', openLong: 'Open the wallboard (second screen)', title: 'Wallboard',
  dataAt: 'Figures of {{at}}', oldData: 'OLD figures, of {{at}}', noData: 'No figures yet',
  urgent: 'Open P1 and P2', overdue: 'Overdue {{count}}', more: '{{count}} more P1 and P2', none: 'No P1 or P2 is open',
  age: '{{span}} ago', justNow: 'just received', over: '{{span}} over', left: '{{span}} left',
  span: { seconds: '{{minutes}}:{{seconds}}', minutes: '{{minutes}} min', hours: '{{hours}} h', hoursMinutes: '{{hours}} h {{minutes}}', days: '{{days}} days' },
  column: { open: 'Open', today: 'Today', overdue: 'Overdue', site: 'Where' },
  links: 'Links of this desk', allWell: 'all in order', connecting: 'connecting', broken: '{{count}} in trouble',
  link: {
    core: 'Core', province: 'Province server', send: 'Sending', receive: 'Receiving', refused: 'Refused',
    works: 'Running', connecting: 'Connecting', restarting: 'Starting again', stopped: 'Stopped', up: 'Up', downSince: 'Down since {{at}}', down: 'Down', never: 'Never linked', unknown: 'Not known',
    nothingWaits: 'Nothing waits', waits: '{{count}} changes wait', waitsSince: '{{count}} wait since {{at}}', receivedAt: 'At {{at}}', notYet: 'Not yet', copying: 'Receiving, {{percent}} %', trouble: 'In trouble', refusals: '{{count}} need you',
  },
  notSignedIn: 'Nobody is signed in at this desk', notSignedInMore: 'The board counts what the person on duty may see. Sign in at the console; the board goes on by itself.',
  loading: 'Reading the figures…', failed: 'The figures could not be read', failedMore: 'The board tries again by itself; if this lasts, see the Health page of the console.',
};
