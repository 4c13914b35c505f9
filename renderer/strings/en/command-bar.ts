import type { Same } from '../same.ts';
import type { commandBar as vi } from '../vi/command-bar.ts';

export const commandBar: Same<typeof vi> = {
  title: 'Command bar',
  placeholder: 'Type a command, record number, street, phone number…',
  group: { recent: 'Recent', records: 'Records', go: 'Screens', receive: 'Intake', act: 'Commands' },
  go: 'Open {{screen}}',
  searching: 'Searching…',
  none: 'Nothing matches “{{text}}”. Accents are not needed.',
  noneRecords: 'No record matches.',
  failed: 'Records could not be searched: {{why}}',
  folded: 'other accents',
  words: {
    queue: 'queue list records hang doi', imports: 'import open311 csv nhap du lieu', directory: 'directory units people phone focal point danh ba', health: 'status network link sync refused tinh trang can xu ly',
    receive: 'new call intake receive tiep nhan', tryNow: 'sync network dong bo',
  },
  act: { receive: 'Take in {{service}}', tryNow: 'Synchronise now', attention: 'Open what needs you' },
  hint: { move: 'Choose', open: 'Open', close: 'Close' },
};
