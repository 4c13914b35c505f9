import type { Same } from '../same.ts';
import type { print as vi } from '../vi/print.ts';

/** The state's name and motto stand in Vietnamese on every form. */
export const print: Same<typeof vi> = {
  open: 'Print', openLong: 'Print a slip or a form', title: 'Print record {{no}}', kind: 'Print-out', slip: 'Slip A5', form: 'Form A4', survey: 'Survey A4', run: 'Print',
  hint: 'To save a PDF, choose the PDF printer in the print dialog.', reveal: 'Show the reporter', revealed: 'The reporter is on the print-out; this look is in the machine’s access journal.', masked: 'The reporter is masked on the print-out.',
  loading: 'Opening the record…', signedOut: 'Nobody is signed in at this desk', signedOutMore: 'Sign in or unlock in the console’s window; this page comes back by itself.',
  by: 'Printed by {{who}} at {{at}}', page: 'Page',
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc', dated: '……………, {{day}}/{{month}}/{{year}}', no: 'No.',
  formTitle: 'Record of intake and handling', slipTitle: 'Record slip', surveyTitle: 'Survey of satisfaction', surveyAbout: 'Put an × into one box of each question. The paper asks for no name and no number of who answers.', surveyAnswered: 'What was answered', surveyComment: 'Comments',
  surveyLink: 'To answer online: {{link}}.', surveyBack: 'Please give this paper back to the office that gave it to you. Thank you!', surveyBackHotline: 'Please give this paper back to the office that gave it to you, or call {{hotline}} and read the code. Thank you!',
  noSurvey: 'There is no survey of this record', noSurveyMore: 'Surveyed is what is closed, not answered yet, and of a reporter whom the policy does not leave out.',
  scan: 'Scan the code in the command bar (Ctrl+K) to open the record.',
  part: { intake: 'I. Intake', handling: 'II. Verification and forwarding', outcome: 'III. Outcome', history: 'IV. History' },
  label: {
    number: 'Number', provisionalNo: 'Provisional number', service: 'Service', severity: 'Severity', state: 'State', category: 'Category', received: 'Received at', occurred: 'Happened at', due: 'Due', channel: 'Channel', author: 'Taken in by',
    reporter: 'Reporter', place: 'Place', coordinates: 'Coordinates', description: 'Description', victims: 'Victims', verified: 'Verified', forwarded: 'Forwarded at', lead: 'Lead unit', co: 'Supporting units', result: 'Result', outcome: 'Outcome', reply: 'Reply',
  },
  column: { at: 'At', done: 'Step', who: 'By', note: 'Words' },
  sign: { author: 'TAKEN IN BY', lead: 'SHIFT LEAD', head: 'HEAD OF THE IOC', how: '(Signature and full name)' },
};
