import { useMemo, useRef, useState } from 'react';
import { FOCAL_GAPS, focalGap, type FocalGap, type Reach } from '../../../contract/focal.ts';
import { SERVICES, type Person, type Service, type Unit } from '../../../contract/org.ts';
import { formatDate } from '../../../contract/time.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { useReach } from '../../reach.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ServiceTag } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { unitKindWords } from '../../unit-kind-words.ts';
import { byGivenName, matching, searchablePerson, searchableUnit, VI } from './directory-filter.ts';
import { FocalCell } from './focal-cell.tsx';
import './directory.css';

type Tab = 'units' | 'people';

/** Units with their focal points, and people; found by any part, without accents. */
export function DirectoryScreen() {
  const t = useT();
  const { locked } = useSession();
  const [tab, setTab] = useState<Tab>('units');
  const [text, setText] = useState('');
  const [service, setService] = useState<Service | null>(null);
  const [gap, setGap] = useState<FocalGap | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const find = (): void => { box.current?.focus(); box.current?.select(); };
  useShortcuts('screen', [
    { keys: '/', label: t('directory.keys.search'), hint: '/', run: find, enabled: !locked },
    { keys: 'arrowdown', label: t('directory.keys.move'), hint: '↑↓', run: () => { moveRow(table.current, 1); }, whileTyping: true, enabled: !locked },
    { keys: 'arrowup', label: t('directory.keys.move'), run: () => { moveRow(table.current, -1); }, whileTyping: true, enabled: !locked },
    { keys: 'alt+1', label: t('directory.keys.tab'), hint: 'Alt 1–2', run: () => { setTab('units'); }, whileTyping: true, enabled: !locked },
    { keys: 'alt+2', label: t('directory.keys.tab'), run: () => { setTab('people'); }, whileTyping: true, enabled: !locked },
  ]);
  return (
    <div className="directory">
      <header>
        <h1>{t('directory.title')}</h1>
        <div className="switch" role="tablist" aria-label={t('directory.title')}>
          {(['units', 'people'] as const).map(name => <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => { setTab(name); }}>{t(`directory.${name}`)}</button>)}
        </div>
        <label className="search"><span className="hidden-text">{t('app.search')}</span>
          <input ref={box} type="search" className="input sm" value={text} maxLength={100} spellCheck={false} autoComplete="off"
            placeholder={t(tab === 'units' ? 'directory.searchUnits' : 'directory.searchPeople')} onChange={event => { setText(event.target.value); }} /><KeyHint keys="/" />
        </label>
        {tab === 'units' && (
          <select className="input sm" aria-label={t('directory.service')} value={service ?? ''} onChange={event => { setService(SERVICES.find(s => s === event.target.value) ?? null); }}>
            <option value="">{t('directory.anyService')}</option>
            {SERVICES.map(s => <option key={s} value={s}>{t(`domain.serviceLong.${s}`)}</option>)}
          </select>
        )}
      </header>
      <div className="rows" ref={table}>
        {tab === 'units' ? <Units text={text} service={service} gap={gap} onGap={setGap} /> : <People text={text} />}
      </div>
    </div>
  );
}

/** Arrow keys walk through the rows; from the search box into the first one. */
function moveRow(table: HTMLElement | null, step: number): void {
  const rows = [...table?.querySelectorAll<HTMLElement>('tbody tr') ?? []];
  const at = rows.findIndex(row => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}

function useSiteNames(): ReadonlyMap<string, string> {
  const sites = useLive(['directory.sites'], ['org'], core => core.directory.sites({}));
  return useMemo(() => new Map((sites.data ?? []).map(site => [site.id, site.name])), [sites.data]);
}

function Units({ text, service, gap, onGap }: { text: string; service: Service | null; gap: FocalGap | null; onGap: (gap: FocalGap | null) => void }) {
  const t = useT();
  const nowMs = useMinute();
  const reachOf = useReach();
  const sites = useSiteNames();
  const units = useLive(['directory.units', '', false, null], ['org'], core => core.directory.units({ text: '', handlingOnly: false, service: null }));
  const all = useMemo(() => (units.data ?? []).toSorted((a, b) => VI.compare(a.name, b.name)).map(unit => searchableUnit(unit, `${sites.get(unit.siteId) ?? ''} ${unitKindWords(t, unit.kind)}`)), [units.data, sites]);
  const gaps = useMemo(() => new Map(all.map(row => [row.item.id, focalGap(row.item, nowMs)])), [all, nowMs]);
  const shown = useMemo(() => matching(all, text).filter(unit => (service === null || unit.services.includes(service)) && (gap === null || gaps.get(unit.id) === gap)), [all, text, service, gap, gaps]);
  if (units.error !== null) return <ErrorNotice error={units.error} />;
  if (units.data === undefined) return <p className="muted">{t('app.loading')}</p>;
  if (all.length === 0) return <EmptyState title={t('directory.units')}>{t('directory.empty')}</EmptyState>;
  return (
    <>
      <div className="above">
        <Gaps gaps={[...gaps.values()]} shown={gap} onShow={onGap} />
        <span className="muted count">{t('directory.count', { n: shown.length, total: all.length })}</span>
      </div>
      <table>
        <thead><tr>{(['unit', 'service', 'phone', 'focal', 'site'] as const).map(c => <th key={c} scope="col">{t(`directory.${c}`)}</th>)}</tr></thead>
        <tbody>{shown.map(unit => <UnitRow key={unit.id} unit={unit} site={sites.get(unit.siteId) ?? ''} reach={reachOf(unit)} nowMs={nowMs} />)}</tbody>
      </table>
      {shown.length === 0 && <p className="muted none">{t('directory.none')}</p>}
    </>
  );
}

/** How many handling units lack what Q13.5 asks for; each count shows its units, and once more shows all. */
function Gaps({ gaps, shown, onShow }: { gaps: readonly (FocalGap | null)[]; shown: FocalGap | null; onShow: (gap: FocalGap | null) => void }) {
  const t = useT();
  const counts = FOCAL_GAPS.map(gap => ({ gap, n: gaps.filter(one => one === gap).length })).filter(({ gap, n }) => n > 0 || gap === shown);
  if (counts.length === 0) return null;
  const buttons = counts.map(({ gap, n }) => <Button key={gap} kind={gap === shown ? 'outline' : 'plain'} pressed={gap === shown} onClick={() => { onShow(gap === shown ? null : gap); }}>{t(`directory.gap.${gap}`)}: {n}</Button>);
  return <Notice tone="warning" actions={<>{buttons}{shown !== null && <Button onClick={() => { onShow(null); }}>{t('directory.gapsAll')}</Button>}</>}>{t('directory.gaps')}</Notice>;
}

function UnitRow({ unit, site, reach, nowMs }: { unit: Unit; site: string; reach: Reach; nowMs: number }) {
  const t = useT();
  const head = unit.head ?? null;
  const hasEnded = unit.effectiveToMs !== null && unit.effectiveToMs <= nowMs;
  const about = [unitKindWords(t, unit.kind), unit.handling ? t('directory.handling') : '', hasEnded ? t('directory.ended', { date: formatDate(unit.effectiveToMs ?? 0) }) : ''].filter(part => part !== '');
  return (
    <tr tabIndex={-1} className={hasEnded ? 'ended' : undefined}>
      <td><div className="strong">{unit.name}</div><div className="muted small">{about.join(' · ')}</div></td>
      <td><span className="services">{unit.services.map(s => <ServiceTag key={s} service={s} />)}</span></td>
      <td><div className="phone">{unit.phone}</div>{head !== null && reach.reason !== 'head' && <div className="muted small">{t('reach.head')}: {head.name} <span className="phone">{head.phone}</span></div>}</td>
      <td>{hasEnded ? <span className="muted">—</span> : <FocalCell unit={unit} reach={reach} nowMs={nowMs} />}</td>
      <td className="muted">{site}</td>
    </tr>
  );
}

function People({ text }: { text: string }) {
  const t = useT();
  const mayRead = useMay('directory.read');
  const sites = useSiteNames();
  const units = useLive(['directory.units', '', false, null], ['org'], core => core.directory.units({ text: '', handlingOnly: false, service: null }));
  const people = useLive(['directory.people'], ['org'], core => core.directory.people({}), { enabled: mayRead });
  const unitNames = useMemo(() => new Map((units.data ?? []).map(unit => [unit.id, unit.name])), [units.data]);
  const placeOf = (person: Person): string => (person.unitId === null ? undefined : unitNames.get(person.unitId)) ?? sites.get(person.siteId) ?? '';
  const all = useMemo(() => (people.data ?? []).toSorted(byGivenName).map(person => searchablePerson(person, sites.get(person.siteId) ?? '', unitNames.get(person.unitId ?? '') ?? '')), [people.data, sites, unitNames]);
  const shown = useMemo(() => matching(all, text), [all, text]);
  if (!mayRead) return <p className="muted none">{t('directory.notAllowed')}</p>;
  if (people.error !== null) return <ErrorNotice error={people.error} />;
  if (people.data === undefined) return <p className="muted">{t('app.loading')}</p>;
  return (
    <>
      <div className="above"><span className="muted count">{t('directory.count', { n: shown.length, total: all.length })}</span></div>
      <table>
        <thead><tr>{(['person', 'personTitle', 'roles', 'service', 'site'] as const).map(c => <th key={c} scope="col">{t(`directory.${c}`)}</th>)}</tr></thead>
        <tbody>
          {shown.map(person => (
            <tr key={person.id} tabIndex={-1} className={person.active ? undefined : 'ended'}>
              <td className="strong">{person.name}</td><td>{person.title}</td>
              <td>{person.roles.map(role => t(`domain.role.${role}`)).join(', ')}{!person.active && <span className="muted"> · {t('directory.inactive')}</span>}</td>
              <td><span className="services">{person.services.map(s => <ServiceTag key={s} service={s} />)}</span></td>
              <td className="muted">{placeOf(person)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="muted none">{t('directory.none')}</p>}
    </>
  );
}
