/** The grid of a month of duty: what cannot be pasted, days that are not like others, its keys. */
export const rosterGrid = {
  beyondRows: 'Not pasted: {{n}} rows lie below the last person of the roster. No cell has changed.', beyondDays: 'Not pasted: {{n}} days lie beyond the end of the month. No cell has changed.',
  beyondBoth: 'Not pasted: {{rows}} rows lie below the last person, {{days}} days beyond the end of the month. No cell has changed.',
  holiday: 'Hol', holidayLong: 'public holiday', closed: 'closed', closedHoliday: 'public holiday, closed', paperHoliday: 'Hol: public holiday',
  putShift: 'Put shift {{code}}', putLeave: 'Put leave', putComp: 'Put time off in lieu',
  firstDay: 'First day of the month', lastDay: 'Last day of the month', firstCell: 'First cell of the grid', lastCell: 'Last cell of the grid', all: 'Choose the whole grid', copy: 'Copy the chosen cells', paste: 'Paste from the chosen cell on',
  found: 'People found',
};
