import type { Same } from '../same.ts';
import type { bulk as vi } from '../vi/bulk.ts';

export const bulk: Same<typeof vi> = {
  toolbar: 'Act on the marked records', marked: '{{count}} records marked', none: 'Unmark', noRight: 'This account may not act on many records at once.',
  action: { classify: 'Classify', startVerification: 'Begin verification', forward: 'Forward', note: 'Note', link: 'Merge', remind: 'Remind' },
  title: { classify: 'Classify {{count}} records', startVerification: 'Begin verification of {{count}} records', forward: 'Forward {{count}} records', note: 'Note on {{count}} records', link: 'Merge {{count}} records', remind: 'Remind the units of {{count}} records' },
  verb: { classify: 'Classify {{count}} records', startVerification: 'Begin verification of {{count}} records', forward: 'Forward {{count}} records', note: 'Note on {{count}} records', link: 'Merge {{count}} records', remind: 'Remind the units of {{count}} records' },
  doing: { classify: 'Classifying', startVerification: 'Beginning verification', forward: 'Forwarding', note: 'Noting', link: 'Merging', remind: 'Reminding' },
  did: { classify: '{{count}} records classified', startVerification: 'Verification of {{count}} records begun', forward: '{{count}} records forwarded', note: 'Noted on {{count}} records', link: '{{count}} records merged', remind: '{{count}} records reminded' },
  missing: { classify: 'Choose a new level or kind.', startVerification: '', forward: 'Choose the lead unit.', note: 'Write the note.', link: 'Choose the case to merge into.', remind: '' },
  keep: 'Keep as it is', categoryHint: 'Records of a service without this kind are left as they are.', startVerificationMore: 'Newly received records go on to being verified; the time counts from now.',
  will: 'Can be done to {{count}} records', unchanged: '{{count}} records are so already', cannot: 'Cannot be done to {{count}} records, which stay marked:', such: 'such as {{nos}}', nobody: 'It can be done to no record; see the reasons above.',
  canUndo: 'Can be undone for 10 minutes, except where someone has changed it since.', cannotUndo: 'This step goes into the history of each record and cannot be undone.',
  undoing: 'Undoing', undone: '{{count}} records undone', partly: '{{count}} records undone only in part, as someone has changed them since', keptSince: '{{count}} records left as they are',
  refused: '{{count}} records refused, still marked', left: '{{count}} records not done, still marked', noUndo: 'this step cannot be undone', stop: 'Stop', progress: 'Progress', why: 'See why',
  refusedTitle: 'Records left as they are, and why', moreRefused: 'and {{count}} more', unseen: 'a record that can no longer be seen',
};
