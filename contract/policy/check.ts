import { CLASSES, SEVERITIES, type ClockName, type IssueClass, type Severity } from '../issue.ts';
import { ROLES, SERVICES } from '../org.ts';
import { isKnown } from '../words.ts';
import { civilParts } from '../time.ts';
import { dayOfDate, civilDate } from './calendar.ts';
import type { PolicyPack } from './pack.ts';
import { BINDINGS, DEFAULT_DUTY, DUTY_LIMIT_NAMES, wholeDuty, type DutyLimit, type DutyLimitName } from './rosters.ts';
import { askingOf } from './survey.ts';
import { LIMIT_PATHS, ruleOrNone, sourceOf, type Part } from './values.ts';

/** What a pack that fits the schema can still have wrong. `unreadable`: what has been typed in a draft is no value there, or none yet. */
export const PROBLEMS = [
  'unreadable', 'past', 'empty', 'clause', 'twice', 'zero', 'noSuchDay', 'ackAfterVerify', 'forwardBeforeVerify',
  'noService', 'noUnknown', 'serviceWithoutCategory', 'ladderLevels', 'ladderOrder', 'unknownRole', 'unknownKind', 'silentP1', 'moreOffSite', 'tooLong', 'unknownLimit', 'nightsOverRun', 'runOrder',
] as const;
/** What is possible, and still worth a second look. */
export const HINTS = ['lessUrgentSooner', 'needlessDay', 'noHolidays', 'tellsNobody', 'alarmOrder', 'codeTwice', 'silentP2', 'mildFirst', 'fewForSeats', 'lawHours', 'lawDays'] as const;
export type ProblemCode = (typeof PROBLEMS)[number];
export type HintCode = (typeof HINTS)[number];

/** Something about a value of a pack, at its path (`clocks.12.minutes`). A hint keeps nothing from being issued. */
export interface Problem { code: ProblemCode | HintCode; path: string; part: Part; isHint: boolean; facts: Readonly<Record<string, string | number>> }

const HOUR = 60;

type Note = (code: ProblemCode | HintCode, path: string, part: Part, facts?: Problem['facts']) => void;

/** Articles of the decision (QĐ 244/QĐ-UBND; reading, §1), and their clauses as they are cited: `Q15`, `Q15.5`, `Q10.7bis`. */
const ARTICLES = 19;
const CLAUSE = /^(?:Q|Đ\.)(\d{1,3})(?:\.(\d{1,2})(?:bis)?)?$/u;
/** An article of another document, which is named with it: `Điều 110 Bộ luật Lao động 2019`. */
const OF_ANOTHER = /^Điều\s*\d{1,3}\s+(?:của\s+)?(?:Bộ luật|Luật|Nghị định|NĐ|Thông tư|TT|Quyết định|QĐ|Nghị quyết|NQ|Pháp lệnh)\s+\S/u;
const LOOKS_LIKE_CLAUSE = /^(?:Q|Đ\.?|Điều)\s*\d/u;

/**
 * Whether a source can be cited: clauses of the decision (`Q15.6, Q17.7`) that there are, or another document by its name, which has letters, with or without an article of it.
 * Null is "mặc định đề xuất".
 */
export function isSource(source: string | null): boolean {
  if (source === null) return true;
  if (!LOOKS_LIKE_CLAUSE.test(source) || OF_ANOTHER.test(source)) return source.trim().length >= 3 && /\p{L}{2}/u.test(source);
  return source.split(/\s*[,;]\s*/u).every(clause => {
    const found = CLAUSE.exec(clause);
    return found !== null && Number(found[1]) >= 1 && Number(found[1]) <= ARTICLES && found[2] !== '0';
  });
}

/** Everything wrong with a pack in itself, in the order of its parts; hints after what keeps it from being issued. */
export function problemsOf(pack: PolicyPack): Problem[] {
  const found: Problem[] = [];
  const note: Note = (code, path, part, facts = {}) => { found.push({ code, path, part, isHint: isKnown(HINTS, code), facts }); };
  aboutItself(pack, note);
  for (const kind of CLASSES) clockTimes(pack, kind, note);
  limits(pack, note);
  ladder(pack, note);
  asking(pack, note);
  calendar(pack, note);
  categories(pack, note);
  establishment(pack, note);
  dutyProfiles(pack, note);
  return [...found.filter(one => !one.isHint), ...found.filter(one => one.isHint)];
}

/** Whether a pack would take effect before somebody could know of it. */
export function isPast(pack: Pick<PolicyPack, 'effectiveFromMs'>, nowMs: number): boolean {
  return pack.effectiveFromMs < nowMs - PAST_MS;
}

/** A pack that takes effect "now" was written some time before it came to be issued. */
const PAST_MS = 10 * 60_000;

function aboutItself(pack: PolicyPack, note: Note): void {
  for (const path of ['code', 'title', 'document'] as const) if (pack[path].trim() === '') note('empty', path, 'about');
}

function clockTimes(pack: PolicyPack, kind: IssueClass, note: Note): void {
  const at = (clock: ClockName, severity: Severity): number => pack.clocks.findIndex(rule => rule.clock === clock && rule.class === kind && rule.severity === severity);
  const seen = new Set<string>();
  for (const [index, rule] of pack.clocks.entries()) {
    if (rule.class !== kind) continue;
    const path = `clocks.${String(index)}`;
    if (rule.minutes === 0) note('zero', `${path}.minutes`, kind);
    if (!isSource(rule.source)) note('clause', `${path}.source`, kind);
    if (seen.has(`${rule.clock} ${rule.severity}`)) note('twice', `${path}.minutes`, kind);
    seen.add(`${rule.clock} ${rule.severity}`);
    // Whoever passes a report on answers for its truth (Q15.5, Q18.2): only where a life may hang on it may it go out first.
    if (rule.from === 'received' && !(kind === 'incident' && pack.dispatchFirst.severities.includes(rule.severity))) note('forwardBeforeVerify', `${path}.from`, kind, { severity: rule.severity });
  }
  for (const [index, severity] of SEVERITIES.entries()) {
    const [ack, verify] = (['ack', 'verify'] as const).map(clock => ruleOrNone(pack, clock, { class: kind, severity }));
    if (ack!.minutes !== null && verify!.minutes !== null && ack!.calendar === verify!.calendar && ack!.minutes > verify!.minutes) note('ackAfterVerify', `clocks.${String(at('verify', severity))}.minutes`, kind, { severity });
    const less = SEVERITIES[index + 1];
    if (less === undefined) continue;
    for (const rule of pack.clocks.filter(one => one.class === kind && one.severity === severity)) {
      const other = ruleOrNone(pack, rule.clock, { class: kind, severity: less });
      if (rule.minutes !== null && other.minutes !== null && rule.calendar === other.calendar && rule.minutes > other.minutes) note('lessUrgentSooner', `clocks.${String(at(rule.clock, severity))}.minutes`, kind, { severity, less, clock: rule.clock });
    }
  }
}

function limits(pack: PolicyPack, note: Note): void {
  for (const path of LIMIT_PATHS) if (!isSource(sourceOf(pack, path))) note('clause', `sources.${path}`, 'limits');
  const { pauses, reopening, alarms, dispatchFirst } = pack;
  if (pauses.infoTimes > 0 && pauses.infoMinutes === 0) note('zero', 'pauses.infoMinutes', 'limits');
  if (pauses.holdTimes > 0 && pauses.holdMinutes === 0) note('zero', 'pauses.holdMinutes', 'limits');
  if (reopening.by !== 'none' && reopening.days === 0) note('zero', 'reopening.days', 'limits');
  if (alarms.escalateSeconds < alarms.repeatSeconds) note('alarmOrder', 'alarms.escalateSeconds', 'limits');
  // A level left out rings at no desk at all, and nothing else would say so.
  if (!alarms.severities.includes('P1')) note('silentP1', 'alarms.severities', 'limits');
  if (!alarms.severities.includes('P2')) note('silentP2', 'alarms.severities', 'limits');
  const mild = dispatchFirst.severities.find(severity => severity === 'P3' || severity === 'P4');
  if (mild !== undefined) note('mildFirst', 'dispatchFirst.severities', 'limits', { severity: mild });
}

function ladder({ ladder: steps }: PolicyPack, note: Note): void {
  for (const [at, step] of steps.entries()) {
    const path = `ladder.${String(at)}`;
    const before = steps[at - 1];
    if (step.level !== at + 1) note('ladderLevels', `${path}.atShare`, 'ladder');
    if (before !== undefined && step.atShare <= before.atShare) note('ladderOrder', `${path}.atShare`, 'ladder');
    const stranger = step.tells.find(role => !isKnown(ROLES, role));
    if (stranger !== undefined) note('unknownRole', `${path}.tells`, 'ladder', { role: stranger });
    if (step.tells.length === 0) note('tellsNobody', `${path}.tells`, 'ladder');
    if (!isSource(step.source)) note('clause', `${path}.source`, 'ladder');
    if (!isSource(step.goesTo?.source ?? null)) note('clause', `${path}.goesTo.source`, 'ladder');
    for (const [index, { title, name }] of (step.goesTo?.people ?? []).entries()) if (title.trim() === '' && name.trim() === '') note('empty', `${path}.goesTo.people.${String(index)}.title`, 'ladder');
  }
}

function asking(pack: PolicyPack, note: Note): void {
  const { notCategories, source } = askingOf(pack);
  if (!isSource(source)) note('clause', 'survey.asking.source', 'survey');
  const stranger = notCategories.find(code => !pack.categories.some(one => one.code === code));
  if (stranger !== undefined) note('unknownKind', 'survey.asking.notCategories', 'survey', { code: stranger });
}

function calendar({ calendar: { weekdays, days, source }, effectiveFromMs }: PolicyPack, note: Note): void {
  if (new Set(weekdays).size !== weekdays.length) note('twice', 'calendar.weekdays', 'calendar');
  if (!isSource(source)) note('clause', 'calendar.source', 'calendar');
  const seen = new Map<string, string>();
  for (const [at, day] of days.entries()) {
    const path = `calendar.days.${String(at)}`;
    const atMs = dayOfDate(day.date);
    const isDay = civilDate(atMs) === day.date;
    const other = seen.get(day.date);
    if (!isDay) note('noSuchDay', `${path}.date`, 'days');
    else if (other !== undefined) note('twice', `${path}.date`, 'days', { name: other });
    else if (weekdays.includes(civilParts(atMs).weekday) === day.working) note('needlessDay', `${path}.working`, 'days');
    if (day.name.trim() === '') note('empty', `${path}.name`, 'days');
    if (!isSource(day.source ?? null)) note('clause', `${path}.source`, 'days');
    seen.set(day.date, day.name);
  }
  const year = civilParts(effectiveFromMs).year;
  if (!days.some(day => !day.working && day.date.startsWith(`${String(year)}-`))) note('noHolidays', 'calendar.days', 'days', { year });
}

function categories({ categories: all }: PolicyPack, note: Note): void {
  const codes = new Set<string>();
  for (const [at, one] of all.entries()) {
    const path = `categories.${String(at)}`;
    if (one.code.trim() === '' || one.vi.trim() === '') note('empty', `${path}.${one.vi.trim() === '' ? 'vi' : 'code'}`, 'categories');
    if (codes.has(one.code)) note('twice', `${path}.code`, 'categories', { name: one.code });
    codes.add(one.code);
    if (one.services.length === 0 && one.retired !== true) note('noService', `${path}.services`, 'categories');
    if (!isSource(one.source ?? null)) note('clause', `${path}.source`, 'categories');
  }
  const offered = all.filter(one => one.retired !== true);
  // A new record begins with it, and what an import does not know becomes it.
  if (!offered.some(one => one.code === 'unknown')) note('noUnknown', `categories.${String(Math.max(0, all.findIndex(one => one.code === 'unknown')))}.retired`, 'categories');
  const without = SERVICES.find(service => !offered.some(one => one.services.includes(service)));
  if (without !== undefined) note('serviceWithoutCategory', 'categories.0.services', 'categories', { service: without });
}

function establishment(pack: PolicyPack, note: Note): void {
  const seen = new Set<string>();
  for (const [at, { desk, people, offSite, seats, source }] of wholeDuty(pack).establishment.entries()) {
    const path = `rosters.establishment.${String(at)}`;
    if (seen.has(desk)) note('twice', `${path}.people`, 'rosters', { name: desk });
    seen.add(desk);
    if (offSite > people) note('moreOffSite', `${path}.offSite`, 'rosters');
    else if (people > 0 && seats > people - offSite) note('fewForSeats', `${path}.seats`, 'rosters', { seats, people: people - offSite });
    if (!isSource(source)) note('clause', `${path}.source`, 'rosters');
  }
}

/** The most that a limit can be: a week has seven days, a day 24 hours; days and nights are those of a month. */
const MOST: Readonly<Record<DutyLimitName, number>> = { restMinutes: 1_440, weekMinutes: 10_080, daysOff: 30, maxRun: 31, maxNights: 31, minRun: 31, minRest: 31 };
/** What nobody could work under, were it none. */
const NOT_ZERO: readonly DutyLimitName[] = ['weekMinutes', 'maxRun', 'maxNights'];

function dutyProfiles(pack: PolicyPack, note: Note): void {
  const profiles = new Set<string>();
  for (const [at, { profile, limits: all }] of wholeDuty(pack).profiles.entries()) {
    const base = `rosters.profiles.${String(at)}.limits`;
    if (profiles.has(profile)) note('twice', base, 'rosters', { name: profile });
    profiles.add(profile);
    const seen = new Set<string>();
    for (const [index, { limit, value, binds, source }] of all.entries()) {
      const path = `${base}.${String(index)}`;
      if (!isKnown(DUTY_LIMIT_NAMES, limit) || !isKnown(BINDINGS, binds)) { note('unknownLimit', `${path}.value`, 'rosters', { limit: isKnown(DUTY_LIMIT_NAMES, limit) ? binds : limit }); continue; }
      if (seen.has(limit)) note('twice', `${path}.value`, 'rosters', { name: limit });
      seen.add(limit);
      if (value > MOST[limit]) note('tooLong', `${path}.value`, 'rosters', { most: limit === 'restMinutes' || limit === 'weekMinutes' ? MOST[limit] / HOUR : MOST[limit] });
      if (value === 0 && NOT_ZERO.includes(limit)) note('zero', `${path}.value`, 'rosters');
      if (!isSource(source)) note('clause', `${path}.source`, 'rosters');
    }
    orderOfRuns(all, base, note);
    beneathLaw(profile, all, base, note);
  }
}

function orderOfRuns(all: readonly DutyLimit[], base: string, note: Note): void {
  const of = (name: DutyLimitName): number | undefined => all.find(({ limit }) => limit === name)?.value;
  const pathOf = (name: DutyLimitName): string => `${base}.${String(all.findIndex(({ limit }) => limit === name))}.value`;
  const [most, nights, least] = [of('maxRun'), of('maxNights'), of('minRun')];
  if (most === undefined) return;
  if (nights !== undefined && nights > most) note('nightsOverRun', pathOf('maxNights'), 'rosters', { most });
  if (least !== undefined && least > most) note('runOrder', pathOf('minRun'), 'rosters', { most });
}

/** What is less than the law that we know of for those whom a profile binds (reading, §2.5): possible, since decrees differ by trade, and worth a second look. */
function beneathLaw(profile: string, all: readonly DutyLimit[], base: string, note: Note): void {
  for (const { limit, value, binds, source } of DEFAULT_DUTY.profiles.find(one => one.profile === profile)?.limits ?? []) {
    if (binds !== 'law') continue;
    const index = all.findIndex(one => one.limit === limit), ours = all[index]?.value;
    const isWeaker = ours === undefined || (limit === 'weekMinutes' ? ours > value : ours < value);
    if (isWeaker) note(limit === 'daysOff' ? 'lawDays' : 'lawHours', index < 0 ? `${base}.${limit}` : `${base}.${String(index)}.value`, 'rosters', { law: limit === 'daysOff' ? value : value / HOUR, source: source ?? '' });
  }
}
