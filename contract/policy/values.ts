import { CLASSES, CLOCK_NAMES, SEVERITIES, type ClockName, type IssueClass, type Severity } from '../issue.ts';
import type { DutyDesk, RuleProfile } from '../roster-desks.ts';
import { PolicyPack, type Category, type ClockRule, type LadderStep } from './pack.ts';
import { withProposed } from './proposed.ts';
import { DUTY_LIMIT_NAMES, wholeDuty, type DutyLimit, type DutyLimitName, type Establishment } from './rosters.ts';
import { askingOf } from './survey.ts';

/**
 * How a single value is typed and said: `percent` of a share, spans in minutes (in `working` of the working calendar), `times`, `days`, `metres`,
 * `seconds`, `hours`, `points`, levels, or one of few words. `daysOrNone`: without a figure there is no limit.
 */
export type LimitKind = 'percent' | 'around' | 'working' | 'times' | 'days' | 'daysOrNone' | 'metres' | 'seconds' | 'hours' | 'points' | 'severities' | 'reopenedBy';

/** The single values of a pack, by their path, in the order in which they are shown. */
export const LIMIT_KINDS = {
  'warnShare.value': 'percent', 'dispatchFirst.severities': 'severities', 'returns.limit': 'times',
  'pauses.infoTimes': 'times', 'pauses.infoMinutes': 'working', 'pauses.holdTimes': 'times', 'pauses.holdMinutes': 'working',
  'reopening.by': 'reopenedBy', 'reopening.days': 'days',
  'dedupe.incident.metres': 'metres', 'dedupe.incident.minutes': 'around', 'dedupe.issue.metres': 'metres', 'dedupe.issue.minutes': 'around',
  'dedupe.phoneMinutes': 'around', 'dedupe.closedDays': 'days', 'dedupe.splitDays': 'days',
  'survey.notSeverities': 'severities', 'survey.lowScore': 'points', 'survey.asking.windowDays': 'days',
  'alarms.severities': 'severities', 'alarms.repeatSeconds': 'seconds', 'alarms.escalateSeconds': 'seconds', 'alarms.perMinute': 'times',
  'personalData.requestWorkingDays': 'days', 'personalData.retention.incidentDays': 'daysOrNone', 'personalData.retention.issueDays': 'daysOrNone', 'personalData.retention.falseDays': 'daysOrNone', 'personalData.retention.requestDays': 'daysOrNone',
  'personalData.duty.hours': 'hours',
} as const satisfies Readonly<Record<string, LimitKind>>;
export type LimitPath = keyof typeof LIMIT_KINDS;
export const LIMIT_PATHS = Object.keys(LIMIT_KINDS) as LimitPath[];

/** What a pack says of itself. */
export const ABOUT_PATHS = ['code', 'title', 'document', 'note'] as const;

/** Whom surveys leave out and where answers go (Q13.10, Q16.5), by the path of each. */
export const ASKING_PATHS = ['survey.asking.page', 'survey.asking.hotline', 'survey.asking.notCategories', 'survey.asking.notWords', 'survey.asking.notPersons'] as const;
export type AskingPath = (typeof ASKING_PATHS)[number];

/** What stands at a path of field names and places in lists, joined by dots; undefined where there is nothing of its own. */
export function valueAt(pack: PolicyPack, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) as unknown : undefined), pack);
}

/** Where the value of a path comes from: its own source, else that of its group. */
export function sourceOf(pack: PolicyPack, path: LimitPath): string | null {
  const own = pack.sources?.[path];
  if (own !== undefined) return own;
  const groups = path.split('.').slice(0, -1);
  const nearest = groups.map((_group, at) => valueAt(pack, `${groups.slice(0, groups.length - at).join('.')}.source`)).find(source => source !== undefined);
  return (nearest ?? null) as string | null;
}

/** Why a value cannot stand: at least, at most, or of another form than it must have. */
export interface Unfit { why: 'small' | 'large' | 'form'; limit: number }

/**
 * The pack with another value at a path, if the schema allows it there.
 *
 * @param path of something that is there already; `sources.` before the path of a single value: where that comes from
 * @param value undefined takes an optional field away
 */
export function withValue(pack: PolicyPack, path: string, value: unknown): { pack: PolicyPack } | { unfit: Unfit } {
  const [group = '', ...fields] = path.split('.');
  // The source of a single value stands under that value's whole path.
  const rest = group === 'sources' ? [fields.join('.')] : fields;
  const changed = put(valueAt(pack, group) ?? {}, rest, value);
  const parsed = Reflect.get(PolicyPack.shape, group) as (typeof PolicyPack.shape)[keyof typeof PolicyPack.shape];
  const { error } = parsed.safeParse(changed);
  if (error === undefined) return { pack: { ...pack, [group]: changed } };
  const issue = error.issues[0];
  if (issue?.code === 'too_small') return { unfit: { why: 'small', limit: Number(issue.minimum) } };
  if (issue?.code === 'too_big') return { unfit: { why: 'large', limit: Number(issue.maximum) } };
  return { unfit: { why: 'form', limit: 0 } };
}

function put(inner: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(inner)) return inner.map((item: unknown, at) => (String(at) === key ? put(item, rest, value) : item));
  if (typeof inner !== 'object' || inner === null) throw new Error('nothing is there to be changed');
  const { [key]: before, ...others } = inner as Record<string, unknown>;
  const after = put(before, rest, value);
  return after === undefined ? others : { ...inner, [key]: after };
}

/** The parts of a pack, as its screens are divided. */
export const PARTS = ['about', 'incident', 'issue', 'limits', 'ladder', 'survey', 'calendar', 'days', 'categories', 'rosters'] as const;
export type Part = (typeof PARTS)[number];

/** One value of a pack as it can be compared with the same of another pack; `key` names it in both. */
export type PolicyValue = { key: string; part: Part; source: string | null } & (
  | { of: 'about'; path: (typeof ABOUT_PATHS)[number]; value: string }
  | { of: 'from'; value: number }
  | { of: 'clock'; clock: ClockName; class: IssueClass; severity: Severity; value: Pick<ClockRule, 'minutes' | 'calendar' | 'from'> }
  | { of: 'limit'; path: LimitPath; value: unknown }
  | { of: 'ladder'; value: Omit<LadderStep, 'source'> }
  | { of: 'asking'; path: AskingPath; value: string | readonly string[] }
  | { of: 'weekdays'; value: readonly number[] }
  | { of: 'hours'; value: PolicyPack['calendar']['spans'] }
  | { of: 'day'; date: string; value: { name: string; working: boolean } }
  | { of: 'category'; code: string; value: Omit<Category, 'source'> }
  | { of: 'establishment'; desk: DutyDesk; value: Omit<Establishment, 'desk' | 'source'> }
  | { of: 'dutyLimit'; profile: RuleProfile; limit: DutyLimitName; value: Pick<DutyLimit, 'value' | 'binds'> | null }
);

/** A clock that a pack has no rule for only records times. */
export function ruleOrNone(pack: PolicyPack, clock: ClockName, of: { class: IssueClass; severity: Severity }): ClockRule {
  return pack.clocks.find(rule => rule.clock === clock && rule.class === of.class && rule.severity === of.severity)
    ?? { clock, ...of, minutes: null, calendar: of.class === 'incident' ? 'around' : 'working', source: null };
}

/** Every value of a pack with its source, in the order in which they are shown; days without one of their own have that of the calendar. */
export function valuesOf(pack: PolicyPack): PolicyValue[] {
  const { calendar } = pack;
  const seen = new Map<string, number>();
  // Of what stands there twice by mistake, each is one.
  const once = (key: string): string => { const n = seen.get(key) ?? 0; seen.set(key, n + 1); return n === 0 ? key : `${key}#${String(n)}`; };
  return [
    ...ABOUT_PATHS.map((path): PolicyValue => ({ key: path, part: 'about', of: 'about', path, value: pack[path], source: null })),
    { key: 'effectiveFromMs', part: 'about', of: 'from', value: pack.effectiveFromMs, source: null },
    ...CLASSES.flatMap(kind => CLOCK_NAMES.flatMap(clock => SEVERITIES.map(severity => clockValue(pack, clock, { class: kind, severity })))),
    ...LIMIT_PATHS.map((path): PolicyValue => ({ key: path, part: 'limits', of: 'limit', path, value: valueAt(pack, path), source: sourceOf(pack, path) })),
    ...pack.ladder.map(({ source, ...value }): PolicyValue => ({ key: once(`ladder.${String(value.level)}`), part: 'ladder', of: 'ladder', value, source })),
    ...ASKING_PATHS.map((path): PolicyValue => ({ key: path, part: 'survey', of: 'asking', path, value: askingAt(pack, path), source: askingOf(pack).source })),
    { key: 'calendar.weekdays', part: 'calendar', of: 'weekdays', value: calendar.weekdays, source: calendar.source },
    { key: 'calendar.spans', part: 'calendar', of: 'hours', value: calendar.spans, source: calendar.source },
    ...calendar.days.map(({ date, name, working, source }): PolicyValue => ({ key: once(`day.${date}`), part: 'days', of: 'day', date, value: { name, working }, source: source ?? null })),
    ...pack.categories.map(({ source, ...value }): PolicyValue => ({ key: once(`category.${value.code}`), part: 'categories', of: 'category', code: value.code, value, source: source ?? null })),
    ...dutyValues(pack, once),
  ];
}

/** Establishment and working-time limits; a limit that a profile does not have is one without a figure, since that it does not bind is a value too. */
function dutyValues(pack: PolicyPack, once: (key: string) => string): PolicyValue[] {
  const { establishment, profiles } = wholeDuty(pack);
  return [
    ...establishment.map(({ desk, source, ...value }): PolicyValue => ({ key: once(`establishment.${desk}`), part: 'rosters', of: 'establishment', desk, value, source })),
    ...profiles.flatMap(({ profile, limits }) => [
      ...limits.map(({ limit, source, ...value }): PolicyValue => ({ key: once(`duty.${profile}.${limit}`), part: 'rosters', of: 'dutyLimit', profile, limit, value, source })),
      ...DUTY_LIMIT_NAMES.filter(name => !limits.some(({ limit }) => limit === name)).map((limit): PolicyValue => ({ key: once(`duty.${profile}.${limit}`), part: 'rosters', of: 'dutyLimit', profile, limit, value: null, source: null })),
    ]),
  ];
}

/** What a pack says of asking at a path, or what is proposed where it says nothing. */
export function askingAt(pack: PolicyPack, path: AskingPath): string | readonly string[] {
  return askingOf(pack)[path.slice('survey.asking.'.length) as 'page' | 'hotline' | 'notCategories' | 'notWords' | 'notPersons'];
}

function clockValue(pack: PolicyPack, clock: ClockName, of: { class: IssueClass; severity: Severity }): PolicyValue {
  const { minutes, calendar, from, source } = ruleOrNone(pack, clock, of);
  return { key: `clock.${of.class}.${of.severity}.${clock}`, part: of.class, of: 'clock', clock, ...of, value: { minutes, calendar, ...(from === undefined ? {} : { from }) }, source };
}

/** A value that differs between two packs; null where a pack does not have it. */
export interface Difference { key: string; part: Part; before: PolicyValue | null; after: PolicyValue | null }

/**
 * What an edited pack changes against another: values and where they come from, each once, in the order of the screens. The id is not a
 * value; that a clock without a limit counts by another calendar is not a change, nor is what an older pack leaves to the proposed values.
 */
export function differences(before: PolicyPack, after: PolicyPack): Difference[] {
  const [old, fresh] = [new Map(valuesOf(withProposed(before)).map(value => [value.key, value])), new Map(valuesOf(withProposed(after)).map(value => [value.key, value]))];
  const keys = [...new Set([...fresh.keys(), ...old.keys()])];
  const all = keys.map((key): Difference => {
    const [was, is] = [old.get(key) ?? null, fresh.get(key) ?? null];
    return { key, part: (is ?? was)!.part, before: was, after: is };
  });
  return all.filter(one => face(one.before) !== face(one.after)).sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}

function face(value: PolicyValue | null): string {
  if (value === null) return '';
  const shown = value.of === 'clock' && value.value.minutes === null ? { minutes: null } : value.value;
  return JSON.stringify([Array.isArray(shown) || typeof shown !== 'object' || shown === null ? shown : Object.entries(shown).filter(([, one]) => one !== undefined && one !== false).sort(([a], [b]) => (a < b ? -1 : 1)), value.source]);
}
