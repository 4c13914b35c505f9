import type { Id } from './ids.ts';
import type { Scope } from './org.ts';

/** What of a session says whether its person is on duty; `scope`: for which lines. */
export interface DutySession { personId: Id; signedInAtMs: number; signedInCorrectedMs?: number | undefined; scope: Scope }

/**
 * Whether a person is on duty (đang trực) at this workstation. The one question that everything asks which depends on it: until shifts are
 * handed over in the program it is answered by `onDutyBySignIn`; a signed handover takes its place here and nowhere else.
 */
export type OnDuty = (session: DutySession) => boolean;

/** Hours for which a sign-in counts as a turn of duty, where the policy does not say: half a day, the longest usual turn (mặc định đề xuất). */
export const DUTY_HOURS = 12;

const HOUR_MS = 3_600_000;

/**
 * On duty is who has signed in here within the last hours; whoever is relieved signs out, or is replaced by who relieves them. A clock that was
 * set back does not lengthen a turn by more than its own length.
 *
 * @param nowMs the machine's own clock, which the sign-in was dated by
 * @param hours of one turn, > 0
 */
export function onDutyBySignIn(nowMs: () => number, hours: () => number): OnDuty {
  return ({ signedInAtMs }) => Math.abs(nowMs() - signedInAtMs) < hours() * HOUR_MS;
}

/**
 * On duty as long as the sign-in says so and nobody else has taken the shift over since. Whoever is relieved and signs in again is on duty
 * again: a new turn may begin, and that they have signed in for it is on record.
 *
 * @param isTakenOver whether every line of a scope was taken over from somebody after a moment; the moment by the time that dates signatures, which
 *   a wrong clock of the machine does not shift
 */
export function onDutyUntilRelieved(bySignIn: OnDuty, isTakenOver: (personId: Id, scope: Scope, sinceMs: number) => boolean): OnDuty {
  return session => bySignIn(session) && !isTakenOver(session.personId, session.scope, session.signedInCorrectedMs ?? session.signedInAtMs);
}
