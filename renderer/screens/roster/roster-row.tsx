import { memo } from 'react';
import { OFF, type RosterMember, type RosterPlan } from '../../../contract/roster.ts';
import type { WorkMark } from '../../../contract/duty-hours.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { chipOf } from './cells.ts';

/** A day's column: how it is read out, and its classes. */
export interface DayColumn { date: string; look: string }
/** What cells are called, made once for all of them: by their value, as wished for or not, and by what is to be said of them. */
export interface CellNames {
  of: ReadonlyMap<number, string>; wants: ReadonlyMap<number, string>; wantsNot: ReadonlyMap<number, string>; pinned: string; swapped: string; marks: Readonly<Record<WorkMark, string>>;
}

const SIGNS: Readonly<Record<WorkMark, string>> = { came: '✓', instead: '+', absent: '✕', unknown: '?' };

interface RowProps {
  member: RosterMember; row: number; shifts: RosterPlan['shifts']; days: readonly DayColumn[]; names: CellNames;
  /** What of the row is chosen, and where the cursor is; −1: nothing. */
  left: number; right: number; cursor: number;
  /** What is broken on which day, in words, as `day words` a line; and the days that were changed between people. Texts, so that a row is drawn again only when it has changed. */
  broken: string; swapped: string;
  /** How days were worked, as `day mark code` a line; the code of a shift that is not the cell's. */
  marked?: string;
  isOwn: boolean; count: number | null;
  /** Whether pins and wishes are shown: they are the planner's. */
  hasMarks: boolean;
}

/** Somebody's month. Drawn again only when something of it has changed: a month is a thousand cells and more, and the cursor moves at every key. */
export const RosterRow = memo(function RosterRow({ member, row, shifts, days, names, left, right, cursor, broken, swapped, marked = '', isOwn, count, hasMarks }: RowProps) {
  const rules = new Map(broken === '' ? [] : broken.split('\n').map(line => { const at = line.indexOf(' '); return [Number(line.slice(0, at)), line.slice(at + 1)] as const; }));
  const changed = new Set(swapped === '' ? [] : swapped.split(' ').map(Number));
  const worked = new Map(marked === '' ? [] : marked.split('\n').map(line => { const [day, mark, code = ''] = line.split(' '); return [Number(day), { mark: mark as WorkMark, code }] as const; }));
  return (
    <tr className={isOwn ? 'own' : undefined} {...isOwn && { 'aria-current': true }}>
      <th scope="row" className="who" title={member.name}>{member.name}</th>
      {member.cells.map((cell, day) => {
        const isChosen = left >= 0 && day >= left && day <= right;
        const rule = rules.get(day);
        const isSwapped = changed.has(day);
        const work = worked.get(day);
        const isPinned = hasMarks && member.pins?.includes(day) === true;
        const wishes = hasMarks ? member.wishes?.filter(one => one.day === day) ?? [] : [];
        const told = [...isPinned ? [names.pinned] : [], ...wishes.map(({ cell: wished, likes }) => (likes ? names.wants : names.wantsNot).get(wished) ?? ''), ...isSwapped ? [names.swapped] : [], ...work === undefined ? [] : [`${names.marks[work.mark]} ${work.code}`]];
        return (
          <td key={day} role="gridcell" className={`cell${days[day]?.look ?? ''}${isChosen ? ' picked' : ''}${day === cursor ? ' cursor' : ''}`} aria-selected={isChosen} tabIndex={day === cursor ? 0 : -1} data-spot={`${row} ${day}`}
            aria-label={`${member.name}, ${days[day]?.date ?? ''}: ${names.of.get(cell) ?? ''}${[...rule === undefined ? [] : [rule], ...told].map(words => `. ${words}`).join('')}`}>
            {cell !== OFF && <span className={`chip ${chipOf(cell, { shifts })}${rule === undefined ? '' : ' broken'}`}>{cellWord(cell, { shifts })}</span>}{isSwapped && <span className="swapped" aria-hidden>⇄</span>}{work !== undefined && <span className={`worked ${work.mark}`} aria-hidden>{SIGNS[work.mark]}{work.code}</span>}
            {isPinned && <span className="pinned" aria-hidden />}{wishes.length > 0 && <span className="wished" aria-hidden>{wishes.map(({ cell: wished, likes }) => `${likes ? '+' : '−'}${wished === OFF ? '0' : cellWord(wished, { shifts })}`).join(' ')}</span>}
          </td>
        );
      })}
      <td className="sum">{count ?? ''}</td>
    </tr>
  );
});
