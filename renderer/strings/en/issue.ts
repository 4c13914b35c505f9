import type { Same } from '../same.ts';
import type { issue as vi } from '../vi/issue.ts';

export const issue: Same<typeof vi> = {
  info: 'Information', place: 'Place', landmark: 'Landmark', reporter: 'Reporter', anonymous: 'anonymous', received: 'Came in at', recorded: 'Taken in and recorded', occurred: 'Happened', story: 'What happened',
  category: 'Kind', source: 'Source', original: 'As the source wrote it', coordinates: 'Coordinates', noPlace: 'none yet',
  masked: 'masked; showing it is noted in this machine’s audit log', reveal: 'Show', revealKey: 'Show who reported', revealed: 'shown; noted in this machine’s audit log, not in the record’s history',
  victims: 'Victims', conscious: 'conscious', breathing: 'breathing', bleeding: 'bleeding badly',
  forces: 'Units', lead: 'Lead', co: 'With', noLead: 'Not forwarded to a unit yet', verifiedBy: 'Verified', proposal: 'Proposed as false', result: 'Result', outcome: 'Outcome', reply: 'Reply',
  history: 'History', byItself: 'The system (automatic)', next: 'Next step', openPage: 'Open page',
  loading: 'Opening the record…', provisional: 'provisional',
  waitsAtCase: 'Worked on at the record that it was merged into.',
  waitsFor: {
    received: 'Waits for an operator to verify.', verifying: 'Waits for the verification to end.', verified: 'Waits for an operator to forward it.', forwarded: 'Waits for the lead unit to accept.',
    accepted: 'Waits for the lead unit to begin.', in_progress: 'The lead unit is at work.', resolved: 'Waits for the IOC to check and close; not by the resolver.', closed: 'Nothing left to do.', false_report: 'Nothing left to do.',
    unverified_forwarded: 'Waits for the lead unit to accept; not verified, which must be done before closing.', out_of_scope: 'Nothing left to do.', returned: 'Waits for an operator to send it to another unit.', awaiting_info: 'Waits for information.', on_hold: 'The unit has put it on hold.', reopened: 'Waits for the lead unit to take it again, or for another unit.', cancelled: 'Nothing left to do.',
  },
  undelivered: 'The unit has NOT received this: the forwarding is still on this machine, waiting for the link.', undeliveredCall: 'Call the unit now: {{phone}} ({{who}}); note the time in a note.', undeliveredNoNumber: 'Tell the unit another way (the directory has no number); note the time in a note.',
  waitsToBeSent: 'Not sent yet, the unit has NOT received it: tell it by telephone.',
  dispatch: 'Dispatch', dispatched: 'Dispatched', begun: 'half written', stranded: 'What you began to write for “{{action}}”, which can no longer be done', more: 'More…', less: 'Show less',
  refusedTitle: 'Refused: {{what}}', refusedBy: '{{action}} · {{who}} · {{at}}', seen: 'Seen, dismiss',
  merged: 'Someone else’s value came first; yours: {{mine}}',
  form: {
    method: 'How it was verified', note: 'Note', noteOf: 'Note', why: 'Why is it thought false?', lead: 'Lead unit', co: 'Units with it', addCo: 'Add a unit with it',
    unitSearch: 'Type a unit’s name, with or without accents', returnedAt: 'returned it at {{at}}', noUnit: 'No handling unit matches', nearestFirst: 'same service, with a focal point, nearest first', nearer: 'Nearer, but without a focal point: {{unit}}, {{distance}}; type its name to choose it, and call.', noDistances: 'same service, with a focal point first',
    nobodyAccepts: 'This unit has no focal point: nobody there can accept on the system.', callThem: 'It can still be sent; call the unit: {{phone}}.', callNoNumber: 'It can still be sent; tell the unit in person: the directory has no number of it.', orAnother: 'Or choose another unit, if one is suitable.',
    remove: 'Remove', change: 'Change',
    result: 'What was done, and with what result?', outcome: 'Outcome', reply: 'Reply to the reporter', saving: 'Saving…', notKeptYet: 'What you write is not kept on this machine yet, trying again. It is still on the screen.', reporterName: 'Name of the reporter', reporterPhone: 'Phone',
    chooseByKey: 'Take choice {{n}}', keysHint: 'Keys 1–{{n}} choose; letters go into the box below', chooseMethod: 'Choose how it was verified', chooseUnit: 'Choose a lead unit', chooseOutcome: 'Choose an outcome', writeIt: 'Write at least a few words',
    proposalBy: '{{who}} proposes: {{note}}', area: 'Commune', left: '{{count}} characters left',
    tooMuch: 'What you pasted has {{count}} characters, this field takes {{limit}} at most. What was there is unchanged.',
  },
};
