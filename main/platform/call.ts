import type { Session } from '../../contract/console.ts';

/** What a handler knows about the one who asks. `session` is null only for procedures that allow anyone. */
export interface Call { session: Session | null; signal: AbortSignal }

/** A call after the wire has checked that someone is signed in and may do it. */
export interface SignedInCall extends Call { session: Session }
