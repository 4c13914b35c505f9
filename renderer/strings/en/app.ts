import type { Same } from '../same.ts';
import type { app as vi } from '../vi/app.ts';

export const app: Same<typeof vi> = {
  name: 'IOC Console',
  loading: 'Loading…',
  wordsBehind: 'The words of newly arrived data are still being indexed: not everything may be found yet. Record and phone numbers are.',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close', putAside: 'Put aside',
  retry: 'Try again',
  back: 'Back',
  search: 'Search',
  all: 'All',
  none: 'None',
  unknown: 'Not known',
  required: 'required',
  today: 'today',
  brokenTitle: 'This screen has failed',
  brokenBody: 'What was saved is safe on this machine. Open the screen again; if it fails again, tell the administrator the line below.',
  keysTitle: 'Keyboard keys',
  keysBody: 'Letter keys work only while no field is being typed in.',
  keysGlobal: 'Every screen',
  keysScreen: 'This screen',
};
