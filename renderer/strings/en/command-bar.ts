import type { Same } from '../same.ts';
import type { commandBar as vi } from '../vi/command-bar.ts';

export const commandBar: Same<typeof vi> = {
  title: 'Command bar',
  placeholder: 'Type a command, record number, street, phone number…',
  group: { recent: 'Recent', records: 'Records', folded: 'Records with other accents than typed', go: 'Screens', receive: 'Intake', act: 'Commands' },
  go: 'Open {{screen}}',
  searching: 'Searching…',
  none: 'Nothing matches “{{text}}”. Accents are not needed.',
  noneRecords: 'No record matches.',
  failed: 'Records could not be searched: {{why}}',
  now: 'in use',
  words: {
    queue: 'queue list records hang doi', imports: 'import open311 csv nhap du lieu', directory: 'directory units people phone focal point danh ba', health: 'why not in step status network link sync refused tinh trang can xu ly',
    stick: 'usb stick export file carry answer without link gui bang usb', receive: 'new call intake receive tiep nhan', survey: 'survey satisfaction code paper link', wallboard: 'wall second screen big display tv bang treo', tryNow: 'sync network dong bo', lock: 'lock leave khoa', signOut: 'sign out leave dang xuat',
    theme: 'theme ground colour giao dien nen', themeLight: 'bright day sang', themeDark: 'night toi', themeAuto: 'automatic system follow theo may', scale: 'text size zoom co chu',
    vietnamese: 'language vietnamese ngon ngu tieng viet', english: 'language english ngon ngu tieng anh',
  },
  act: { receive: 'Take in {{service}}', tryNow: 'Synchronise now', attention: 'Open what needs you', theme: 'Ground: {{name}}', language: 'Language: {{name}}' },
  hint: { move: 'Choose', open: 'Open', close: 'Close' },
};
