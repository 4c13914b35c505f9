import type { Same } from '../same.ts';
import type { health as vi } from '../vi/health.ts';

export const health: Same<typeof vi> = {
  title: 'Why is it not in step?',
  tryNow: 'Try now', checkNow: 'Check now',
  trying: 'Trying…',
  tried: 'Tried at {{time}}',
  answer: {
    inStep: 'All is well: this machine and the province hold the same, nothing waits to be sent.', sending: 'Sending to the server', firstCopy: 'Loading the first copy: {{percent}} %', neverYet: 'Never connected yet',
    attention: 'In step; some entries need you',
  },
  answerStopped: {
    reach: 'The provincial server cannot be reached', server: 'The other end is not the provincial server', device: 'The server does not accept this workstation',
    exchange: 'The server does not accept how this machine exchanges data', work: 'The provincial server has trouble', firstCopy: 'The first copy broke off', refused: '', conflict: '',
  },
  because: {
    'link/foreign-answer': 'The network wants a sign-in, or puts another page in between', 'device/revoked': 'This workstation has been revoked',
    'link/wrong-province': 'This is the server of another province', 'link/too-slow': 'The network is too slow, the server answers too late',
  },
  safe: '{{n}} changes are safe on this machine. You can go on working; report what is urgent by phone.',
  safeNone: 'Nothing is waiting to be sent. You can go on working; report what is urgent by phone.',
  goodSending: '{{n}} changes are on their way to the server.',
  attentionSaid: '{{n}} entries were not taken by the server as you wrote them; none is lost.',
  figure: {
    last: 'Last success', oldest: 'Oldest unsent change', pending: 'Still to send', next: 'Next try in',
    never: 'never', none: 'None', changes: 'changes', notNeeded: 'Not needed', soon: 'right now', ago: '{{time}} ago',
  },
  column: { step: 'Step', state: 'State', cause: 'Cause', action: 'What to do' },
  step: {
    reach: 'Network to the server', server: 'The right server', device: 'Device', exchange: 'Exchange', work: 'Provincial server',
    firstCopy: 'First copy', refused: 'Refused', conflict: 'Replaced values',
  },
  state: { ok: 'Open', stopped: 'Blocked', busy: 'Loading', notReached: 'Not reached', warning: '{{n}} to look at' },
  stateOk: { reach: 'Open', server: 'Right', device: 'Allowed', exchange: 'Fits', work: 'Works', firstCopy: 'Complete', refused: 'None', conflict: 'None' },
  cause: {
    reach: 'Connected to {{address}}', server: 'The answer is that of this province', device: 'The workstation may send and receive', exchange: 'Both sides speak the same protocol',
    work: 'Takes and gives data as usual', firstCopy: 'The copy on this machine is complete', refused: 'The server takes every change', conflict: 'No value has been replaced',
    refusedSome: '{{n}} changes were not taken; others are not affected', conflictSome: '{{n}} times two people changed the same thing; both are kept',
    loading: '{{percent}} % loaded; the queue fills meanwhile', notReached: 'Cannot be checked yet', unknown: 'The server has never been reached',
  },
  action: { none: 'Nothing to do', wait: 'Nothing to do, it goes on by itself', tryNow: 'Tries by itself; press to try now', callAdmin: 'Call the provincial administrator', later: 'Checked when the step before is open', openAttention: 'Open the list' },
  clock: 'This machine’s clock is {{offset}} s off the server (measured {{time}})',
  clockUnknown: 'The server’s time has not been measured yet',
  address: 'Server',
  attention: {
    title: 'Needs you', lead: 'Not on the server as written; none is lost.', none: 'Nothing here', noneBody: 'Changes that the server refuses, and values that someone else changed first, will stand here.',
    rejected: 'Refused', conflict: 'Value replaced', all: 'All',
    seen: 'Seen', seenHint: 'Leaves the list; the log keeps it', copy: 'Copy the text', copied: '{{n}} lines copied', open: 'Open the record', again: 'Correct and send again',
    copyFailed: 'This machine does not allow copying. Select the text below and press Ctrl+C.',
    field: 'Field', mine: 'My value', theirs: 'Value on the server', byMe: '{{name}} · {{time}}', judged: 'Province · {{time}}', written: 'Written here', verdict: 'The server answered',
    typed: 'What was written', nothingTyped: 'No words were written.', conflictWhy: 'Two people changed the same thing. The server keeps what came first; yours is still here.',
    mergedWhy: 'The server took what did not collide; someone else had changed the values below first.', empty: 'None', notAllowed: 'This account may not take entries off the list.', lostFields: '{{n}} fields: someone else changed them first',
  },
  payloadField: {
    note: 'Note', result: 'Result', reply: 'Reply to the reporter', outcome: 'Outcome', method: 'How verified', leadUnitId: 'Lead unit', coUnitIds: 'Co-units',
    service: 'Service', channel: 'Channel', receivedAtMs: 'Came in at', occurredAtMs: 'Happened', severity: 'Priority', category: 'Kind', description: 'What happened', place: 'Place', reporter: 'Reporter', victims: 'Victims',
  },
  span: { s: '{{s}} s', m: '{{m}} min', h: '{{h}} h {{m}} min', d: '{{d}} d {{h}} h' },
  keys: { retry: 'Try now', attention: 'Needs you', move: 'Choose an entry', seen: 'Seen', copy: 'Copy', open: 'Open the record', back: 'Back to the chain' },
};
