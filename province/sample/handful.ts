import type { IssueState, Severity } from '../../contract/issue.ts';
import type { Service } from '../../contract/org.ts';
import { createRandom, weighted, type Random } from './random.ts';

/** A call that is still open when the sample is made: which line, how grave, where it stands now and since when. */
export interface OpenCall { service: Service; severity: Severity; stopIn: IssueState; receivedAtMs: number }

const MINUTE_MS = 60_000;
type OpenState = 'received' | 'verifying' | 'verified' | 'forwarded' | 'accepted' | 'in_progress' | 'resolved';

/** How long ago a call that stands in a state now came in, minutes: [newest, oldest]. */
const AGE_MIN: Readonly<Record<OpenState, readonly [number, number]>> = {
  received: [1, 12], verifying: [3, 25], verified: [6, 30], forwarded: [8, 45], accepted: [15, 120], in_progress: [35, 540], resolved: [90, 1_200],
};

/** What a desk has before it in the middle of a shift; each line begins with the states that want a hand now. */
const DESKS: readonly (readonly [Service, readonly OpenState[]])[] = [
  ['113', ['received', 'verifying', 'verified', 'forwarded', 'accepted', 'in_progress', 'in_progress', 'in_progress', 'resolved']],
  ['114', ['received', 'verifying', 'forwarded', 'accepted', 'in_progress', 'in_progress', 'resolved']],
  ['115', ['received', 'verifying', 'verified', 'forwarded', 'forwarded', 'accepted', 'in_progress', 'in_progress', 'in_progress', 'resolved']],
  ['112', ['verifying', 'in_progress', 'resolved']],
];
/** More of the same, so that two seeds do not show the same desk. */
const MORE: readonly OpenState[] = ['forwarded', 'accepted', 'in_progress', 'in_progress', 'resolved'];
const MOST_MORE = 1;

/** Nobody leaves the gravest calls waiting: at the beginning of their way there are none. */
const GRAVITY_EARLY: readonly (readonly [Severity, number])[] = [['P2', 40], ['P3', 45], ['P4', 15]];
const GRAVITY_LATE: readonly (readonly [Severity, number])[] = [['P1', 25], ['P2', 40], ['P3', 25], ['P4', 10]];
const EARLY: readonly OpenState[] = ['received', 'verifying', 'verified', 'forwarded'];

/** The calls that the emergency lines have open at `nowMs`: 5 to 15 on each of 113, 114 and 115. The same seed gives the same. */
export function openCalls(seed: number, nowMs: number): OpenCall[] {
  const random = createRandom(seed, 'open calls');
  return DESKS.flatMap(([service, states]) => {
    const more = service === '112' ? [] : Array.from({ length: random.int(MOST_MORE + 1) }, () => random.pick(MORE));
    return [...states, ...more].map(stopIn => ({ service, stopIn, severity: weighted(random, EARLY.includes(stopIn) ? GRAVITY_EARLY : GRAVITY_LATE), receivedAtMs: nowMs - ageMs(random, stopIn) }));
  });
}

function ageMs(random: Random, state: OpenState): number {
  const [newest, oldest] = AGE_MIN[state];
  // Squared: most are young, a few have been open for long.
  return Math.round((newest + random.unit() ** 2 * (oldest - newest)) * MINUTE_MS);
}
