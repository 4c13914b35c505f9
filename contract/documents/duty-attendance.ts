import { z } from 'zod';
import { Id } from '../ids.ts';
import { MonthDay } from '../roster.ts';
import { wordOf } from '../words.ts';

/** `entries`: of a month; one person for every shift of sixty on one day is far below it. */
export const ATTEND_LIMITS = { entries: 2_000, reason: 500 } as const;
const HOUR_MS = 3_600_000;
/** Presence may be told so long before the shift begins, and who goes may have stayed so long after its end. */
export const EARLY_MS = HOUR_MS, STAYS_MS = 4 * HOUR_MS;
/** What whoever plans enters lies so near to its shift. */
export const NEAR_MS = 12 * HOUR_MS;

/** How it is known that somebody worked: they signed in at a workstation, two signed a handover, they took a running shift over, or whoever plans has entered it. */
export const ATTEND_SOURCES = ['signIn', 'handover', 'takeOver', 'planner'] as const;
export type AttendSource = (typeof ATTEND_SOURCES)[number];

/**
 * What somebody worked of a shift (chấm công): one for each person, day (from 0) and shift of the pattern. `fromMs` null: did not come. `toMs` null: to the end of the shift.
 * `insteadOfId`: whose shift it was.
 */
export const Attended = z.object({
  id: Id, personId: Id, day: MonthDay, cell: z.number().int().min(1).max(6), fromMs: z.number().nullable(), toMs: z.number().nullable(), insteadOfId: Id.nullable(),
  source: wordOf(ATTEND_SOURCES), byId: Id, atMs: z.number(), reason: z.string().max(ATTEND_LIMITS.reason),
});
export type Attended = z.infer<typeof Attended>;

const Where = { id: Id, attendId: Id, personId: Id, day: MonthDay, cell: Attended.shape.cell } as const;
const Reason = z.string().trim().max(ATTEND_LIMITS.reason).default('');
export const ATTEND_PAYLOADS = {
  /** `fromMs` null: did not come, which only whoever plans can say. Of a handover: when the other has gone (`toMs`), or when they themselves have come. */
  'roster.attend': z.object({ ...Where, source: z.enum(['signIn', 'handover', 'planner']), fromMs: z.number().nullable(), toMs: z.number().nullable(), insteadOfId: Id.nullable().default(null), reason: Reason }),
  /** `personId`: whose running shift it is until then. Without a reason it is refused (`roster/why-needed`). */
  'roster.takeOver': z.object({ ...Where, reason: Reason }),
} as const;

export type Spell = Pick<Attended, 'personId' | 'day' | 'cell'>;

/** Somebody's entry of a shift; undefined where nothing is known of it. */
export function entryOf(attended: readonly Attended[] | undefined, { personId, day, cell }: Spell): Attended | undefined {
  return attended?.find(one => one.personId === personId && one.day === day && one.cell === cell);
}

/** Whether somebody is there at a moment as far as an entry says. */
export function isThere({ fromMs, toMs }: Pick<Attended, 'fromMs' | 'toMs'>, atMs: number): boolean {
  return fromMs !== null && fromMs <= atMs && (toMs === null || atMs < toMs);
}
