import { z } from 'zod';
import { Turn } from './turn.ts';

/** So many copies of a month are kept, and so long their names are. */
export const COPY_LIMITS = { copies: 4, name: 40 } as const;
export const CopyName = z.string().trim().min(1).max(COPY_LIMITS.name);
/** What is added to a name that is taken needs room. */
const AsideName = z.string().trim().min(1).max(COPY_LIMITS.name - 5);

/**
 * What a window stands on that saves a month. `base`: the revision it has read, null: nothing was kept then, absent: whatever is there is written over. Where somebody else's window has saved since,
 * it is refused (`roster/moved-on`); what it was to save is kept beside that as a copy then, called `aside`, or much like it (the error's fact `aside`), beyond the most that there may be.
 */
export const SaveOn = z.strictObject({ turn: Turn.optional(), base: z.string().max(80).nullable().optional(), aside: AsideName.optional() });
export type SaveOn = z.infer<typeof SaveOn>;
