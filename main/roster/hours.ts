import { reckon, type HoursOf, type Reckoned } from '../../contract/duty-hours.ts';
import type { CompLedger } from '../../contract/documents/duty-attend-calls.ts';
import { dutyPlan, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import { dayOfDate } from '../../contract/policy/calendar.ts';
import { COMP, monthBeside } from '../../contract/roster.ts';
import { DUTY_DESKS, RULE_PROFILES, type DutyDesk, type RuleProfile } from '../../contract/roster-desks.ts';
import { instantOf } from '../../contract/time.ts';
import { COMP_DAY_MINUTES } from '../../contract/duty-hours.ts';
import { readNames } from '../../db/stores/org.ts';
import type { Database } from '../../db/database.ts';
import { packOfMonth } from './ground.ts';
import { readPublished } from './read-published.ts';
import { ruleBook, valuesOf } from './rules.ts';

/** A published month as it was worked, and as it is stored. */
export interface ReckonedMonth { roster: DutyRoster; reckoned: Reckoned }

/** The first instants of the public holidays around a month: of the month itself as its plan has them, of those beside it as policy has. */
function holidaysAround(reader: Database, { plan: { month, holidays } }: DutyRoster): number[] {
  const days = packOfMonth(reader, month).calendar.days.filter(({ working }) => !working).map(({ date }) => date);
  const [year, number] = month.split('-').map(Number) as [number, number];
  if (holidays === undefined) return days.map(dayOfDate);
  return [...days.filter(date => !date.startsWith(month)).map(dayOfDate), ...holidays.map(day => instantOf(year, number, day + 1))];
}

function normOf(reader: Database, month: string): Record<RuleProfile, number> {
  const rules = ruleBook(packOfMonth(reader, month));
  return Object.fromEntries(RULE_PROFILES.map(profile => [profile, valuesOf(rules[profile]).weekMinutes])) as Record<RuleProfile, number>;
}

const weeksOf = ({ people }: Reckoned): HoursOf['brought'] => new Map(people.flatMap(({ personId, weeks }) => (personId === null ? [] : [[personId, weeks]])));

/** Months of a desk one after another, each with what people bring into it; the one before the first is read for that alone. Unpublished ones are left out. */
function reckonedMonths(reader: Database, siteId: Id, service: DutyDesk, months: readonly string[], nowMs: number): ReckonedMonth[] {
  let brought: HoursOf['brought'];
  return [monthBeside(months[0]!, -1), ...months].flatMap((month, at) => {
    const roster = readPublished(reader, siteId, service, month)?.document;
    if (roster === undefined) { brought = undefined; return []; }
    const names = readNames(reader, (roster.attended ?? []).map(one => one.personId));
    const reckoned = reckon(roster, { nowMs, holidays: holidaysAround(reader, roster), norm: normOf(reader, month), names, ...brought !== undefined && { brought } });
    brought = weeksOf(reckoned);
    return at === 0 ? [] : [{ roster, reckoned }];
  });
}

/** A published month of a desk as it was worked until a moment, ms; null where it is not published. */
export function reckonMonth(reader: Database, siteId: Id, service: DutyDesk, month: string, nowMs: number): ReckonedMonth | null {
  return reckonedMonths(reader, siteId, service, [month], nowMs)[0] ?? null;
}

/**
 * Time off in lieu (nghỉ bù) of everybody at a site: overtime and holiday work of the published months of the year, of all desks, less the days taken (NB), each day once; carried from month to month
 * up to this one. The year begins with nothing.
 */
export function compLedger(reader: Database, siteId: Id, month: string, nowMs: number): Map<Id, CompLedger> {
  const months = Array.from({ length: Number(month.slice(5)) }, (_, at) => `${month.slice(0, 5)}${String(at + 1).padStart(2, '0')}`);
  const ledger = new Map<Id, CompLedger>();
  const days = new Set<string>();
  const of = (id: Id): CompLedger => { const known = ledger.get(id) ?? { opening: 0, earned: 0, taken: 0, balance: 0 }; ledger.set(id, known); return known; };
  for (const { roster, reckoned } of DUTY_DESKS.flatMap(service => reckonedMonths(reader, siteId, service, months, nowMs))) {
    const isBefore = roster.plan.month < month;
    const book = (id: Id, minutes: number, what: 'earned' | 'taken'): void => {
      const line = of(id), signed = what === 'earned' ? minutes : -minutes;
      line.balance += signed;
      if (isBefore) line.opening += signed;
      else line[what] += minutes;
    };
    for (const { personId, earned } of reckoned.people) if (personId !== null) book(personId, earned, 'earned');
    for (const { personId, cells } of dutyPlan(roster).members) {
      for (const [day, cell] of cells.entries()) {
        const key = `${personId} ${roster.plan.month} ${day}`;
        if (personId === null || cell !== COMP || days.has(key)) continue;
        days.add(key);
        book(personId, COMP_DAY_MINUTES, 'taken');
      }
    }
  }
  return ledger;
}
