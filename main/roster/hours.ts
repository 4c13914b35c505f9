import { COMP_DAY_MINUTES, reckon, type Reckoned } from '../../contract/duty-hours.ts';
import type { CompLedger } from '../../contract/documents/duty-attend-calls.ts';
import { dutyPlan, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { COMP, monthBeside } from '../../contract/roster.ts';
import { DUTY_DESKS, RULE_PROFILES, type RuleProfile } from '../../contract/roster-desks.ts';
import { instantOf } from '../../contract/time.ts';
import { readNames } from '../../db/stores/org.ts';
import type { Database } from '../../db/database.ts';
import { holidaysOf } from './first-plan.ts';
import { packOfMonth } from './ground.ts';
import { readPublished } from './read-published.ts';
import { ruleBook, valuesOf } from './rules.ts';

/** A published month as it was worked, and as it is stored. */
export interface ReckonedMonth { roster: DutyRoster; reckoned: Reckoned }

function normOf(pack: PolicyPack): Record<RuleProfile, number> {
  const rules = ruleBook(pack);
  return Object.fromEntries(RULE_PROFILES.map(profile => [profile, valuesOf(rules[profile]).weekMinutes])) as Record<RuleProfile, number>;
}

/**
 * Published months of all desks of a site, one after another, as they were worked until a moment, ms; of a month by desk. The months before the first and after the last are read with them: a week, and
 * a night, go over their border. What is not published is left out. Each month of a desk is read once.
 */
export function reckonSite(reader: Database, siteId: Id, months: readonly string[], nowMs: number): ReckonedMonth[] {
  const around = [monthBeside(months[0]!, -1), ...months, monthBeside(months.at(-1)!, 1)];
  const rosters = around.flatMap(month => DUTY_DESKS.flatMap(desk => readPublished(reader, siteId, desk, month)?.document ?? []));
  /** The first instants of a month's public holidays: as the desk's plan of it has them, else as policy has. */
  const holidaysIn = (month: string, of: DutyRoster): number[] => {
    const plan = rosters.find(one => one.plan.service === of.plan.service && one.plan.month === month)?.plan;
    const [year, number] = month.split('-').map(Number) as [number, number];
    return (plan?.holidays ?? holidaysOf(packOfMonth(reader, month).calendar.days, month)).map(day => instantOf(year, number, day + 1));
  };
  const names = readNames(reader, rosters.flatMap(({ attended = [] }) => attended.map(one => one.personId)));
  const reckoned = reckon(rosters.map(roster => {
    const { month } = roster.plan;
    return { roster, names, norm: normOf(packOfMonth(reader, month)), holidays: [monthBeside(month, -1), month, monthBeside(month, 1)].flatMap(one => holidaysIn(one, roster)) };
  }), nowMs);
  return rosters.flatMap((roster, at) => (months.includes(roster.plan.month) ? [{ roster, reckoned: reckoned[at]! }] : []));
}

/** The months of a year up to one, with it. @param month yyyy-MM */
export function yearUntil(month: string): string[] {
  return Array.from({ length: Number(month.slice(5)) }, (_, at) => `${month.slice(0, 5)}${String(at + 1).padStart(2, '0')}`);
}

/**
 * Time off in lieu (nghỉ bù) of everybody at a site: overtime and holiday work of the published months of the year, of all desks, less the days taken (NB), each day once; carried from month to month
 * up to this one. The year begins with nothing. Pure.
 *
 * @param months those of the year until this one (`yearUntil`), of all desks
 */
export function compLedger(months: readonly ReckonedMonth[], month: string): Map<Id, CompLedger> {
  const ledger = new Map<Id, CompLedger>();
  const days = new Set<string>();
  const of = (id: Id): CompLedger => { const known = ledger.get(id) ?? { opening: 0, earned: 0, taken: 0, balance: 0 }; ledger.set(id, known); return known; };
  for (const { roster, reckoned } of months) {
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
