import { useId, useState, type KeyboardEvent } from 'react';
import type { Issue } from '../../../contract/issue.ts';
import type { Unit } from '../../../contract/org.ts';
import { formatDate, formatDateTime, formatTime } from '../../../contract/time.ts';
import { formatDistance, type Point } from '../../nearest-units.ts';
import { ReachLine } from '../../reach-line.tsx';
import { useReach } from '../../reach.ts';
import { useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { Field } from '../../ui/field.tsx';
import { nearerWithoutFocal, rankUnits } from './rank-units.ts';

const SHOWN = 60;
const NONE: ReadonlyMap<string, number> = new Map();

/** Finds a unit by its name, with or without accents, or by how far it is `from` the place; arrows choose, Enter takes. The list stands in the form, not over it. `isOptional`: no unit is highlighted before one is looked for. `returns`: when units gave the record back. */
export function UnitPicker({ label, units, issue, from, isFirst = false, isOptional = false, returns = NONE, onPick }: { label: string; units: readonly Unit[]; issue: Pick<Issue, 'siteId' | 'service'>; from: Point | null; isFirst?: boolean; isOptional?: boolean; returns?: ReadonlyMap<string, number>; onPick: (unit: Unit) => void }) {
  const t = useT();
  const reachOf = useReach();
  const listId = useId();
  const [text, setText] = useState('');
  const before = isOptional ? -1 : 0;
  const [at, setAt] = useState(before);
  const ranked = rankUnits(units, text, issue, from, clock.nowMs, returns);
  const found = ranked.slice(0, SHOWN);
  const nearer = nearerWithoutFocal(ranked, issue, clock.nowMs, returns);
  const current = found[Math.min(at, found.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(Math.max(at + step, 0), found.length - 1);
      setAt(next);
      document.getElementById(`${listId}-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current !== undefined) onPick(current.unit);
    }
  };
  return (
    <div className="unit-picker">
      <Field label={label} aside={<span>{t(from === null ? 'issue.form.noDistances' : 'issue.form.nearestFirst')}</span>}>
        {control => (
          <input {...control} className="input" role="combobox" aria-expanded aria-controls={listId} aria-activedescendant={current === undefined ? undefined : `${listId}-${String(found.indexOf(current))}`}
            autoComplete="off" spellCheck={false} maxLength={100} placeholder={t('issue.form.unitSearch')} data-first={isFirst ? '' : undefined}
            value={text} onChange={event => { setText(event.target.value); setAt(event.target.value.trim() === '' ? before : 0); }} onKeyDown={onKeyDown} onBlur={() => { if (isOptional) setAt(before); }} />
        )}
      </Field>
      <div id={listId} className="units" role="listbox" aria-label={label}>
        {found.map(({ unit, distanceM }, i) => (
          <div key={unit.id} id={`${listId}-${String(i)}`} role="option" aria-selected={unit === current?.unit} onClick={() => { onPick(unit); }}>
            <span className="name"><b>{unit.name}</b>{from !== null && <span className="muted">{distanceM === null ? t('intake.units.noDistance') : formatDistance(distanceM)}</span>}</span><Returned atMs={returns.get(unit.id)} /><ReachLine reach={reachOf(unit)} />
          </div>
        ))}
      </div>
      {nearer !== null && <div className="warning">{t('issue.form.nearer', { unit: nearer.unit.name, distance: formatDistance(nearer.distanceM) })}</div>}
      {found.length === 0 && <p className="muted">{t('issue.form.noUnit')}</p>}
    </div>
  );
}

function Returned({ atMs }: { atMs: number | undefined }) {
  const t = useT();
  if (atMs === undefined) return null;
  return <span className="warning">{t('issue.form.returnedAt', { at: formatDate(atMs) === formatDate(clock.nowMs) ? formatTime(atMs) : formatDateTime(atMs) })}</span>;
}
