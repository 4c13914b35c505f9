import type { RosterPerson, RosterProblem, ShiftKind } from '../../main/roster/engine/problem.ts';

/** An instance of the public staff-rostering format, as a problem of ours and with the ids that a roster of it is written with. */
export interface Instance { problem: RosterProblem; people: readonly string[]; kinds: readonly string[] }

/**
 * Reads the text format of Curtois and Qu: sections of lines with comma-separated fields; days count from 0, a Monday.
 *
 * @throws {Error} naming the section and line that cannot be read
 */
export function readInstance(text: string): Instance {
  const sections = sectionsOf(text);
  const of = (name: string): string[][] => sections.get(name) ?? [];
  const whole = (value: string | undefined, where: string): number => {
    const number = Number(value);
    if (value === undefined || value.trim() === '' || !Number.isInteger(number)) throw new Error(`${where}: "${String(value)}" is not a whole number`);
    return number;
  };
  const days = whole(of('SECTION_HORIZON')[0]?.[0], 'SECTION_HORIZON');
  const ids = of('SECTION_SHIFTS').map(([id]) => id ?? '');
  const indexOf = (list: readonly string[], id: string | undefined, where: string): number => {
    const at = list.indexOf(id ?? '');
    if (at === -1) throw new Error(`${where}: nothing is called "${String(id)}"`);
    return at;
  };
  const kinds = of('SECTION_SHIFTS').map(([code = '', minutes, after = '']): ShiftKind => {
    const banned = after.split('|').filter(id => id !== '').map(id => indexOf(ids, id, 'SECTION_SHIFTS'));
    return { code, minutes: whole(minutes, 'SECTION_SHIFTS'), notNext: ids.map((_, kind) => banned.includes(kind)) };
  });
  const width = ids.length + 1;
  const names = of('SECTION_STAFF').map(([id]) => id ?? '');
  const people = of('SECTION_STAFF').map(([code = '', most = '', ...limits]): RosterPerson => {
    const maxOf = ids.map(() => days);
    for (const part of most.split('|')) {
      const [id, limit] = part.split('=');
      if (part !== '') maxOf[indexOf(ids, id, 'SECTION_STAFF')] = whole(limit, 'SECTION_STAFF');
    }
    const [maxMinutes, minMinutes, maxRun, minRun, minRest, maxWeekends] = limits.map(limit => whole(limit, 'SECTION_STAFF')) as [number, number, number, number, number, number];
    return { code, maxOf, minMinutes, maxMinutes, minRun, maxRun, minRest, maxWeekends, allowed: new Uint8Array(days * width).fill(1), before: { run: 0, shift: null }, cost: new Float64Array(days * width) };
  });
  for (const [id, ...off] of of('SECTION_DAYS_OFF')) {
    const { allowed } = people[indexOf(names, id, 'SECTION_DAYS_OFF')]!;
    for (const day of off) allowed.fill(0, whole(day, 'SECTION_DAYS_OFF') * width + 1, (whole(day, 'SECTION_DAYS_OFF') + 1) * width);
  }
  for (const [section, isOn] of [['SECTION_SHIFT_ON_REQUESTS', true], ['SECTION_SHIFT_OFF_REQUESTS', false]] as const) {
    for (const [id, day, shift, weight] of of(section)) {
      const { cost } = people[indexOf(names, id, section)]!;
      const at = whole(day, section) * width, choice = indexOf(ids, shift, section) + 1;
      for (let other = 0; other < width; other++) if ((other === choice) !== isOn) cost[at + other]! += whole(weight, section);
    }
  }
  const cover = { need: new Int32Array(days * ids.length), under: new Float64Array(days * ids.length), over: new Float64Array(days * ids.length) };
  for (const [day, shift, need, under, over] of of('SECTION_COVER')) {
    const at = whole(day, 'SECTION_COVER') * ids.length + indexOf(ids, shift, 'SECTION_COVER');
    cover.need[at] = whole(need, 'SECTION_COVER');
    cover.under[at] = whole(under, 'SECTION_COVER');
    cover.over[at] = whole(over, 'SECTION_COVER');
  }
  return { problem: { days, firstWeekday: 0, kinds, people, cover }, people: names, kinds: ids };
}

function sectionsOf(text: string): Map<string, string[][]> {
  const sections = new Map<string, string[][]>();
  let lines: string[][] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('SECTION_')) sections.set(line, lines = []);
    else lines.push(line.split(',').map(field => field.trim()));
  }
  if (!sections.has('SECTION_HORIZON')) throw new Error('no SECTION_HORIZON: not a staff-rostering instance');
  return sections;
}
