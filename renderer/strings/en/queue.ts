import type { Same } from '../same.ts';
import type { queue as vi } from '../vi/queue.ts';

export const queue: Same<typeof vi> = {
  title: 'Queue',
  tabs: 'Lists',
  tab: { open: 'Open', mine: 'Mine', s113: '113', s114: '114', s115: '115', s1022: '1022', field: 'FR', toVerify: 'To verify', overdue: 'Overdue', toSurvey: 'To survey' },
  receive: 'Receive', receiveFor: 'Receive for', drafts: 'Unfinished drafts', draftAt: 'saved at {{at}}', draftEmpty: 'nothing written yet',
  filterService: 'Service', filterState: 'State', filterArea: 'Area', allAreas: 'Whole area', openOnly: 'Open', allStates: 'Any state',
  filterText: 'Filter by words, number, phone', filterShort: 'Filter…', clear: 'Clear filter',
  fresh: '{{count}} new records', renew: 'Open the list anew', total: '{{count}} records',
  column: { severity: 'Level', number: 'Record', content: 'What · where', state: 'State', due: 'Due', sync: 'Sent', received: 'Received', category: 'Kind', area: 'Area', unit: 'Lead unit', author: 'Received by' },
  several: '{{count}} chosen', moreFilters: 'More filters', filterSeverity: 'Level', filterUnit: 'Lead unit', filterFrom: 'Received from', filterTo: 'Up to and including',
  dayForm: 'dd/mm/yyyy', notADay: 'There is no such day; write it like 24/11/2026.', onlyOverdue: 'Overdue', onlyMine: 'Mine', narrowedBy: 'Filtered:', takeOff: 'Take off filter: {{what}}',
  chip: { category: 'Kind: {{value}}', area: 'Area: {{value}}', unit: 'Lead: {{value}}', from: 'From {{value}}', to: 'Up to {{value}}', text: 'With “{{value}}”' },
  alsoClosed: 'Look among closed records too',
  sort: 'Sort', sortBy: {
    urgency: { up: 'Most urgent first', down: 'Least urgent first' }, receivedAt: { up: 'Longest waiting first', down: 'Newest first' },
    dueAt: { up: 'Nearest deadline first', down: 'Farthest deadline first' }, state: { up: 'By state', down: 'By state, reversed' }, service: { up: 'By service', down: 'By service, reversed' },
  },
  columns: 'Columns', columnsReset: 'Back to the usual columns', columnLeft: 'Move column {{name}} forward', columnRight: 'Move column {{name}} back', columnWider: 'Make column {{name}} wider', columnNarrower: 'Make column {{name}} narrower',
  columnKeys: '↑↓ choose a column, Space shows or hides, Alt+↑↓ moves it, Alt+←→ changes its width.',
  views: 'Views', view: 'View', noViews: 'No views yet. Filter and choose columns as you like, then keep them below; next time Alt+1…9 opens them.',
  viewSaveAs: 'Keep what is shown', viewSave: 'Save view', viewName: 'Name of the view', viewOver: 'Write what is shown over “{{name}}”', viewRename: 'Rename “{{name}}”',
  viewShare: 'Share “{{name}}” with the whole site', viewShared: 'Shared with the whole site', viewRemove: 'Delete “{{name}}”', viewRemoved: 'View “{{name}}” deleted.', viewFirst: 'Open the queue with “{{name}}”', viewNotFirst: 'Stop opening the queue with “{{name}}”',
  viewNewer: 'This view has filters of a newer version; they do not work here yet, so the list may be wider.',
  undo: 'Undo', mark: 'Mark',
  gone: 'no longer matches the filter',
  due: {
    none: 'no limit', over: '{{span}} over', left: '{{span}} left',
    seconds: '{{minutes}}:{{seconds}}', minutes: '{{minutes}} min', hours: '{{hours}} h', hoursMinutes: '{{hours}} h {{minutes}}', days: '{{days}} d',
  },
  emptyListTitle: 'This list is empty', emptyListMore: 'No record belongs to it now; new ones appear here.',
  emptyTitle: 'No record matches', emptyMore: 'Take off some of the filters below, look among closed records too, or receive a new record.',
  emptyCopyTitle: 'The data is on its way', emptyCopyMore: 'Records show up here as they arrive; receiving works meanwhile.',
  choosePanel: 'Choose a record', choosePanelMore: '↑↓ to choose, Enter for the full page.',
  key: { select: 'Choose', open: 'Open', filter: 'Filter', tab: 'Switch list', back: 'Back to the queue', more: 'More…', extend: 'Mark more', markAll: 'Mark all', bulk: 'Bulk actions', space: 'Space' },
  selectedSay: '{{no}}, {{text}}, {{state}}',
};
