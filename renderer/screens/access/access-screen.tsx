import './access.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AccessAnswer, AccessEntry, AccessFilter } from '../../../contract/access-log.ts';
import { GROUNDS, type Ground } from '../../../contract/personal.ts';
import { formatDate, formatDateTime, nextDay } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import type { LiveMeta } from '../../touched.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSettled } from '../../ui/settled.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Day } from '../queue/filter/filter-panel.tsx';

type Place = 'station' | 'province';
const ALL: AccessFilter = { personId: null, issueNo: null, fromMs: null, toMs: null, grounds: null };
/** What was opened by a reason: looked at first. */
const APART: readonly Ground[] = ['emergency', 'inspection', 'export'];

/** Who has read whose personal data, when and why: of this machine at once, of all machines from the province. */
export function AccessScreen() {
  const t = useT();
  const [of, setOf] = useState<Place>('station');
  const [filter, setFilter] = useState(ALL);
  const table = useRef<HTMLDivElement>(null);
  const narrow = (change: Partial<AccessFilter>): void => { setFilter(now => ({ ...now, ...change })); };
  const isApart = filter.grounds !== null && filter.grounds.length === APART.length;
  useShortcuts('screen', [
    { keys: 'alt+1', label: t('personal.log.tab'), hint: 'Alt 1–2', run: () => { setOf('station'); }, whileTyping: true },
    { keys: 'alt+2', label: t('personal.log.tab'), run: () => { setOf('province'); }, whileTyping: true },
    { keys: 'arrowdown', label: t('directory.keys.move'), hint: '↑↓', run: () => { moveRow(table.current, 1); } },
    { keys: 'arrowup', label: t('directory.keys.move'), run: () => { moveRow(table.current, -1); } },
  ]);
  return (
    <div className="access">
      <header>
        <h1>{t('personal.log.title')}</h1>
        <div className="switch" role="tablist" aria-label={t('personal.log.title')}>
          {(['station', 'province'] as const).map(place => <button key={place} type="button" role="tab" aria-selected={of === place} onClick={() => { setOf(place); }}>{t(`personal.log.of.${place}`)}</button>)}
        </div>
        <Button kind={isApart ? 'outline' : 'plain'} pressed={isApart} onClick={() => { narrow({ grounds: isApart ? null : [...APART] }); }}>{t('personal.log.apart')}</Button>
      </header>
      <Filters filter={filter} onChange={narrow} />
      <div className="rows" ref={table} tabIndex={0} role="region" aria-label={t('personal.log.title')}>
        <Lines key={of} of={of} filter={filter} onAll={filter === ALL ? null : () => { setFilter(ALL); }} />
      </div>
    </div>
  );
}

/** Arrow keys walk through the lines that name a record. */
function moveRow(table: HTMLElement | null, step: number): void {
  const links = [...table?.querySelectorAll<HTMLElement>('tbody a') ?? []];
  const at = links.findIndex(link => link === document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
}

function Filters({ filter, onChange }: { filter: AccessFilter; onChange: (change: Partial<AccessFilter>) => void }) {
  const t = useT();
  const people = useLive(['directory.people'], ['org', 'session'], core => core.directory.people({})).data ?? [];
  const dayOf = filter.fromMs;
  return (
    <div className="filters">
      <Field label={t('personal.log.person')}>
        {control => (
          <select {...control} className="input sm" value={filter.personId ?? ''} onChange={event => { onChange({ personId: event.target.value === '' ? null : event.target.value }); }}>
            <option value="">{t('app.all')}</option>
            {people.map(person => <option key={person.id} value={person.id}>{person.name}</option>)}
          </select>
        )}
      </Field>
      <Field label={t('personal.log.record')}>
        {control => <input {...control} className="input sm" value={filter.issueNo ?? ''} maxLength={120} spellCheck={false} autoComplete="off" placeholder="115-2026-000123" onChange={event => { onChange({ issueNo: event.target.value.trim() === '' ? null : event.target.value }); }} />}
      </Field>
      <Day label={t('personal.log.day')} value={dayOf === null ? '' : formatDate(dayOf)} onChange={atMs => { onChange({ fromMs: atMs, toMs: atMs === null ? null : nextDay(atMs) }); }} />
      <Field label={t('personal.log.ground')}>
        {control => (
          <select {...control} className="input sm" value={filter.grounds?.length === 1 ? filter.grounds[0] : ''} onChange={event => { const ground = GROUNDS.find(one => one === event.target.value); onChange({ grounds: ground === undefined ? null : [ground] }); }}>
            <option value="">{t('app.all')}</option>
            {GROUNDS.map(ground => <option key={ground} value={ground}>{t(`personal.ground.${ground}`)}</option>)}
          </select>
        )}
      </Field>
    </div>
  );
}

/** Pages of the log. What this machine adds or sends is seen at once; of the others, when they are asked for again. */
function useLines(of: Place, filter: AccessFilter) {
  const trimmed = { ...filter, issueNo: useSettled(filter.issueNo?.trim() ?? null) };
  const meta: LiveMeta = { tables: of === 'station' ? ['access', 'session'] : ['session'] };
  return useInfiniteQuery({
    queryKey: ['accessLog.list', of, trimmed], initialPageParam: null as string | null, meta,
    queryFn: ({ pageParam }) => client.accessLog.list({ of, filter: trimmed, after: pageParam }), getNextPageParam: (last: AccessAnswer) => last.next, placeholderData: before => before,
  });
}

function Lines({ of, filter, onAll }: { of: Place; filter: AccessFilter; onAll: (() => void) | null }) {
  const t = useT();
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useLines(of, filter);
  const again = <Button onClick={() => { void refetch(); }}>{t('app.retry')}</Button>;
  if (error !== null) return <div className="told"><ErrorNotice error={error} actions={again} />{of === 'province' && <p className="muted">{t('personal.log.needsLink')}</p>}</div>;
  if (data === undefined) return <p className="told muted">{t('app.loading')}</p>;
  const entries = data.pages.flatMap(page => page.entries);
  const unsent = data.pages[0]?.unsent ?? 0;
  return (
    <>
      {unsent > 0 && <div className="told"><Notice tone="waiting">{t('personal.log.unsent', { n: unsent })}</Notice></div>}
      {entries.length === 0
        ? <EmptyState title={t(onAll === null ? 'personal.log.empty' : 'personal.log.none')}>{t(onAll === null ? 'personal.log.emptyMore' : 'personal.log.noneMore')}{onAll !== null && <p><Button onClick={onAll}>{t('personal.log.all')}</Button></p>}</EmptyState>
        : (
          <table>
            <thead><tr>{(['at', 'person', 'record', 'ground', 'reason', 'where'] as const).map(column => <th key={column} scope="col">{t(`personal.log.${column}`)}</th>)}</tr></thead>
            <tbody>{entries.map(entry => <Line key={entry.id} entry={entry} />)}</tbody>
          </table>
        )}
      {hasNextPage && <div className="told"><Button disabled={isFetching} onClick={() => { void fetchNextPage(); }}>{t('personal.log.more')}</Button></div>}
    </>
  );
}

function Line({ entry }: { entry: AccessEntry }) {
  const t = useT();
  const { issueId, ground } = entry;
  return (
    <tr>
      <td className="at">{formatDateTime(entry.atMs)}</td>
      <td>{entry.personName || t('app.unknown')}</td>
      <td>{ground === 'request' ? t('personal.log.ofRequest') : issueId === null ? t('personal.log.records', { n: entry.records }) : entry.issueNo === '' ? <span className="muted">{t('personal.log.gone')}</span> : <a href={formatRoute({ screen: 'issue', id: issueId })}>{entry.issueNo}</a>}</td>
      <td><span className={APART.includes(ground) ? `apart ${ground}` : ''}>{t(`personal.ground.${ground}`)}</span></td>
      <td className="why">{entry.reason}</td>
      <td>{entry.station}{entry.sent === false && <span className="muted"> · {t('personal.log.notSent')}</span>}</td>
    </tr>
  );
}
