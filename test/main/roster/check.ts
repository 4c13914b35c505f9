import type { Roster, RosterProblem } from '../../../main/roster/engine/problem.ts';

/** A hard limit that a roster does not hold. */
export interface Violation { person: string; rule: string; says: string }

/**
 * What a roster costs and which limits it breaks, reckoned another way than the solver does: lines become words of letters (a for the first kind, '.' for off), and limits
 * are looked for in the words.
 */
export function checkRoster(problem: RosterProblem, roster: Roster): { objective: number; violations: Violation[] } {
  const words = roster.map(line => [...line].map(choice => (choice === 0 ? '.' : String.fromCharCode(96 + choice))).join(''));
  return { objective: objectiveOf(problem, words), violations: words.flatMap((word, person) => brokenBy(problem, person, word)) };
}

function brokenBy({ people, kinds, firstWeekday, days }: RosterProblem, at: number, word: string): Violation[] {
  const person = people[at]!;
  const broken: Violation[] = [];
  const note = (rule: string, is: boolean, says: string): void => { if (is) broken.push({ person: person.code, rule, says }); };
  note('length', word.length !== days, `${word.length} days`);
  const minutes = [...word].reduce((sum, letter) => sum + (letter === '.' ? 0 : kinds[letter.charCodeAt(0) - 97]!.minutes), 0);
  note('minutes', minutes < person.minMinutes || minutes > person.maxMinutes, `${minutes} not in ${person.minMinutes}…${person.maxMinutes}`);
  const bans = person.notNext ?? kinds.map(kind => kind.notNext);
  for (const [kind, notNext] of bans.entries()) {
    const letter = String.fromCharCode(97 + kind);
    const times = word.split(letter).length - 1;
    note('maxOf', times > person.maxOf[kind]!, `${letter} ${times} times`);
    for (const [next, isBanned] of notNext.entries()) note('notNext', isBanned && word.includes(letter + String.fromCharCode(97 + next)), `${letter} then ${next}`);
  }
  // What lies before is spelled out: enough of it to be seen, or where nothing is known a border that makes any run at it long enough.
  const { run, shift } = person.before;
  const before = run > 0 ? `.${'?'.repeat(run - 1)}${shift === null ? '?' : String.fromCharCode(97 + shift)}` : run < 0 ? `?${'.'.repeat(-run)}` : '';
  const whole = before + word;
  const offset = before.length;
  if (run > 0 && shift !== null) for (const [next, isBanned] of bans[shift]!.entries()) note('notNext', isBanned && word.startsWith(String.fromCharCode(97 + next)), 'after the days before');
  for (const { 0: works, index } of whole.matchAll(/[a-z?]+/g)) {
    if (index + works.length < offset) continue;
    note('maxRun', works.length > person.maxRun, `${works.length} days from ${index - offset}`);
    note('minRun', works.length < person.minRun && index > 0 && index + works.length < whole.length, `${works.length} days from ${index - offset}`);
  }
  for (const [kind, limit] of (person.maxRunOf ?? []).entries()) {
    const letter = String.fromCharCode(97 + kind);
    const told = run > 0 && shift === kind ? letter.repeat(person.before.same ?? 1) : '';
    for (const { 0: same, index } of (told + word).matchAll(new RegExp(`${letter}+`, 'g'))) note('maxRunOf', same.length > limit && index + same.length > told.length, `${same.length} of ${letter}`);
  }
  for (const { 0: rests, index } of whole.matchAll(/\.+/g)) {
    if (index + rests.length < offset) continue;
    note('minRest', rests.length < person.minRest && index > 0 && index + rests.length < whole.length, `${rests.length} days off from ${index - offset}`);
  }
  const weekends = weekendsIn(word, firstWeekday);
  note('maxWeekends', weekends.size > person.maxWeekends, `${weekends.size} weekends`);
  for (const [day, letter] of [...word].entries()) note('allowed', person.allowed[day * (kinds.length + 1) + (letter === '.' ? 0 : letter.charCodeAt(0) - 96)] !== 1, `${letter} on ${day}`);
  return broken;
}

function weekendsIn(word: string, firstWeekday: number): Set<number> {
  return new Set([...word].flatMap((letter, day) => { const weekday = (firstWeekday + day) % 7; return letter !== '.' && weekday >= 5 ? [day - (weekday - 5)] : []; }));
}

function objectiveOf({ people, kinds, cover, days, firstWeekday }: RosterProblem, words: readonly string[]): number {
  let sum = 0;
  for (const [at, word] of words.entries()) for (const [day, letter] of [...word].entries()) sum += people[at]!.cost[day * (kinds.length + 1) + '.abcdefghijklmnopqrstuvwxyz'.indexOf(letter)]!;
  const measure = kinds.reduce((least, kind) => { let unit = Math.min(least, kind.minutes); while (kinds.some(one => one.minutes % unit !== 0)) unit--; return unit; }, Infinity);
  for (const [at, word] of words.entries()) {
    const { balance } = people[at]!;
    const share = (wanted: { low: number; high: number; weight: number } | null | undefined, is: number): void => { if (wanted) sum += is < wanted.low ? (wanted.low - is) * wanted.weight : is > wanted.high ? (is - wanted.high) * wanted.weight : 0; };
    share(balance?.units, [...word].filter(letter => letter !== '.').reduce((all, letter) => all + kinds[letter.charCodeAt(0) - 97]!.minutes, 0) / measure);
    share(balance?.weekends, weekendsIn(word, firstWeekday).size);
    if (balance?.kind) share(balance.kind, word.split(String.fromCharCode(97 + balance.kind.kind)).length - 1);
  }
  for (let day = 0; day < days; day++) {
    for (let kind = 0; kind < kinds.length; kind++) {
      const at = day * kinds.length + kind;
      const working = words.filter(word => word.charCodeAt(day) === 97 + kind).length;
      sum += Math.max(0, cover.need[at]! - working) * cover.under[at]! + Math.max(0, working - cover.need[at]!) * cover.over[at]!;
      if (cover.empty !== undefined && cover.need[at]! > 0 && words.every(word => word.charCodeAt(day) !== 97 + kind)) sum += cover.empty[at]!;
    }
  }
  for (const { who, need, under } of cover.also ?? []) {
    // The letters of a day of those who have the skill, one under another.
    const columns = Array.from({ length: days }, (_, day) => words.flatMap((word, at) => (who[at] === 1 ? [word[day]] : [])).join(''));
    for (const [at, wanted] of need.entries()) sum += Math.max(0, wanted - columns[Math.floor(at / kinds.length)]!.split(String.fromCharCode(97 + at % kinds.length)).length + 1) * under[at]!;
  }
  return sum;
}
