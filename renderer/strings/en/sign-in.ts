import type { Same } from '../same.ts';
import type { signIn as vi } from '../vi/sign-in.ts';

export const signIn: Same<typeof vi> = {
  title: 'Sign in',
  lead: 'Choose your name. Everyone has an account of their own.',
  name: 'Find your name', namePlaceholder: 'A few letters of your name or account, accents not needed', found: '{{n}} people match', backToName: 'Back to the name',
  noMatch: 'Nobody of this machine matches “{{text}}”.', noMatchMore: 'Clear it (Esc), or sign in with what you typed as the account.', asLogin: 'Use the account “{{text}}”',
  people: 'People of this machine',
  nobody: 'The list of people has not arrived yet. Use “Another name…” and type the sign-in name.',
  firstTime: 'First time: needs the link',
  usedHere: 'Has used this machine',
  other: 'Another name…', otherLabel: 'Sign-in name', backToTiles: 'Choose from the list',
  passwordOf: 'Password of {{name}}', passwordOther: 'Password',
  show: 'Show', hide: 'Hide', submit: 'Sign in', submitting: 'Checking…',
  imeOn: 'An input method is on; it may add marks to the password', capsOn: 'Caps Lock is on',
  offlineYes: 'Can sign in offline on this machine', offlineYesMore: 'Without the link the password is checked against a copy kept here.',
  offlineNo: 'The first time here needs the link', offlineNoMore: 'After signing in once with the link, it works without it too.',
  rules: 'Five wrong passwords lock the account for 15 minutes. Forgotten: call the shift lead.',
  lockedTitle: 'The console is locked', lockedLead: 'What was being done is untouched behind this.', unlock: 'Unlock', someoneElse: 'Someone else signs in…',
  someoneElseMore: 'What the locked person was writing is kept on this machine, for that person alone to go on with.',
  choose: 'Choose a name',
  cutTitle: 'Link down since {{at}}', cutMore: '{{count}} unsent changes, safe on this machine.', cutNone: 'Nothing waits to be sent. People who have signed in here before still can.', neverTitle: 'The server has not been reached yet', neverMore: 'People who have signed in here before still can.',
  enrolTitle: 'Enrol this machine', enrolLead: 'A new machine needs a one-time code from the provincial IOC. Once only, about a minute.',
  enrolAddress: 'Address of the provincial IOC server', enrolAddressHint: 'For example: https://ioc.binhphuoc.example', enrolCode: 'One-time code', enrolCodeHint: 'Exactly as on the paper; it expires soon.',
  enrolName: 'Name of the machine or desk', enrolNameHint: 'For example: Desk 115', enrolSubmit: 'Enrol', enrolling: 'Enrolling…',
  enrolThen: 'Then the machine receives its unit’s data and opens the sign-in screen.',
  addressWrong: 'The address must begin with http:// or https://', codeWrong: 'The code has at least 6 characters', nameWrong: 'Give a name by which the province knows this machine',
};
