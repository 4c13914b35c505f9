import { z } from 'zod';
import { Id } from '../ids.ts';
import { CLASSES, CLOCK_NAMES, SEVERITIES, type ClockName, type IssueClass, type Severity } from '../issue.ts';
import { SERVICES } from '../org.ts';
import { DutyPolicy } from './rosters.ts';

/** Where a value comes from: a clause like `Q15.5` or another document; null is shown as "mặc định đề xuất – không có trong Quy chế". */
const Source = z.string().max(120).nullable();
const Minutes = z.number().int().min(0).max(527_040);
const Days = z.number().int().min(1).max(36_500).nullable();
const Severities = z.array(z.enum(SEVERITIES)).max(SEVERITIES.length);

/** Time allowed for one clock; `minutes` null: no limit, times are only recorded. In `working` they are minutes of the working calendar. */
export const ClockRule = z.object({
  clock: z.enum(CLOCK_NAMES), class: z.enum(CLASSES), severity: z.enum(SEVERITIES), minutes: Minutes.nullable(),
  calendar: z.enum(['around', 'working']),
  from: z.enum(['received']).optional().describe('of `forward`: runs from receipt, not from verification: life first'),
  source: Source,
});
export type ClockRule = z.infer<typeof ClockRule>;

/**
 * A kind of event; `family` groups kinds that may be the same event told differently; `evidence`: a file is asked for at the result; `severity` is proposed
 * for a new record; `retired`: offered for new records no more, still the name of those that have it. Its class follows from the services.
 */
export const Category = z.object({
  code: z.string().max(40), services: z.array(z.enum(SERVICES)), vi: z.string().max(80), en: z.string().max(80),
  family: z.string().max(40).optional(), evidence: z.boolean().optional(),
  severity: z.enum(SEVERITIES).optional(), retired: z.boolean().optional(), source: Source.optional(),
});
export type Category = z.infer<typeof Category>;

const CivilDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const Span = z.object({ fromMin: z.number().int().min(0).max(1_439), toMin: z.number().int().min(1).max(1_440) }).refine(({ fromMin, toMin }) => fromMin < toMin);
const risesApart = (spans: readonly { fromMin: number; toMin: number }[]): boolean => spans.every((span, at) => at === 0 || span.fromMin >= spans[at - 1]!.toMin);
export const Calendar = z.object({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7), spans: z.array(Span).min(1).max(6).refine(risesApart),
  days: z.array(z.object({ date: CivilDate, name: z.string().max(80), working: z.boolean(), source: Source.optional() })).max(1_000), source: Source,
});

/** Where reports of the same event are looked for (Q4.5: không trùng lặp). */
const Near = z.object({ metres: z.number().int().min(1).max(50_000), minutes: Minutes });

/** Whom a step goes to beyond unit and centre: units by their kind or by name, and people that the pack itself names (heads of departments, vice-chairs). */
export const GoesTo = z.object({
  unitKinds: z.array(z.string().max(40)).max(20).describe('of the record’s own site; where that has none, of the province'), units: z.array(Id).max(20),
  people: z.array(z.object({ title: z.string().max(120), name: z.string().max(120), phone: z.string().max(20) })).max(20), source: Source,
});
export type GoesTo = z.infer<typeof GoesTo>;

/** How far a breach has come before the next step of the ladder; `tells` are roles of the domain. */
export const LadderStep = z.object({
  level: z.number().int().min(1).max(3), atShare: z.number().min(0.1).max(10),
  orOverdue: z.number().int().min(2).max(20).optional().describe('reached as well as soon as the unit overruns its clocks for this many a time since it was given the record'),
  tells: z.array(z.string().max(40)).max(8), source: Source, goesTo: GoesTo.optional(),
});
export type LadderStep = z.infer<typeof LadderStep>;

/** An address of the web or nothing; `{ma}` in it stands for the code. */
const Page = z.string().max(120).regex(/^(https:\/\/\S+)?$/);
const AskingWords = z.array(z.string().trim().min(2).max(40)).max(100);
/** Whom a survey asks (Q13.10, Q16.5), until when, and where the answer goes. */
export const Asking = z.object({
  windowDays: z.number().int().min(0).max(365).describe('for so many days after its due time a survey is still waited for'),
  notCategories: z.array(z.string().max(40)).max(400).describe('kinds of cases whose reporters are not asked'),
  notWords: AskingWords.describe('words of a record, wherever they stand in it, whose reporter is not asked'),
  notPersons: AskingWords.describe('the same of what it says of reporter and victims'),
  page: Page.describe('where the answer is given by link; empty: there is no such page'),
  hotline: z.string().max(20).describe('the number that a message names; empty: none'),
  source: Source,
});
export type Asking = z.infer<typeof Asking>;

/**
 * The regulation's values as dated data, edited by administrators. A record keeps the pack that was in force when it was received; every
 * value says where it comes from. Nothing of this is a constant in the program (reading, §2.2).
 */
export const PolicyPack = z.object({
  id: Id, code: z.string().max(60), title: z.string().max(300), document: z.string().max(120).describe('number and date of the document that brings these values'),
  effectiveFromMs: z.number().int().min(0), note: z.string().max(2_000).default(''),
  clocks: z.array(ClockRule).max(CLOCK_NAMES.length * CLASSES.length * SEVERITIES.length),
  warnShare: z.object({ value: z.number().min(0.1).max(0.99), source: Source }),
  calendar: Calendar,
  categories: z.array(Category).min(1).max(400),
  dispatchFirst: z.object({ severities: Severities, source: Source }).describe('incidents of these may be dispatched before they are verified'),
  returns: z.object({ limit: z.number().int().min(0).max(20), source: Source }).describe('after more returns the shift lead decides who takes it'),
  pauses: z.object({ infoTimes: z.number().int().min(0).max(20), infoMinutes: Minutes, holdTimes: z.number().int().min(0).max(20), holdMinutes: Minutes, source: Source })
    .describe('how often and how long a clock may stand; longer and it goes on by itself'),
  reopening: z.object({ by: z.enum(['none', 'staff', 'reporter']), days: z.number().int().min(0).max(3_650), source: Source }),
  dedupe: z.object({ incident: Near, issue: Near, phoneMinutes: Minutes, closedDays: z.number().int().min(0).max(3_650), splitDays: z.number().int().min(0).max(3_650), source: Source }),
  ladder: z.array(LadderStep).max(3),
  survey: z.object({ notSeverities: Severities, lowScore: z.number().int().min(1).max(5), source: Source, asking: Asking.optional() }),
  alarms: z.object({ repeatSeconds: z.number().int().min(2).max(600), escalateSeconds: z.number().int().min(5).max(3_600), perMinute: z.number().int().min(1).max(600), severities: Severities, source: Source }),
  personalData: z.object({
    retentionDays: Days, requestWorkingDays: z.number().int().min(1).max(60), source: Source,
    retention: z.object({ incidentDays: Days, issueDays: Days, falseDays: Days, requestDays: Days.optional(), source: Source }).nullish()
      .describe('days after its end for which a record keeps reporter and victims, and a request about personal data who asked and what was written; null: always. Instead of `retentionDays`, which is for all records'),
    duty: z.object({ hours: z.number().int().min(1).max(48), source: Source }).nullish().describe('hours for which a sign-in counts as a turn of duty'),
  }),
  rosters: DutyPolicy.optional().describe('establishment and working-time rules of duty rosters (Đ.8, Đ.12); absent: what is proposed'),
  sources: z.record(z.string().max(60), Source).refine(sources => Object.keys(sources).length <= 100).optional()
    .describe('of single values, by their path (`pauses.infoTimes`), where it is not that of their group'),
});
export type PolicyPack = z.infer<typeof PolicyPack>;

/** A pack as it travels: signed by the province's key over `signedText` of it; who issued it (nobody: the server's own command) and when. */
export const PolicyRow = PolicyPack.extend({
  issuedAtMs: z.number().int(), signature: z.string().max(200),
  keyId: z.string().max(64).nullish().describe('of the key: the first 16 hexadecimal digits of the SHA-256 of its SPKI'), issuedBy: z.object({ personId: Id, name: z.string().max(80) }).nullish(),
});
export type PolicyRow = z.infer<typeof PolicyRow>;

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]));
}

/** What the signature of a pack is over: its fields in the order of their names, as JSON, without the signature. */
export function signedText(row: Record<string, unknown>): string {
  const { signature: _, ...rest } = row;
  return JSON.stringify(ordered(rest));
}

/** The rule of a clock, if the pack has one for the class and level. */
export function clockRule(pack: PolicyPack, clock: ClockName, of: { class: IssueClass; severity: Severity }): ClockRule | undefined {
  return pack.clocks.find(rule => rule.clock === clock && rule.class === of.class && rule.severity === of.severity);
}

/** The packs that a judge knows. */
export interface PolicyBook {
  /** By the day from which they are in force, the oldest first. */
  all: readonly PolicyPack[];
  /** The one in force at an instant: the newest that had come into effect; the first of all for times before any. */
  at(atMs: number): PolicyPack;
  /** The one of that id; where it is not here (yet), the one in force at `atMs`. */
  of(id: Id | undefined, atMs: number): PolicyPack;
}

/** A book of these packs. @param packs at least one */
export function policyBook(packs: readonly PolicyPack[]): PolicyBook {
  const byDate = packs.toSorted((a, b) => a.effectiveFromMs - b.effectiveFromMs || (a.id < b.id ? -1 : 1));
  const first = byDate[0];
  if (first === undefined) throw new Error('a book without a pack');
  const at = (atMs: number): PolicyPack => byDate.findLast(pack => pack.effectiveFromMs <= atMs) ?? first;
  return { all: byDate, at, of: (id, atMs) => byDate.find(pack => pack.id === id) ?? at(atMs) };
}
