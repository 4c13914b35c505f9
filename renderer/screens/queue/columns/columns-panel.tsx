import { IconArrowDown, IconArrowUp, IconMinus, IconPlus } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { SORTS, type QueueSort } from '../../../../contract/queue.ts';
import type { QueueColumn, ViewColumn } from '../../../../contract/saved-view.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { ALWAYS, chooserRows, DEFAULT_COLUMNS, moved, toggled, widened } from './column-list.ts';

export interface ColumnsPanelProps {
  columns: readonly ViewColumn[]; sort: QueueSort; onColumns: (columns: readonly ViewColumn[]) => void; onSort: (sort: QueueSort) => void;
  /** How wide a column is shown now, px at text size 100 %. */
  widthOf: (id: QueueColumn) => number;
}

/**
 * Which columns the list has, in which order, how wide, and how its rows are sorted. Arrows go from column to column, Space shows or
 * hides, Alt with arrows moves it and makes it wider or narrower; each has its button.
 */
export function ColumnsPanel({ columns, sort, onColumns, onSort, widthOf }: ColumnsPanelProps) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const rows = chooserRows(columns);
  const onKeyDown = (event: KeyboardEvent, id: QueueColumn, at: number) => {
    const way = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (way !== 1 && way !== -1) return;
    event.preventDefault();
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    if (event.altKey) { onColumns(isSideways ? widened(columns, id, way, widthOf(id)) : moved(columns, id, way)); return; }
    if (!isSideways) list.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox]')[at + way]?.focus();
  };
  return (
    <>
      <Field label={t('queue.sort')}>
        {control => (
          <select {...control} className="input sm" value={`${sort.by} ${String(sort.descending)}`} onChange={event => {
            const [by, descending] = event.target.value.split(' ');
            onSort({ by: SORTS.find(one => one === by) ?? 'urgency', descending: descending === 'true' });
          }}>
            {SORTS.flatMap(by => [false, true].map(descending => (
              <option key={`${by} ${String(descending)}`} value={`${by} ${String(descending)}`}>{t(`queue.sortBy.${by}.${descending ? 'down' : 'up'}`)}</option>
            )))}
          </select>
        )}
      </Field>
      <ul ref={list} className="column-rows" aria-label={t('queue.columns')}>
        {rows.map(({ column: { id }, isShown }, at) => {
          const name = t(`queue.column.${id}`);
          return (
            <li key={id} onKeyDown={event => { onKeyDown(event, id, at); }}>
              <label><input type="checkbox" checked={isShown} aria-disabled={ALWAYS.includes(id)} onChange={() => { onColumns(toggled(columns, id)); }} /> {name}</label>
              {isShown && (
                <span className="column-tools">
                  <Button kind="quiet" label={t('queue.columnLeft', { name })} onClick={() => { onColumns(moved(columns, id, -1)); }}><IconArrowUp aria-hidden /></Button>
                  <Button kind="quiet" label={t('queue.columnRight', { name })} onClick={() => { onColumns(moved(columns, id, 1)); }}><IconArrowDown aria-hidden /></Button>
                  <Button kind="quiet" label={t('queue.columnNarrower', { name })} onClick={() => { onColumns(widened(columns, id, -1, widthOf(id))); }}><IconMinus aria-hidden /></Button>
                  <Button kind="quiet" label={t('queue.columnWider', { name })} onClick={() => { onColumns(widened(columns, id, 1, widthOf(id))); }}><IconPlus aria-hidden /></Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="muted">{t('queue.columnKeys')}</p>
      <div><Button onClick={() => { onColumns(DEFAULT_COLUMNS); }}>{t('queue.columnsReset')}</Button></div>
    </>
  );
}
