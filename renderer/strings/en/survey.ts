import type { Same } from '../same.ts';
import type { survey as vi } from '../vi/survey.ts';

export const survey: Same<typeof vi> = {
  send: 'Survey messages', title: 'Export survey messages', sheet: 'Survey messages',
  what: 'A line for each reporter whose survey is waited for: number, survey code and the message ready to send, by SMS or Zalo from the office’s own gateway.',
  whom: 'Send to', whomMarked: '{{rows}} marked records', whomAll: 'the whole list ({{rows}})',
  plain: 'Message without Vietnamese marks (SMS gateways)', example: 'Example of the message, {{n}} characters',
  noPage: 'The policy pack names no survey page: the message has the code only, and the number to call if there is one.',
  personal: 'The file holds reporters’ phone numbers. Your name, the time and the number of records are written to the access journal before it is made; delete the file once it is sent.',
  run: 'Export messages of {{rows}} records',
  left: '{{count}} records have no line: no survey is waited for, there is no number, or the reporter is one of the same case.',
  column: { displayNo: 'Number', phone: 'Phone', code: 'Survey code', link: 'Link', message: 'Message' },
  message: {
    page: '{site}: Please rate how report {no} was handled at {link} (code {code}). Thank you!',
    hotline: '{site}: Please rate how report {no} was handled: call {hotline} and give code {code}. Thank you!',
    code: '{site}: Report {no} has been handled. When you are asked about it, please give code {code}. Thank you!',
  },
  enter: 'Enter a survey by its code', enterShort: 'Enter by code',
  enterMore: 'Type or scan the code on the paper or in the answer that came back; the form of that record opens with the way it was asked chosen.',
  channelKeys: 'Alt+1, Alt+2', code: 'Survey code', codeHint: '10 letters and digits, with or without the dash; a whole link may be pasted.', find: 'Open the form', openRecord: 'Open the record',
  lowNoReopening: 'The reporter is not satisfied, but this record cannot be reopened.', follow: 'Take in a new related record', followUp: 'Following record {{no}}: {{comment}}',
};
