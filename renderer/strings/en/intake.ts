import type { Same } from '../same.ts';
import type { intake as vi } from '../vi/intake.ts';

export const intake: Same<typeof vi> = {
  title: 'Intake',
  call: 'Taking a call',
  report: 'Taking a report',
  calling: 'On the line',
  sinceOpened: 'Opened at',
  provisional: 'provisional number, read it to the caller',
  channel: 'Channel',
  draftState: 'Draft',
  readyForNext: '{{no}} has been received. This form is for the next one.',
  place: {
    ask: 'Where?', hint: 'Road, hamlet, clearest landmark', text: 'Place', area: 'Commune or ward', areaPlaceholder: 'A few letters, accents not needed',
    landmark: 'Landmark', position: 'Position (lat; long)', noArea: 'No commune or ward like that',
  },
  what: { ask: 'What?', hint: 'In the caller’s own words', hintReport: 'In the reporter’s own words', category: 'Kind', description: 'What happened' },
  victims: {
    ask: 'Victims?', none: 'Nobody noted', count: '{{n}} noted', add: 'Add', remove: 'Remove line {{n}}', who: 'Sex, estimated age',
    conscious: 'Conscious?', breathing: 'Breathing?', bleeding: 'Heavy bleeding?', row: 'Victim {{n}}', full: 'At most {{n}}; write others into What.',
  },
  who: {
    ask: 'Caller?', askReport: 'Reporter?', hint: 'Number or name', phone: 'Phone number', name: 'Name (if given)', relation: 'The caller is',
    relationReport: 'Relation to the case', anonymous: 'Anonymous', anonymousHint: 'No name and no number are kept.',
  },
  severity: {
    ask: 'Priority', hint: 'Keys 1–4', usual: 'Usual for this kind: {{level}}. Keys 1–4 for another', suggestUnconscious: 'P1 proposed: victim {{n}} unconscious', suggestNotBreathing: 'P1 proposed: victim {{n}} not breathing',
  },
  problem: {
    placeMissing: 'Ask for the place, or note a position.', positionUnreadable: 'Two numbers, such as 11.4462; 106.8831.', descriptionMissing: 'Note what happened.',
    reporterMissing: 'Note a number or a name, or choose Anonymous.', severityMissing: 'Choose a priority.', tooLong: '{{n}} characters too many.',
  },
  left: '{{n}} characters left',
  tooMuch: 'What you pasted has {{n}} characters, this field takes {{limit}} at most. What was there is unchanged.',
  saving: 'Saving…',
  notTyped: 'Saved as you type',
  saved: 'Draft saved {{time}}',
  savedWhere: 'on this machine',
  saveFailed: 'The draft is not saved yet, trying again. What you typed is still on the screen.',
  saveRefused: 'The draft cannot be saved: {{why}}',
  way: { receive: 'Save and receive', dispatch: 'Save and dispatch', join: 'Save and merge into {{letter}}' },
  receiveOnly: 'Save, do not dispatch',
  side: 'Similar records and units',
  similar: {
    title: 'May be the same as {{n}}', none: 'Not the same', judged: '{{n}} similar records looked at: none is the same.', lookAgain: 'Look again', much: 'Very alike', some: 'Rather alike', little: 'A little alike', samePhone: 'same phone', files: '{{n}} files',
    now: 'just now', minutes: '{{n}} min ago', hours: '{{n}} h ago', days: '{{n}} days ago', join: 'Merge into {{letter}}', joined: 'Will be merged into {{letter}}', unlisted: 'Will be merged into {{no}}.', drop: 'Do not merge',
  },
  receiveNext: 'Save, take the next',
  receiving: 'Receiving…',
  notReceived: 'Not received yet',
  leave: 'Put aside, keep the draft',
  problems: '{{n}} still to be noted: go to {{first}}',
  drafts: { button: 'Unsent drafts: {{n}}', title: 'Unsent drafts', empty: 'Nothing typed yet', open: 'Open', remove: 'Delete draft', removeSure: 'Really delete?', now: 'open now', none: 'No other draft.' },
  lost: { title: 'This draft is no longer here', body: 'It has been received or deleted. Look for the record in the queue, or start a new one.', queue: 'To the queue', fresh: 'Start a new one' },
  units: {
    title: 'Nearest units', titleNoPlace: 'Units of this service', source: 'directory on this machine', straight: 'in a straight line', from: 'from {{place}}', fromPosition: 'from the noted position',
    none: 'The directory has no handling unit for this service yet.', noDistance: 'position not known',
    askPlace: 'Choose a commune or note a position to sort by distance.', noPhone: 'no number', other: 'Another unit',
  },
  linkDown: { title: 'Connection lost at {{time}}.', titleNever: 'Not connected yet.', body: 'Units have not been told over the network: call the focal point and note the time.' },
  keys: { next: 'Next field', question: 'To a question', victim: 'Add a victim', severity: 'Choose priority', receiveNext: 'Save, take the next', leave: 'Put aside, keep the draft' },
};
