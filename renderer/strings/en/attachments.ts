import type { Same } from '../same.ts';
import type { attachments as vi } from '../vi/attachments.ts';

/** Files of a record. */
export const attachments: Same<typeof vi> = {
  title: 'Files', count: '{{count}} of {{limit}}', add: 'Add a file', addKey: 'Add a file to the record', drop: 'Let go to add it to this record',
  hint: 'Pictures, sound, MP4, PDF; up to {{limit}} MB each. Dropping a file or pasting a picture works too.',
  none: 'No files yet.', noneReadOnly: 'The record has no files.', full: 'All {{limit}} files are there.',
  adding: 'Being taken in {{percent}} %', cancel: 'Stop', dismiss: 'Dismiss',
  by: '{{size}} · {{who}} · {{at}}',
  transfer: {
    waiting: 'Saved here, waits to be sent', sending: 'Sending {{percent}} %', sent: 'On the server', absent: 'Not fetched yet', loading: 'Fetching {{percent}} %', failed: 'Failed',
  },
  open: 'Open {{name}}', fetch: 'Fetch', save: 'Save as', saving: 'Saving…', remove: 'Remove', removeOf: 'Remove the file {{name}}', why: 'Why remove it?', removeHint: 'The history keeps who removed it and why.',
  viewer: 'File', opening: 'Opening…', fetching: 'Fetching {{percent}} %', waitingForWay: 'Waits for a free line; records go first.',
  notShown: 'This kind of file cannot be shown here. Save it and open it with another program.', previous: 'Previous file', next: 'Next file',
  kind: { image: 'Picture', audio: 'Sound', video: 'Video', application: 'PDF' },
};
