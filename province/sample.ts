import type { Issue } from '../contract/issue.ts';
import { nameContacts } from './sample/focal.ts';
import { playIssues } from './sample/issues.ts';
import type { SampleOrg } from './sample/cast.ts';
import { makePeople, SAMPLE_PASSWORD } from './sample/people.ts';
import { makePlaces } from './sample/places.ts';
import { createRandom } from './sample/random.ts';
import { makeStations, makeUnits } from './sample/units.ts';

export type { SampleOrg } from './sample/cast.ts';

/** A province with its people and records, all invented but for the names of places. */
export interface Sample extends SampleOrg {
  provinceName: string;
  /** Login → password. One password for all, known to everybody: for trying out, never beside real data. */
  passwords: Record<string, string>;
  /** Oldest first; can be walked more than once, with the same result each time. */
  issues: Iterable<Issue>;
}

/** Of the sample that a new province begins with: its organisation has the same ids everywhere. */
export const SAMPLE_SEED = 2022;

const SIZES = {
  full: { issues: 20_000, crowding: 1.15 },
  /** Few records, so most of them are of the last weeks: the queue shows every state. */
  small: { issues: 300, crowding: 4 },
} as const;

/**
 * The sample province: the former Bình Phước with its 11 district-level units. The same seed and `nowMs` give the same
 * rows to the last byte; the organisation's ids depend on the seed alone.
 *
 * @param nowMs the moment up to which the records' lives are played, ms
 * @param issues another number of records than the size has
 */
export function makeSample({ seed, size, nowMs, issues = SIZES[size].issues }: { seed: number; size: 'small' | 'full'; nowMs: number; issues?: number }): Sample {
  const { sites, areas } = makePlaces(createRandom(seed, 'places'));
  const planned = makeUnits(createRandom(seed, 'units'), sites, areas);
  const people = makePeople(createRandom(seed, 'people'), sites, planned);
  const units = nameContacts(createRandom(seed, 'contacts'), planned.map(p => p.unit), people);
  const org: SampleOrg = { sites, areas, units, people, stations: makeStations(seed, sites) };
  return {
    ...org, provinceName: 'Bình Phước (dữ liệu mẫu)',
    passwords: Object.fromEntries(people.map(p => [p.login, SAMPLE_PASSWORD])),
    issues: { [Symbol.iterator]: () => playIssues(seed, issues, org, nowMs, SIZES[size].crowding) },
  };
}

/**
 * Any number of records in the organisation of a sample, over the 12 months before `nowMs`, oldest first. Made one by
 * one as they are asked for, so a million need no room.
 */
export function makeIssues(seed: number, count: number, org: SampleOrg, nowMs: number): Iterable<Issue> {
  return { [Symbol.iterator]: () => playIssues(seed, count, org, nowMs, 1) };
}
