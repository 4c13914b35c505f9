import type { Same } from '../same.ts';
import type { domain as vi } from '../vi/domain.ts';

export const domain: Same<typeof vi> = {
  state: {
    received: 'Received', verifying: 'Being verified', verified: 'Verified', false_report: 'False report',
    forwarded: 'Forwarded', accepted: 'Accepted', in_progress: 'In progress', resolved: 'Resolved', closed: 'Closed',
  },
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
    'issue.attach': 'File added', 'issue.detach': 'File removed',
  },
  act: {
    'issue.receive': 'Receive', 'issue.edit': 'Edit', 'issue.note': 'Add note', 'issue.startVerification': 'Begin verification',
    'issue.verify': 'Verify', 'issue.proposeFalse': 'False report…', 'issue.confirmFalse': 'Confirm false report',
    'issue.forward': 'Forward', 'issue.accept': 'Accept', 'issue.start': 'Begin work', 'issue.resolve': 'Report as resolved', 'issue.close': 'Close record',
    'issue.attach': 'Add a file', 'issue.detach': 'Remove a file',
  },
  field: {
    description: 'What happened', severity: 'Level', category: 'Kind', place: 'Place', occurredAtMs: 'Happened at', victims: 'Victims',
    reporter: 'Reporter', leadUnitId: 'Lead unit', note: 'Note', result: 'Result', reply: 'Reply to the reporter', outcome: 'Outcome',
  },
};
