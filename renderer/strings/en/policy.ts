import type { Same } from '../same.ts';
import type { policy as vi } from '../vi/policy.ts';

export const policy: Same<typeof vi> = {
  title: 'Rules in force', pack: 'Pack', inForce: '{{code}} · in force since {{day}}', later: '{{code}} · from {{day}} on', earlier: '{{code}} · since {{day}}, replaced', from: 'in force since {{at}}',
  howToChange: 'A record keeps the pack that was in force when it was received. An administrator of the provincial IOC edits and issues a new one on this screen; the province server signs it, and it comes to the desks like everything else.',
  proposed: 'proposed default, not in the regulation', source: 'Source', clocks: 'time limits', clock: 'Time limit', thresholds: 'Thresholds and limits', rule: 'Rule', value: 'Value', calendar: 'Working calendar', categories: 'Kinds of events', off: 'day off', made: 'worked instead', retired: 'retired',
  minutes: '{{n}} min', hours: '{{n}} h', days: '{{n}} days', workingMinutes: '{{n}} working min', workingHours: '{{n}} working h', workingDays: '{{n}} working days', fromReceipt: '{{span}} from receipt', none: 'no',
  ladder: 'Reminder, step {{n}}', ladderAt: 'when {{share}} % of the time has gone by', ladderOr: ', or when limits have been overrun {{n}} times', ladderTells: '; tells: {{who}}',
  signature: { good: 'Signature of the province: good', bad: 'Signature of the province: not good, the pack is not used', 'built-in': 'Comes with the program, without a signature' },
  key: 'key {{id}}', issuedBy: 'issued by {{who}} at {{at}}', issuedByServer: 'issued by the province server at {{at}}',
  badPacks: 'Packs have come whose signature is not the province’s: {{codes}}.', badPacksTodo: 'No record is judged by them. Tell the administrator of the provincial IOC.',
  edit: 'Edit', editGoOn: 'Go on with the draft', withdraw: 'Withdraw this pack', withdrawLead: 'Pack {{code}} is not in force yet. Withdrawn, it goes from every desk with its next contact; no record changes.',
  perTimes: '{{n}} times', metres: '{{n}} m', seconds: '{{n}} s', points: '{{n}} points', noLimit: 'no limit', keptUnsaid: 'not said in this pack, so kept for ever', reopenedBy: { none: 'nobody', staff: 'IOC staff', reporter: 'the reporter and IOC staff' },
  limit: {
    warnShare: { value: 'Soon due when so much has gone by' },
    dispatchFirst: { severities: 'Incidents dispatched before verification' },
    returns: { limit: 'Returns at most, then the shift lead decides' },
    pauses: { infoTimes: 'Waiting for information: at most', infoMinutes: 'Waiting for information: each at most', holdTimes: 'On hold: at most', holdMinutes: 'On hold: each at most' },
    reopening: { by: 'Who may reopen', days: 'Reopening within, after closing' },
    dedupe: {
      incident: { metres: 'Duplicates, incidents: radius', minutes: 'Duplicates, incidents: span' }, issue: { metres: 'Duplicates, reports: radius', minutes: 'Duplicates, reports: span' },
      phoneMinutes: 'Duplicates, same number: span', closedDays: 'Duplicates among records closed no longer ago than', splitDays: 'A merge can be split within',
    },
    survey: { notSeverities: 'No satisfaction survey at', lowScore: 'Low score, reopening is offered: this or less', asking: { windowDays: 'A survey is waited for after its due time' } },
    alarms: { severities: 'Levels that ring', repeatSeconds: 'An alarm repeats every', escalateSeconds: 'Taken up by nobody, the next desk after', perMinute: 'Alarms a minute at most' },
    personalData: { requestWorkingDays: 'Reply to a personal data request within (working days)', retention: { incidentDays: 'Personal data kept: incidents', issueDays: 'Personal data kept: reports', falseDays: 'Personal data kept: false reports', requestDays: 'Personal data kept: requests about personal data' }, duty: { hours: 'Counts as on duty (to read personal data)' } },
  },
  ladderGoesTo: '; goes to: {{who}}', ladderKinds: 'units of the kinds {{kinds}} in the directory', surveyNot: 'Not surveyed', notLevels: 'incidents {{levels}}', notWords: 'records with the words: {{words}}', surveyPage: 'Survey page, number in messages', noPage: 'no page yet', evidence: 'evidence needed when done',
};
