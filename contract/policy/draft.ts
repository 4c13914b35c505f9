import { z } from 'zod';
import { Id } from '../ids.ts';
import { CLASSES, CLOCK_NAMES, SEVERITIES } from '../issue.ts';
import { nextDay, startOfDay } from '../time.ts';
import { civilDate, dayOfDate, minutesOfDay } from './calendar.ts';
import { isPast, problemsOf, type Problem } from './check.ts';
import { PolicyPack, type Category } from './pack.ts';
import { withProposed } from './proposed.ts';
import { DEFAULT_DUTY, type DutyLimit, type DutyLimitName } from './rosters.ts';
import { isKnown } from '../words.ts';
import { ASKING_PATHS, PARTS, ruleOrNone, valueAt, withValue, type Part } from './values.ts';

/**
 * A pack as an administrator edits it. `pack` always fits the schema, under the id that it will be issued by; what is typed and is no value
 * (yet) stands in `typed` under the path of its field, so that no letter is lost.
 */
export const PolicyDraft = z.strictObject({
  baseId: Id.describe('the pack that it was begun from'), pack: PolicyPack, fromNow: z.boolean().describe('takes effect as soon as it is issued'),
  typed: z.record(z.string().max(80), z.string().max(10_000)),
});
export type PolicyDraft = z.infer<typeof PolicyDraft>;

/** A draft with the values of a pack, to take effect at the next midnight; clocks that the pack does not speak of have no limit. */
export function draftOf(base: PolicyPack, { id, nowMs }: { id: Id; nowMs: number }): PolicyDraft {
  const clocks = CLASSES.flatMap(kind => SEVERITIES.flatMap(severity => CLOCK_NAMES.map(clock => ruleOrNone(base, clock, { class: kind, severity }))));
  const pack = PolicyPack.parse({ ...withProposed(base), id, code: nextCode(base.code), clocks, effectiveFromMs: nextDay(nowMs) });
  return { baseId: base.id, pack, fromNow: false, typed: {} };
}

/** "bp-2022-09" → "bp-2022-10"; one without a number gets one. */
export function nextCode(code: string): string {
  const found = /^(.*?)(\d{1,6})$/.exec(code);
  if (found === null) return `${code.slice(0, 50)}-2`;
  const [, front = '', number = '0'] = found;
  return `${front.slice(0, 50)}${String(Number(number) + 1).padStart(number.length, '0')}`;
}

/** What is typed in a field: the value that it reads as, or null while it reads as none. */
export type Reading = { value: unknown } | null;

/**
 * The draft after something was typed at a path: the value where it is one, else the text, kept beside the last value.
 *
 * @param reading how the text reads; null: not at all
 */
export function typedAt(draft: PolicyDraft, path: string, text: string, reading: Reading): PolicyDraft {
  const { [path]: _, ...typed } = draft.typed;
  const put = reading === null ? null : withValue(draft.pack, path, reading.value);
  return put !== null && 'pack' in put ? { ...draft, pack: put.pack, typed } : { ...draft, typed: { ...typed, [path]: text } };
}

/** Whether something stands at a path, or under it, that reads as no value yet. */
export function isHeldAt({ typed }: PolicyDraft, path: string): boolean {
  return Object.keys(typed).some(key => isAtOrUnder(key, path));
}

const isAtOrUnder = (key: string, path: string): boolean => key === path || key.startsWith(`${path}.`);

/** The draft with a value as it was, whatever was typed at its path and under it since. @param value undefined: none */
export function restoredAt(draft: PolicyDraft, path: string, value: unknown): PolicyDraft {
  const put = withValue(draft.pack, path, value);
  if (!('pack' in put)) return draft;
  return { ...draft, pack: put.pack, typed: Object.fromEntries(Object.entries(draft.typed).filter(([key]) => !isAtOrUnder(key, path))) };
}

/**
 * The draft with other hours of work. What was so many working days stays so many: the length of a day is what changes.
 *
 * @param spans that the schema takes
 */
export function withHours(draft: PolicyDraft, spans: PolicyPack['calendar']['spans']): PolicyDraft {
  const { pack } = draft;
  const [before, after] = [minutesOfDay(pack.calendar), minutesOfDay({ ...pack.calendar, spans })];
  const scaled = (minutes: number): number => (minutes % before === 0 ? (minutes / before) * after : minutes);
  const clocks = pack.clocks.map(rule => (rule.calendar === 'working' && rule.minutes !== null ? { ...rule, minutes: scaled(rule.minutes) } : rule));
  const pauses = { ...pack.pauses, infoMinutes: scaled(pack.pauses.infoMinutes), holdMinutes: scaled(pack.pauses.holdMinutes) };
  const { 'calendar.spans': _, ...typed } = draft.typed;
  const fits = PolicyPack.safeParse({ ...pack, clocks, pauses, calendar: { ...pack.calendar, spans } });
  return fits.success ? { ...draft, typed, pack: fits.data } : draft;
}

/** Lists of a pack to which rows are added and from which they are taken. */
export type ListPath = 'calendar.days' | 'categories' | 'ladder' | `ladder.${number}.goesTo.people` | `rosters.profiles.${number}.limits`;

const listOf = (pack: PolicyPack, path: ListPath): readonly unknown[] => valueAt(pack, path) as readonly unknown[];

function withList(draft: PolicyDraft, path: ListPath, rows: readonly unknown[]): PolicyDraft {
  const put = withValue(draft.pack, path, rows);
  return 'pack' in put ? { ...draft, pack: put.pack } : draft;
}

/** The draft with one more day that is not what its weekday says: the first after all that are there, and not before `nowMs`. */
export function withDay(draft: PolicyDraft, nowMs: number): PolicyDraft {
  const last = draft.pack.calendar.days.map(day => dayOfDate(day.date)).filter(Number.isFinite).reduce((a, b) => Math.max(a, b), 0);
  const day = { date: civilDate(nextDay(Math.max(last, startOfDay(nowMs)))), name: '', working: false };
  return withList(draft, 'calendar.days', [...draft.pack.calendar.days, day]);
}

/** The draft with one more kind of event, whose code no kind has had. @param known codes that records may have */
export function withCategory(draft: PolicyDraft, known: readonly string[]): PolicyDraft {
  const taken = new Set([...known, ...draft.pack.categories.map(one => one.code)]);
  let n = 1;
  while (taken.has(`loai_${String(n)}`)) n += 1;
  const category: Category = { code: `loai_${String(n)}`, services: [], vi: '', en: '' };
  return withList(draft, 'categories', [...draft.pack.categories, category]);
}

/** The draft with one more step of the ladder, at half as much again as the last one; as it is where there are as many as there may be. */
export function withStep(draft: PolicyDraft): PolicyDraft {
  const { ladder } = draft.pack;
  return withList(draft, 'ladder', [...ladder, { level: ladder.length + 1, atShare: Math.min(10, (ladder.at(-1)?.atShare ?? 0.5) + 0.5), tells: [], source: null }]);
}

/** The draft without a row of a list; what was typed in rows after it goes with them to their new places. */
export function without(draft: PolicyDraft, path: ListPath, at: number): PolicyDraft {
  const rows = listOf(draft.pack, path).filter((_row, index) => index !== at);
  const after = withList(draft, path, path === 'ladder' ? (rows as PolicyPack['ladder']).map((step, index) => ({ ...step, level: index + 1 })) : rows);
  if (after === draft) return draft;
  const typed: Record<string, string> = {};
  for (const [key, text] of Object.entries(draft.typed)) {
    const place = key.startsWith(`${path}.`) ? Number(key.slice(path.length + 1).split('.')[0]) : -1;
    if (place === at) continue;
    typed[place > at ? `${path}.${String(place - 1)}${key.slice(path.length + 1 + String(place).length)}` : key] = text;
  }
  return { ...after, typed };
}

/**
 * The draft with a limit of a rule profile, or without it: then it does not bind. What was typed in it goes.
 *
 * @param at place of the profile @param limit as it shall stand; null: none
 */
export function withDutyLimit(draft: PolicyDraft, at: number, name: DutyLimitName, limit: DutyLimit | null): PolicyDraft {
  const path = `rosters.profiles.${at}.limits` as const;
  const rows = listOf(draft.pack, path) as readonly DutyLimit[];
  const place = rows.findIndex(one => one.limit === name);
  if (limit === null) return place < 0 ? draft : without(draft, path, place);
  return place < 0 ? withList(draft, path, [...rows, limit]) : restoredAt(draft, `${path}.${place}`, limit);
}

/** The limit that a profile gets where it is to bind again: as it was in another pack, else as it is proposed. */
export function dutyLimitAgain(before: PolicyPack, profile: string, name: DutyLimitName): DutyLimit | null {
  const of = ({ profiles }: typeof DEFAULT_DUTY): DutyLimit | undefined => profiles.find(one => one.profile === profile)?.limits.find(({ limit }) => limit === name);
  return of(before.rosters ?? DEFAULT_DUTY) ?? of(DEFAULT_DUTY) ?? null;
}

/** The part of a pack in which a path is shown. */
export function partOf(pack: PolicyPack, path: string): Part {
  const [group = '', at = ''] = path.split('.');
  if (group === 'clocks') return pack.clocks[Number(at)]?.class ?? 'incident';
  if (group === 'calendar') return at === 'days' ? 'days' : 'calendar';
  if (group === 'ladder' || group === 'categories' || group === 'rosters') return group;
  if (path === 'survey.asking.source' || isKnown(ASKING_PATHS, path)) return 'survey';
  return ['code', 'title', 'document', 'note', 'effectiveFromMs'].includes(group) ? 'about' : 'limits';
}

/** Everything wrong with a draft, what keeps it from being issued first. @param others packs that have been issued */
export function draftProblems(draft: PolicyDraft, nowMs: number, others: readonly PolicyPack[] = []): Problem[] {
  const typed = Object.keys(draft.typed).map((path): Problem => ({ code: 'unreadable', path, part: partOf(draft.pack, path), isHint: false, facts: {} }));
  const past: Problem[] = !draft.fromNow && isPast(draft.pack, nowMs) ? [{ code: 'past', path: 'effectiveFromMs', part: 'about', isHint: false, facts: {} }] : [];
  const twice: Problem[] = others.some(one => one.code === draft.pack.code && one.id !== draft.pack.id) ? [{ code: 'codeTwice', path: 'code', part: 'about', isHint: true, facts: {} }] : [];
  const rest = problemsOf(draft.pack);
  const all = [...typed, ...past, ...rest, ...twice];
  return [...all.filter(one => !one.isHint), ...all.filter(one => one.isHint)].sort((a, b) => Number(a.isHint) - Number(b.isHint) || PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}
