import type { Same } from '../same.ts';
import type { steps as vi } from '../vi/steps.ts';

export const steps: Same<typeof vi> = {
  reason: 'Reason', note: 'Note', question: 'What must be asked, and whom?', handOffNote: 'Why is it handed over, what has been done?', newEvidence: 'Why is it reopened, what is new?', correction: 'Correction: what is wrong, what is right?', splitWhy: 'Why is it not the same case?',
  advisedBody: 'Where the reporter was told to ask', suggestedUnit: 'Suggested unit', until: 'Wait until', reviewAt: 'Look again at', momentForm: 'dd/MM/yyyy HH:mm', badMoment: 'This date and time cannot be read; write it as 25/11/2026 08:30.',
  reopenBy: 'Who wants it reopened', toLine: 'Offer to line', lines: 'Lines that work it too', lineLeaves: 'Line that leaves', forceUnit: 'Forces of the unit', forceName: 'Name or plate of the forces', remindUnit: 'Unit to remind',
  surveyChannel: 'How it was asked', score: 'Satisfaction', scores: { s5: '5 · Very satisfied', s4: '4 · Satisfied', s3: '3 · Neither', s2: '2 · Not satisfied', s1: '1 · Not at all satisfied' }, notReached: 'Not reached, no answer',
  onTime: 'Handled in time?', rightResult: 'The right result?', attitude: 'Treated well?', comment: 'What the person said',
  missing: 'Missing: {{what}}', optional: '{{what}} (optional)',
  resources: 'Forces sent', resourceNow: 'Note {{step}}: now', notYet: 'not yet',
  caseOf: 'This was merged into', parts: 'Stands for {{count}} other reports', mergeInto: 'Merge into the case', mergeFind: 'Type the number, place or story of the other', mergeNone: 'No record matches', mergeChoose: 'Choose the case to merge into.', merge: 'Merge',
  offered: 'Waits for line {{line}} to take it over, since {{at}}. Until then line {{own}} keeps it.', offeredToYou: 'Line {{own}} offers it to {{line}} since {{at}}: {{note}}',
  joint: 'Worked together', returnedTimes: 'Returned {{times}} times; the last: {{reason}}', suggests: 'The unit suggests: {{unit}}', reopenedTimes: 'Reopened, {{times}}', reminded: 'Reminded {{times}} times; the last {{at}}',
  paused: 'Stands since {{at}}: {{reason}}', pausedUntil: 'until {{at}}', cancelBy: '{{who}} proposes to cancel: {{note}}', surveyed: 'Survey', lowScore: 'The reporter is not satisfied: the record can be reopened.',
  ladder: 'Reminder, step {{level}} of {{of}}, since {{at}}.', ladderTells: 'Tells: {{who}}.', ladderLevel: 'step {{level}}', ladderCall: 'Reminder due, step {{level}} – could not be sent – call: {{who}} {{phone}}', ladderNoNumber: 'Reminder due, step {{level}} – could not be sent – the directory has no number; tell by another way: {{who}}', ladderGoesTo: 'Step {{level}} goes to:', ladderNoPhone: 'no number yet', ladderNobody: 'Step {{level}} goes to nobody: neither directory nor policy pack names anyone (department, leaders of the People’s Committee). Have the administrator add them.', ladderToTell: 'To be told: {{who}}. Note when you told them.',
  evidence: 'Evidence', evidenceCount: '{{count}} files since it was given to the unit', evidenceNeeded: 'This kind of case needs evidence before it is done.', evidenceNone: 'There is no file since it was given to the unit (or reopened). Add a picture, video or document: that works without a link too.',
  evidenceAdd: 'Add a file', noEvidence: 'No evidence', noEvidenceWhy: 'No evidence because', noEvidenceBecause: 'No evidence because: {{why}}', evidenceMissing: 'Evidence is missing: add a file, or choose “No evidence” and say why.', noEvidenceMissing: 'Say why there is no evidence.',
  clocks: 'Time limits', clockDone: 'done {{at}}', clockLate: 'late', clockLink: 'late because the link was down', clockLeft: 'due {{at}}', clockPaused: 'stands', clockNoLimit: 'no limit set', proposedDefault: 'proposed default, not in the regulation', fromPack: 'by {{pack}}',
};
