import type { RosterCheck, RosterLedger, RosterPlan } from '../../../../contract/roster.ts';

/** What is shared out. */
export const KINDS = ['minutes', 'nights', 'weekends', 'holidays'] as const;
export type Kind = (typeof KINDS)[number];
/** This month, what is carried into it, and both, for each kind of figure. */
export interface Line { name: string; now: Record<Kind, number>; carried: Record<Kind, number>; total: Record<Kind, number>; even: Record<Kind, number>; months: number }

const zero = (): Record<Kind, number> => ({ minutes: 0, nights: 0, weekends: 0, holidays: 0 });

/** An even share of what all with a seat have worked goes by how many months each was in: nobody who is new has to make up for months before. */
export function shareLines({ members }: Pick<RosterPlan, 'members'>, shares: RosterCheck['shares'], ledger: readonly RosterLedger[] = []): Line[] {
  const lines = members.flatMap((member, row): Line[] => {
    const share = shares[row], carried = ledger[row] ?? { ...zero(), months: 0, holidaysNow: 0 };
    if (share === undefined || member.offSite === true) return [];
    const now = { minutes: share.minutes, nights: share.nights, weekends: share.weekends, holidays: carried.holidaysNow };
    const total = zero();
    for (const kind of KINDS) total[kind] = now[kind] + carried[kind];
    return [{ name: member.name, now, carried, total, even: zero(), months: carried.months }];
  });
  const all = lines.reduce((sum, { months }) => sum + months + 1, 0);
  for (const kind of KINDS) {
    const each = lines.reduce((sum, { total }) => sum + total[kind], 0) / Math.max(1, all);
    for (const line of lines) line.even[kind] = each * (line.months + 1);
  }
  return lines;
}
