import type { Same } from '../same.ts';
import type { policy as vi } from '../vi/policy.ts';

export const policy: Same<typeof vi> = {
  title: 'Rules in force', pack: 'Pack', inForce: '{{code}} · in force since {{day}}', later: '{{code}} · from {{day}} on', earlier: '{{code}} · since {{day}}, replaced', from: 'in force since {{at}}',
  howToChange: 'A record keeps the pack that was in force when it was received. An administrator of the province server edits and issues a new one with the command province policy; it is signed and comes to the desks like everything else.',
  proposed: 'proposed default, not in the regulation', source: 'Source', clocks: 'time limits', clock: 'Time limit', thresholds: 'Thresholds and limits', rule: 'Rule', value: 'Value', calendar: 'Working calendar', categories: 'Kinds of events', off: 'day off', made: 'worked instead',
  minutes: '{{n}} min', hours: '{{n}} h', days: '{{n}} days', workingMinutes: '{{n}} working min', workingHours: '{{n}} working h', workingDays: '{{n}} working days', fromReceipt: '{{span}} from receipt', times: '{{n}} times', none: 'no',
  warn: 'Soon due when so much has gone by', dispatchFirst: 'Incidents dispatched before verification', returns: 'Returns at most, then the shift lead decides', info: 'Waiting for information: at most', hold: 'On hold: at most', reopening: 'Reopening', reopeningDays: 'within {{n}} days after closing',
  nearIncident: 'Looking for duplicates: incidents', nearIssue: 'Looking for duplicates: reports', near: 'within {{metres}} m and {{span}}', split: 'A merge can be split within', ladder: 'Reminder, step {{n}}', ladderAt: 'when {{share}} % of the time has gone by', ladderOr: ', or when limits have been overrun {{n}} times', ladderTells: '; tells: {{who}}', survey: 'Satisfaction survey', lowScore: '{{n}} or less: reopening is offered',
  alarms: 'Alarms', alarmEvery: 'again every {{repeat}} s, the next desk after {{next}} s', requests: 'Reply to a personal data request',
};
