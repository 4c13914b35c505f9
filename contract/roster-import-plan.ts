import type { Id } from './ids.ts';
import type { ImportedLine, PeopleTable, WrongLine } from './roster-import.ts';
import { firstDayOf } from './roster-import-words.ts';
import { daysOf, OFF, ROSTER_LIMITS, type RosterMember, type RosterPlan, type RosterWish } from './roster.ts';
import { exactForm } from './text.ts';

/** Somebody of the directory, with the name of their unit. */
export interface DirectoryPerson { id: Id; login: string; name: string; agency: string | null }
/** Who may be meant by a name that several have: a member of the plan, somebody of the directory, or nobody of them. */
export interface Candidate { key: string; personId: Id | null; name: string; agency: string | null; isMember: boolean }
/** What was answered to who is meant, by name; NOBODY: somebody whom the directory does not have. */
export type Answers = Readonly<Record<string, string>>;
export const NOBODY = 'new';

/** How somebody of a table is known: they are in the plan, the directory has them, nobody has them, or several are called so and it is asked. */
export type KnownAs = 'member' | 'directory' | 'new' | 'asked';
export interface ImportedPerson {
  name: string; knownAs: KnownAs; agency: string | null; lines: number[];
  /** Of a name that several have: the key of the answer, and who may be meant. */
  ask: { key: string; candidates: Candidate[] } | null;
  changes: { day: number; was: number; is: number }[];
  /** What else of them changes. */
  fields: ('agency' | 'profile' | 'skills' | 'wishes')[];
}
/** Leave that lies outside the month, or sticks out of it, in days since 1970. */
export interface OutsideLeave { line: number; name: string; from: number; to: number; isPartly: boolean }
/** What would come of a table: the plan after it, who changes how, which lines are not taken, and what lies outside the month. */
export interface ImportPreview { plan: RosterPlan; people: ImportedPerson[]; wrong: WrongLine[]; outside: OutsideLeave[] }

type Meant = { key: string; member: RosterMember; knownAs: Exclude<KnownAs, 'asked'> } | { asked: string; candidates: Candidate[] } | WrongLine;

/** Members are known by their row: names may be there twice. */
const rowKey = (row: number): string => `row ${row}`;

/** What taking a table into a plan would do; the plan itself stays as it is. @param answers to names that several have */
export function previewImport(plan: RosterPlan, { lines, wrong }: PeopleTable, directory: readonly DirectoryPerson[], answers: Answers = {}): ImportPreview {
  const after = new Map(plan.members.map((member, row) => [rowKey(row), member]));
  const people = new Map<string, ImportedPerson>();
  const withGrid = new Set<string>();
  const preview: ImportPreview = { plan, people: [], wrong: [...wrong], outside: [] };
  for (const line of lines) {
    const meant = meantBy(line, plan, directory, answers);
    if ('trouble' in meant) { preview.wrong.push(meant); continue; }
    if ('asked' in meant) {
      const known = people.get(`asked ${meant.asked}`) ?? { name: line.name, knownAs: 'asked' as const, agency: null, lines: [], ask: { key: meant.asked, candidates: meant.candidates }, changes: [], fields: [] };
      people.set(`asked ${meant.asked}`, { ...known, lines: [...known.lines, line.line] });
      continue;
    }
    const member = after.get(meant.key) ?? meant.member;
    const next = after.has(meant.key) || after.size < ROSTER_LIMITS.members ? withLine(member, line, { plan, isSecondGrid: line.cells !== undefined && withGrid.has(meant.key) }) : { line: line.line, trouble: 'full' as const, value: member.name };
    if ('trouble' in next) { preview.wrong.push(next); continue; }
    if (line.cells !== undefined) withGrid.add(meant.key);
    after.set(meant.key, next);
    const known = people.get(meant.key) ?? { name: member.name, knownAs: meant.knownAs, agency: next.agency ?? null, lines: [], ask: askedFor(line, plan, directory, answers), changes: [], fields: [] };
    people.set(meant.key, { ...known, lines: [...known.lines, line.line] });
    const outside = outsideOf(line, member.name, plan.month);
    if (outside !== null) preview.outside.push(outside);
  }
  preview.plan = { ...plan, members: [...after.values()] };
  preview.people = [...people].map(([key, person]) => ({ ...person, ...differenceOf(plan.members.find((_, row) => rowKey(row) === key), after.get(key)) }));
  preview.wrong.sort((a, b) => a.line - b.line);
  return preview;
}

/** Whom a line means: by login, else by name as it is written, in whatever case. */
function meantBy({ line, name, login }: ImportedLine, plan: RosterPlan, directory: readonly DirectoryPerson[], answers: Answers): Meant {
  const byLogin = login === '' ? undefined : directory.find(one => one.login.toLowerCase() === login.toLowerCase());
  if (byLogin !== undefined) return name !== '' && exactForm(name) !== exactForm(byLogin.name) ? { line, trouble: 'loginName', value: `${login} – ${byLogin.name}` } : personOf(byLogin, plan);
  if (name === '') return { line, trouble: 'login', value: login };
  const key = exactForm(name), candidates = candidatesOf(key, plan, directory);
  const chosen = candidates.length === 1 ? candidates[0]! : candidates.find(one => one.key === answers[key]);
  if (chosen !== undefined) return candidateOf(chosen, plan, directory);
  if (candidates.length === 0 || answers[key] === NOBODY) return { key: `name ${key}`, member: newMember(plan.month, null, name), knownAs: 'new' };
  return { asked: key, candidates };
}

function candidatesOf(key: string, plan: RosterPlan, directory: readonly DirectoryPerson[]): Candidate[] {
  const members = plan.members.flatMap(({ personId, name, agency }, row) => (exactForm(name) === key ? [{ key: rowKey(row), personId, name, agency: agency ?? null, isMember: true }] : []));
  const others = directory.filter(({ id, name }) => exactForm(name) === key && !members.some(({ personId }) => personId === id)).map(({ id, name, agency }) => ({ key: id, personId: id, name, agency, isMember: false }));
  return [...members, ...others];
}

function candidateOf({ key, personId }: Candidate, plan: RosterPlan, directory: readonly DirectoryPerson[]): Meant {
  const member = plan.members.find((_, row) => rowKey(row) === key);
  return member === undefined ? personOf(directory.find(({ id }) => id === personId)!, plan) : { key, member, knownAs: 'member' };
}

function personOf({ id, name, agency }: DirectoryPerson, plan: RosterPlan): Meant {
  const row = plan.members.findIndex(({ personId }) => personId === id), member = plan.members[row];
  return member === undefined ? { key: id, member: { ...newMember(plan.month, id, name), ...agency !== null && { agency } }, knownAs: 'directory' } : { key: rowKey(row), member, knownAs: 'member' };
}

/** The question that a name was answered by, so that the answer can be changed. */
function askedFor({ name, login }: ImportedLine, plan: RosterPlan, directory: readonly DirectoryPerson[], answers: Answers): ImportedPerson['ask'] {
  const key = exactForm(name);
  const isByLogin = login !== '' && directory.some(one => one.login.toLowerCase() === login.toLowerCase());
  return isByLogin || answers[key] === undefined ? null : { key, candidates: candidatesOf(key, plan, directory) };
}

/** Somebody with a month of days off. */
export function newMember(month: string, personId: Id | null, name: string): RosterMember {
  return { personId, name, cells: Array.from({ length: daysOf(month) }, () => OFF) };
}

function withLine(member: RosterMember, { line, agency, profile, skills, away, wishes, cells }: ImportedLine, { plan, isSecondGrid }: { plan: RosterPlan; isSecondGrid: boolean }): RosterMember | WrongLine {
  if (isSecondGrid) return { line, trouble: 'twice', value: member.name };
  const first = firstDayOf(plan.month), days = member.cells.length;
  const next: RosterMember = { ...member, ...agency !== undefined && { agency }, ...profile !== undefined && { profile }, ...skills !== undefined && { skills } };
  if (cells !== undefined) next.cells = member.cells.map((was, day) => cells.get(day) ?? was);
  if (away !== undefined) next.cells = next.cells.map((was, day) => (first + day >= away.from && first + day <= away.to ? away.cell : was));
  const inside = (wishes ?? []).filter(({ date }) => date >= first && date < first + days).map(({ date, cell, likes }): RosterWish => ({ day: date - first, cell, likes }));
  if (inside.length === 0) return next;
  const kept = (member.wishes ?? []).filter(one => !inside.some(({ day, cell }) => day === one.day && cell === one.cell));
  next.wishes = [...kept, ...inside.filter((one, at) => inside.findLastIndex(({ day, cell }) => day === one.day && cell === one.cell) === at)];
  return next.wishes.length > ROSTER_LIMITS.wishes ? { line, trouble: 'wishes', value: member.name } : next;
}

/** Leave, or a wish, that the month does not have, or not all of it. */
function outsideOf({ line, away, wishes }: ImportedLine, name: string, month: string): OutsideLeave | null {
  const first = firstDayOf(month), last = first + daysOf(month) - 1;
  const spans = [...away === undefined ? [] : [away], ...(wishes ?? []).map(({ date }) => ({ from: date, to: date }))];
  const found = spans.find(({ from, to }) => from < first || to > last);
  return found === undefined ? null : { line, name, from: found.from, to: found.to, isPartly: found.from <= last && found.to >= first };
}

function differenceOf(was: RosterMember | undefined, is: RosterMember | undefined): Pick<ImportedPerson, 'changes' | 'fields'> {
  if (is === undefined) return { changes: [], fields: [] };
  const changes = is.cells.flatMap((cell, day) => { const before = was?.cells[day] ?? OFF; return cell === before ? [] : [{ day, was: before, is: cell }]; });
  return { changes, fields: (['agency', 'profile', 'skills', 'wishes'] as const).filter(field => is[field] !== undefined && JSON.stringify(was?.[field]) !== JSON.stringify(is[field])) };
}

/** How many are new in the plan, cells that change, and who changes otherwise. */
export function importCounts({ people }: ImportPreview): { added: number; cells: number; changed: number; asked: number } {
  const isAdded = ({ knownAs }: ImportedPerson): boolean => knownAs === 'new' || knownAs === 'directory';
  return {
    added: people.filter(isAdded).length, cells: people.reduce((sum, { changes }) => sum + changes.length, 0), asked: people.filter(({ knownAs }) => knownAs === 'asked').length,
    changed: people.filter(one => !isAdded(one) && one.fields.length > 0).length,
  };
}

/** Days one after another that change in the same way, as one. */
export function spansOf(changes: ImportedPerson['changes']): { from: number; to: number; was: number; is: number }[] {
  const spans: { from: number; to: number; was: number; is: number }[] = [];
  for (const { day, was, is } of changes) {
    const last = spans.at(-1);
    if (last !== undefined && last.to === day - 1 && last.was === was && last.is === is) last.to = day;
    else spans.push({ from: day, to: day, was, is });
  }
  return spans;
}
