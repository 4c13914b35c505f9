import type { Same } from '../same.ts';
import type { queue as vi } from '../vi/queue.ts';

export const queue: Same<typeof vi> = {
  title: 'Queue',
  tabs: 'Lists',
  tab: { open: 'Open', mine: 'Mine', s113: '113', s114: '114', s115: '115', s1022: '1022', field: 'FR', toVerify: 'To verify', overdue: 'Overdue' },
  receive: 'Receive', receiveFor: 'Receive for', drafts: 'Unfinished drafts', draftAt: 'saved at {{at}}', draftEmpty: 'nothing written yet',
  filterService: 'Service', filterState: 'State', filterArea: 'Area', allAreas: 'Whole area', openOnly: 'Open', allStates: 'Any state',
  filterText: 'Filter by words, number, phone', filterShort: 'Filter…', clear: 'Clear filter',
  fresh: '{{count}} new records', renew: 'Open the list anew', total: '{{count}} records',
  column: { severity: 'Level', number: 'Record', content: 'What · where', state: 'State', due: 'Due', sync: 'Sent' },
  gone: 'no longer matches the filter',
  due: {
    none: 'no limit', over: '{{span}} over', left: '{{span}} left',
    seconds: '{{minutes}}:{{seconds}}', minutes: '{{minutes}} min', hours: '{{hours}} h', hoursMinutes: '{{hours}} h {{minutes}}', days: '{{days}} d',
  },
  emptyListTitle: 'This list is empty', emptyListMore: 'No record belongs to it now; new ones appear here.',
  emptyTitle: 'No record matches', emptyMore: 'Loosen the filter, or receive a new record.',
  emptyCopyTitle: 'The data is on its way', emptyCopyMore: 'Records show up here as they arrive; receiving works meanwhile.',
  choosePanel: 'Choose a record', choosePanelMore: '↑↓ to choose, Enter for the full page.',
  key: { select: 'Choose', open: 'Open', filter: 'Filter', tab: 'Switch list', back: 'Back to the queue', more: 'More…' },
  selectedSay: '{{no}}, {{text}}, {{state}}',
};
