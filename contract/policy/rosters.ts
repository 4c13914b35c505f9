import { z } from 'zod';
import { DutyDesk, RULE_PROFILES, RuleProfile } from '../roster-desks.ts';
import { wordOf } from '../words.ts';

const Source = z.string().max(120).nullable();

/**
 * Limits of a rule profile: rest between two shifts and hours a week on average over the month, minutes; days off in 30; days and nights in a row at most; days of duty and
 * of rest in a row at least.
 */
export const DUTY_LIMIT_NAMES = ['restMinutes', 'weekMinutes', 'daysOff', 'maxRun', 'maxNights', 'minRun', 'minRest'] as const;
export type DutyLimitName = (typeof DUTY_LIMIT_NAMES)[number];
/** What a limit is: law, or a rule of the house. None of both keeps anybody from publishing: whoever does says why. */
export const BINDINGS = ['law', 'house'] as const;
export type Binding = (typeof BINDINGS)[number];
export const DutyLimit = z.object({ limit: wordOf(DUTY_LIMIT_NAMES), value: z.number().int().min(0).max(10_080), binds: wordOf(BINDINGS), source: Source });
export type DutyLimit = z.infer<typeof DutyLimit>;
/** Working-time rules (reading, §2.5); a limit that is not in it does not bind. */
export const DutyProfile = z.object({ profile: RuleProfile, limits: z.array(DutyLimit).max(DUTY_LIMIT_NAMES.length) });
export type DutyProfile = z.infer<typeof DutyProfile>;

/** Định biên: how many people a desk has, how many of them without a seat, how many sit on each shift, and whether around the clock or in office hours. */
export const Establishment = z.object({
  desk: DutyDesk, people: z.number().int().min(0).max(60), offSite: z.number().int().min(0).max(60), seats: z.number().int().min(1).max(9), hours: wordOf(['around', 'working']), source: Source,
});
export type Establishment = z.infer<typeof Establishment>;

/** What policy says of duty rosters. */
export const DutyPolicy = z.object({ establishment: z.array(Establishment).max(20), profiles: z.array(DutyProfile).max(RULE_PROFILES.length) });
export type DutyPolicy = z.infer<typeof DutyPolicy>;

const HOUR = 60;
const law = (limit: DutyLimitName, value: number, source: string): DutyLimit => ({ limit, value, binds: 'law', source });
const house = (limit: DutyLimitName, value: number): DutyLimit => ({ limit, value, binds: 'house', source: null });
const LAB48: readonly DutyLimit[] = [
  law('restMinutes', 12 * HOUR, 'Điều 110 Bộ luật Lao động 2019'), law('weekMinutes', 48 * HOUR, 'Điều 105 Bộ luật Lao động 2019'), law('daysOff', 4, 'Điều 111 Bộ luật Lao động 2019'),
  house('maxRun', 6), house('maxNights', 4), house('minRun', 1), house('minRest', 1),
];
const CC40 = LAB48.map(one => (one.limit === 'weekMinutes' ? law('weekMinutes', 40 * HOUR, 'Quyết định 188/1999/QĐ-TTg') : one));
/** What binds the police and doctors on duty around the clock is not public: the Labour Code's figures stand for it, as rules of the house. */
const proposed = LAB48.map((one): DutyLimit => ({ ...one, binds: 'house', source: null }));

/** The establishment of the decision (Đ.8, Đ.12) and the rule profiles as proposed; the decision says nothing of the shifts of 113 and 114, nor of the seats of 115 (reading, §1.3). */
export const DEFAULT_DUTY: DutyPolicy = {
  establishment: [
    { desk: '113', people: 6, offSite: 0, seats: 2, hours: 'around', source: 'Q8.2' }, { desk: '114', people: 6, offSite: 0, seats: 2, hours: 'around', source: 'Q8.2' },
    { desk: '115', people: 3, offSite: 0, seats: 1, hours: 'around', source: 'Q8.2' }, { desk: 'ioc', people: 4, offSite: 1, seats: 1, hours: 'working', source: 'Q8.1, Q8.3' },
    { desk: 'office', people: 3, offSite: 0, seats: 1, hours: 'working', source: 'Q12.1' }, { desk: 'camera', people: 3, offSite: 0, seats: 1, hours: 'around', source: 'Q12.2' },
  ],
  profiles: [{ profile: 'LAB48', limits: [...LAB48] }, { profile: 'CC40', limits: CC40 }, { profile: 'CAND', limits: proposed }, { profile: 'YTE24', limits: proposed }],
};

interface WithDuty { rosters?: DutyPolicy | undefined }

/** What a pack says of rosters; of an older pack, which says nothing, what is proposed. */
export function dutyOf(pack: WithDuty): DutyPolicy {
  return pack.rosters ?? DEFAULT_DUTY;
}

/** What a pack says of rosters, with what is proposed for the desks and profiles that it does not speak of written out. */
export function wholeDuty(pack: WithDuty): DutyPolicy {
  const { establishment, profiles } = dutyOf(pack);
  return {
    establishment: [...establishment, ...DEFAULT_DUTY.establishment.filter(({ desk }) => !establishment.some(one => one.desk === desk))],
    profiles: [...profiles, ...DEFAULT_DUTY.profiles.filter(({ profile }) => !profiles.some(one => one.profile === profile))],
  };
}

/** The establishment of a desk. */
export function establishmentOf(pack: WithDuty, desk: DutyDesk): Establishment {
  return wholeDuty(pack).establishment.find(one => one.desk === desk)!;
}

/** The limits of a profile; of one that the pack does not have, those that are proposed. */
export function limitsOf(pack: WithDuty, profile: RuleProfile): readonly DutyLimit[] {
  return wholeDuty(pack).profiles.find(one => one.profile === profile)!.limits;
}
