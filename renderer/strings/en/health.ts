import type { Same } from '../same.ts';
import type { health as vi } from '../vi/health.ts';

export const health: Same<typeof vi> = {
  title: 'Why is it not in step?',
  tryNow: 'Try now',
  trying: 'Trying…',
  answer: {
    inStep: 'All is well: this machine and the province hold the same, nothing waits to be sent.', sending: 'Sending to the server', sendingFiles: 'In step; {{n}} attached files are still to be sent', firstCopy: 'Loading the first copy: {{percent}} %', copyAgain: 'Receiving the data from the server again: {{percent}} %', neverYet: 'Never connected yet',
    attention: 'In step; some entries need you', held: 'In step; some changes are held back', warned: 'In step. {{what}}',
  },
  sendingFilesSaid: 'The files are safe on this machine and go by themselves; records always go before files.',
  firstCopySaid: 'The queue fills meanwhile.', copyAgainSaid: 'Mostly because the server was restored or what this machine sees has changed. Unsent changes are kept; you can go on working.',
  safe: '{{n}} changes are safe on this machine. You can go on working; report what is urgent by phone.',
  safeNone: 'Nothing is waiting to be sent. You can go on working; report what is urgent by phone.',
  goodSending: '{{n}} changes are on their way to the server.',
  attentionSaid: '{{n}} entries were not taken by the server as written; none is lost.',
  figure: {
    last: 'Last success', oldest: 'Oldest unsent change', pending: 'Still to send', next: 'Next try in',
    never: 'never', none: 'None', changes: 'changes', notNeeded: 'Not needed', soon: 'right now', ago: '{{time}} ago',
  },
  column: { step: 'Step', state: 'State', cause: 'Cause', action: 'What to do' },
  repairedTitle: 'Mended', repaired: '{{n}} records that differed from the server’s',
  removal: { approve: 'Let {{rows}} records go', approveWhen: 'Only after asking the province’s IOC, when you know why the new copy lacks these records. What has not been sent is kept.' },
  attention: {
    title: 'Needs you', lead: 'Not on the server as written; none is lost.', none: 'Nothing here', noneBody: 'Changes that the server refuses, values that someone else changed first, and changes that wait for their record will stand here.', noneOfKind: 'Nothing of this kind',
    rejected: 'Refused', conflict: 'Value replaced', held: 'Held back', all: 'All', onlyMine: 'Only mine',
    seen: 'Seen, put away', seenHint: 'Leaves the list; the log keeps it', copy: 'Copy the text', copied: '{{n}} lines copied', open: 'Open the record', again: 'Correct and send again', asNote: 'Send again as a note',
    keepMine: 'Keep my value', keepAuthor: 'Keep {{name}}’s value', takeTheirs: 'Take theirs', sendChoice: 'Send the choice', export: 'Export to a file', exportAll: 'Export all', exported: '{{n}} entries exported to two files: JSON and CSV',
    willSend: 'Will send', ofMine: 'Mine: {{fields}}', ofAuthor: '{{name}}’s: {{fields}}', ofTheirs: 'theirs: {{fields}}', willSendNothing: 'Nothing is sent; the present values stay.', keptInLog: 'What is not chosen stays in the log.',
    putAway: 'Put away: {{what}}', tookTheirs: 'Theirs taken: {{what}}', keptMine: 'My value sent again: {{what}}', undo: 'Undo',
    copyFailed: 'This machine does not allow copying. Select the text below and press Ctrl+C.',
    field: 'Field', mine: 'My value', author: 'Value of {{name}}', theirs: 'Present value', byMe: '{{name}} · {{time}}', presentBy: '{{name}} · {{time}}', presentUnknown: 'When the server answered · {{time}}', thenTheirs: 'When the server answered: {{value}}', nobody: 'Not known who',
    written: 'Written here', wonBy: '{{name}} wrote the present value', verdict: 'The server answered', heldSince: 'The server was restored and does not have the record yet', unknownSince: 'The server does not know this kind of change yet', authorSince: 'The server was restored; the author has to sign in again',
    typed: 'What was written', nothingTyped: 'No words were written.', conflictWhy: 'Two people changed the same thing. The server keeps what came first; what came later is still here.', heldWhy: 'The server was restored from an older copy and does not have this record yet. The change is sent by itself when the record returns; you need not do anything.',
    mergedWhy: 'The server took what did not collide; someone else had changed the values below first.', empty: 'None', notAllowed: 'This account may not deal with entries of the list.', lostFields: '{{n}} fields: someone else changed them first', heldReason: 'Waits for its record to return to the server',
    hidden: 'What is said of reporters, victims, data requests or handovers: only its author reads it, and who may.',
    fileName: 'needs-attention', fileTitle: 'Needs attention, exported {{time}}', columnKind: 'Kind', columnNo: 'Record', columnWhat: 'What', columnReason: 'Reason', columnBy: 'Written by', columnAt: 'Written at', columnJudged: 'Answered at', columnTyped: 'What was written',
  },
  documentAct: {
    view: { share: 'Save a shared list', unshare: 'Stop sharing a list', restore: 'Bring a shared list back' },
    handover: { give: 'Hand the shift over', take: 'Take the shift over', refuse: 'Refuse the shift', withdraw: 'Withdraw the handover', remark: 'Add to the handover', read: 'Mark as read' },
    request: { receive: 'Take in a data request', identify: 'Identify who asks', note: 'Note on a data request', extend: 'Extend a data request', answer: 'Answer a data request', refuse: 'Refuse a data request', erasePersonal: 'Erase, its time is over' },
    roster: { publish: 'Publish a roster', acknowledge: 'Acknowledge a roster', ask: 'Ask for a change of shift', take: 'Take a shift', approve: 'Approve a change of shift', end: 'End a change of shift', attend: 'Attendance of a shift', takeOver: 'Take a running shift over' },
  },
  payloadField: {
    note: 'Note', result: 'Result', reply: 'Reply to the reporter', outcome: 'Outcome', method: 'How verified', leadUnitId: 'Lead unit', coUnitIds: 'Co-units',
    service: 'Service', channel: 'Channel', receivedAtMs: 'Came in at', occurredAtMs: 'Happened', severity: 'Priority', category: 'Kind', description: 'What happened', place: 'Place', reporter: 'Reporter', victims: 'Victims',
    attachment: 'File', reason: 'Reason',
    subject: 'Who asks', words: 'Words', kind: 'What is asked', identified: 'Identified', untilMs: 'Extended to', basis: 'Clause', text: 'Words', body: 'List', content: 'Handover', remark: 'Remark',
  },
  span: { s: '{{s}} s', m: '{{m}} min', h: '{{h}} h {{m}} min', d: '{{d}} d {{h}} h' },
  keys: { retry: 'Try now', attention: 'Needs you', technician: 'Copy', move: 'Choose an entry', seen: 'Put away', copy: 'Copy', open: 'Open the record', back: 'Back to the chain', undo: 'Undo', mine: 'Keep mine', theirs: 'Take theirs', send: 'Send the choice', export: 'Export', exportAll: 'Export all' },
};
