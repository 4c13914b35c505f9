import type { Same } from '../same.ts';
import type { domain as vi } from '../vi/domain.ts';

export const domain: Same<typeof vi> = {
  state: {
    received: 'Received', verifying: 'Being verified', verified: 'Verified', false_report: 'False report',
    forwarded: 'Forwarded', accepted: 'Accepted', in_progress: 'In progress', resolved: 'Resolved', closed: 'Closed',
    unverified_forwarded: 'Dispatched, to be verified', out_of_scope: 'Out of scope', returned: 'Returned', awaiting_info: 'Waits for information', on_hold: 'On hold', reopened: 'Reopened', cancelled: 'Cancelled (entered by mistake)',
  },
  part: 'Duplicate',
  severity: { P1: 'Life in danger', P2: 'Urgent', P3: 'Soon', P4: 'Normal' },
  service: { '113': '113', '114': '114', '115': '115', '112': '112', '1022': '1022', field: 'FR' },
  serviceLong: {
    '113': '113 · Police', '114': '114 · Fire and rescue', '115': '115 · Ambulance', '112': '112 · Disasters',
    '1022': '1022 · Citizens’ reports', field: 'FR · Field reports',
  },
  class: { incident: 'Emergency', issue: 'Report' },
  channel: { phone: 'by phone', field_report: 'field report', public_service: 'public service portal', camera: 'camera', app: 'app', import: 'imported' },
  method: {
    call_back: 'Called the reporter back', camera: 'Camera', force_on_site: 'People on site', unit_confirms: 'A unit confirms', second_source: 'A second source',
  },
  outcome: {
    fixed: 'Fixed', partly_fixed: 'Partly fixed', no_action_needed: 'No action needed', explained: 'Explained',
    handed_to_112: 'Handed to 112', handed_to_other_province: 'Handed to another province',
  },
  answer: { yes: 'Yes', no: 'No', unknown: 'Unclear' },
  sync: { saved: 'Saved on this machine', waiting: 'Waiting to be sent', sent: 'On the server', refused: 'Refused' },
  role: {
    truc_ban: 'Operator', ca_truong: 'Shift lead', lanh_dao_ioc: 'IOC lead', dau_moi: 'Focal point', lanh_dao_don_vi: 'Unit head',
    quan_tri: 'Administrator', kiem_tra: 'Inspector', phan_tich: 'Analyst',
  },
  done: {
    'issue.receive': 'Received', 'issue.edit': 'Edited', 'issue.note': 'Noted', 'issue.startVerification': 'Verification begun',
    'issue.verify': 'Verified: true', 'issue.proposeFalse': 'Proposed as false report', 'issue.confirmFalse': 'Confirmed as false report',
    'issue.forward': 'Forwarded', 'issue.accept': 'Accepted', 'issue.start': 'Work begun', 'issue.resolve': 'Resolved', 'issue.close': 'Closed',
    'issue.acknowledge': 'Alarm acknowledged', 'issue.correct': 'Correction', 'issue.outOfScope': 'Out of scope', 'issue.proposeCancel': 'Proposed to cancel', 'issue.confirmCancel': 'Cancelled',
    'issue.dispatch': 'Dispatched before verification', 'issue.return': 'Returned', 'issue.askInfo': 'Asked for information', 'issue.hold': 'Put on hold', 'issue.resume': 'Work goes on', 'issue.reopen': 'Reopened',
    'issue.handOff': 'Offered to another line', 'issue.takeOver': 'Taken over', 'issue.refuseHandOff': 'Not taken over', 'issue.withdrawHandOff': 'Offer withdrawn',
    'issue.join': 'Another line joined', 'issue.leave': 'A line left', 'issue.sendResource': 'More forces sent', 'issue.resourceStep': 'Forces',
    'issue.merge': 'Merged into another', 'issue.split': 'Split off', 'issue.remind': 'Reminder', 'issue.survey': 'Satisfaction survey',
    'issue.attach': 'File added', 'issue.erasePersonal': 'Erased the personal data', 'issue.detach': 'File removed',
  },
  act: {
    'issue.receive': 'Receive', 'issue.edit': 'Edit', 'issue.note': 'Add note', 'issue.startVerification': 'Begin verification',
    'issue.verify': 'Verify', 'issue.proposeFalse': 'False report…', 'issue.confirmFalse': 'Confirm false report',
    'issue.forward': 'Forward', 'issue.accept': 'Accept', 'issue.start': 'Begin work', 'issue.resolve': 'Report as resolved', 'issue.close': 'Close record',
    'issue.acknowledge': 'Acknowledge', 'issue.correct': 'Correct by a note', 'issue.outOfScope': 'Out of scope…', 'issue.proposeCancel': 'Cancel, entered by mistake…', 'issue.confirmCancel': 'Confirm the cancelling',
    'issue.dispatch': 'Dispatch', 'issue.return': 'Return…', 'issue.askInfo': 'Ask for information…', 'issue.hold': 'Put on hold…', 'issue.resume': 'Go on', 'issue.reopen': 'Reopen…',
    'issue.handOff': 'Offer to another line…', 'issue.takeOver': 'Take over', 'issue.refuseHandOff': 'Do not take over…', 'issue.withdrawHandOff': 'Withdraw the offer',
    'issue.join': 'Add a line…', 'issue.leave': 'Take a line off…', 'issue.sendResource': 'Send more forces…', 'issue.resourceStep': 'Note a time of the forces',
    'issue.merge': 'Merge into another…', 'issue.split': 'Split off…', 'issue.remind': 'Remind…', 'issue.survey': 'Satisfaction survey…',
    'issue.attach': 'Add a file', 'issue.erasePersonal': 'Erase the personal data…', 'issue.detach': 'Remove a file',
  },
  clock: {
    ack: 'Acknowledge', verify: 'Verify', forward: 'Forward', accept: 'Accept', reroute: 'Send on', resolve: 'Resolve', confirm: 'Check and close', reply: 'Reply to the reporter', survey: 'Survey', handOff: 'The other line takes over',
  },
  reopenedBy: { reporter: 'The reporter', ioc: 'The IOC', inspector: 'An inspector' },
  surveyChannel: { call_back: 'Call back', paper: 'On paper', link: 'By link' },
  resourceStep: { dispatchedAtMs: 'Sent', enRouteAtMs: 'On the way', arrivedAtMs: 'Arrived', clearedAtMs: 'Cleared' },
  field: {
    description: 'What happened', severity: 'Level', category: 'Kind', place: 'Place', occurredAtMs: 'Happened at', victims: 'Victims',
    reporter: 'Reporter', leadUnitId: 'Lead unit', note: 'Note', result: 'Result', reply: 'Reply to the reporter', outcome: 'Outcome', reason: 'Reason', advisedBody: 'Who is responsible', question: 'Question', score: 'Satisfaction', parentId: 'Case to merge into',
  },
};
