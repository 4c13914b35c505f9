import type { Same } from '../same.ts';
import type { personal as vi } from '../vi/personal.ts';

export const personal: Same<typeof vi> = {
  emergency: 'Open in an emergency', emergencyTitle: 'Open personal data in an emergency', inspect: 'Open for an inspection', inspectTitle: 'Open personal data for an inspection',
  lacks: { duty: 'You do not count as on duty at this machine: you signed in more than one turn of duty ago. If you are on duty, sign in again.', assignment: 'This record has not been forwarded to your unit.' },
  loggedApart: 'This look and its reason are kept apart in the log of personal data; shift leads and inspectors can read them.', reason: 'Why you open it (name the occasion)',
  erase: {
    basis: 'Ground', by: { retention: 'Time of keeping is over', request: 'At that person’s request', order: 'By order of an authority' }, reason: 'Reason, number of the document (name nobody)',
    words: 'Words to take out of story, place and notes (between semicolons)', shortWord: 'Each word to take out has at least 3 characters.',
    what: 'Erases name, telephone and relation of the reporter, every victim and the source’s own words, on every machine; they cannot be had back. Free text (story, notes) and files are not erased by themselves: name the words to take out below, and remove files on their own.',
    done: 'erased at {{at}}', onPaper: 'erased by the rules on personal data',
  },
  ground: { line: 'Line on duty', unit: 'Handling unit', author: 'Took it in', inspection: 'Inspection', emergency: 'Emergency', export: 'Exported file', file: 'File opened', request: 'Data request' },
  log: {
    title: 'Who has read personal data', tab: 'This machine, whole province', of: { station: 'This machine', province: 'Whole province' }, apart: 'With a reason only',
    at: 'At', person: 'Who', record: 'Record', ground: 'By', reason: 'Reason', where: 'Machine', day: 'Day', records: '{{n}} records', ofRequest: 'a data request', gone: 'no longer on this machine',
    unsent: '{{n}} looks at this machine have not reached the province yet; they are sent by themselves once there is a link.', notSent: 'not sent yet', needsLink: 'The looks of all machines are kept by the province, so this needs a link; those of this machine can be read under “This machine”.',
    empty: 'Nobody has looked yet', emptyMore: 'Every time someone opens who reported or who was hurt, a file or a data request, it is written down here.', none: 'No look matches', noneMore: 'Take away a condition to search more widely.', all: 'Clear the filter', more: 'Show more',
  },
};
