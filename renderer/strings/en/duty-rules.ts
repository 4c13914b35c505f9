import type { Same } from '../same.ts';
import type { dutyRules as vi } from '../vi/duty-rules.ts';

export const dutyRules: Same<typeof vi> = {
  title: 'Duty rosters: establishment, hours and rest', establishment: 'Establishment', profiles: 'Rules of hours and rest',
  desk: { '113': 'Line 113', '114': 'Line 114', '115': 'Line 115', ioc: 'Provincial IOC', office: 'District IOC office', camera: 'Camera watch' }, place: 'Line, desk',
  profile: { LAB48: 'Labour Code (48 hours)', CC40: 'Public servants (40 hours)', CAND: 'Public security', YTE24: 'Health care around the clock' },
  people: 'People', offSite: 'Of them without a seat', seats: 'Seats a shift', hours: 'Hours', hoursOf: { around: 'around the clock', working: 'working time' },
  peopleWords: '{{n}} people', offSiteWords: '{{n}} without a seat', seatsWords: '{{n}} seats a shift',
  limit: {
    restMinutes: 'Rest between two shifts: at least', weekMinutes: 'Hours a week, on average over the month: at most', daysOff: 'Days off in 30: at least', maxRun: 'Days of duty in a row: at most',
    maxNights: 'Nights in a row: at most', minRun: 'Days of duty in a row: at least', minRest: 'Days of rest in a row: at least',
  },
  unit: { restMinutes: 'h', weekMinutes: 'h', daysOff: 'days', maxRun: 'days', maxNights: 'nights', minRun: 'days', minRest: 'days' },
  amount: { restMinutes: '{{n}} h', weekMinutes: '{{n}} h', daysOff: '{{n}} days', maxRun: '{{n}} days', maxNights: '{{n}} nights', minRun: '{{n}} days', minRest: '{{n}} days' },
  binds: 'Is', bindsOf: { law: 'law', house: 'rule of the house' }, withBinding: '{{amount}} ({{binds}})',
  drop: 'Take away', dropOf: 'Take the limit away: {{what}}', again: 'Set a limit', againOf: 'Set a limit: {{what}}',
  lead: 'Establishment is for the seats and hours of new rosters, from the month that begins after the pack is in force. Rules are checked while a roster is made; one that breaks them can be published with a reason.', unfitHours: 'Write hours, like 12 or 11,5.',
  broken: {
    restMinutes: 'Less than {{n}} h of rest between shifts', weekMinutes: 'Too many hours a week on average', daysOff: 'Too few days off in the month', maxRun: 'More than {{n}} days of duty in a row', maxNights: 'More than {{n}} nights in a row',
    minRun: 'Fewer than {{n}} days of duty in a row', minRest: 'Fewer than {{n}} days of rest in a row',
  },
  isRest: '{{is}} h of rest', from: 'Establishment, shifts: {{establishment}}. Hours and rest ({{profile}}): {{limits}}.', unsaid: 'proposed default',
};
