import type { exports as vi } from '../vi/exports.ts';
import type { Same } from '../same.ts';

export const exports: Same<typeof vi> = {
  open: 'Export', openKey: 'Export the list to a file', title: 'Export the list to a file',
  what: 'Exactly the {{rows}} records of the open list, in the order shown. For records that came later, open the list again (R) first.',
  format: 'File type', csv: 'CSV for Excel', xlsx: 'Excel (xlsx)',
  withPersons: 'With reporters, victims and the source’s own words', masked: 'Reporters are masked; victims and the source’s own words are left out.',
  purpose: 'Purpose of exporting personal data', purposeHint: 'Kept in this machine’s access journal with your name and the time, before the file is made.', purposeShort: 'Write at least {{least}} characters.',
  plainFile: 'The saved file is not encrypted: keep it as you keep paper records.',
  run: 'Export {{rows}} records', stop: 'Stop the export', running: 'Exporting {{done}} / {{rows}} records', notYet: 'The file is saved only when it is whole; stopped half-way, there is none.',
  stopped: 'Stopped; no file was saved.', done: '{{rows}} records exported', doneMore: '{{name}} · {{size}} · in the downloads folder, or where you have chosen.',
  left: '{{count}} records left this machine meanwhile and are not in the file.', nothing: 'The list is empty, there is nothing to export.',
  sheet: 'List',
  column: {
    displayNo: 'Number', provisionalNo: 'Provisional number', service: 'Service', class: 'Class', severity: 'Severity', state: 'State', category: 'Category', description: 'Description', place: 'Place',
    landmark: 'Landmark', area: 'Commune', site: 'IOC site', lat: 'Latitude', lon: 'Longitude', channel: 'Channel', sourceRef: 'Source reference', occurredAt: 'Happened at', receivedAt: 'Received at', dueAt: 'Due',
    forwardedAt: 'Forwarded at', leadUnit: 'Lead unit', coUnits: 'Supporting units', result: 'Result', outcome: 'Outcome', reply: 'Reply', closedAt: 'Closed at', author: 'Taken in by',
    reporter: 'Reporter', phone: 'Telephone', relation: 'Relation', victims: 'Victims', original: 'Words of the source',
  },
};
