import './wallboard.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { formatDate, formatTime } from '../../contract/time.ts';
import { SERVICES } from '../../contract/org.ts';
import type { Wallboard } from '../../contract/wallboard.ts';
import { useColorScheme, useSettings } from '../frame/settings.ts';
import { useLinkStatus } from '../frame/station.ts';
import { useDay } from '../frame/top-bar.tsx';
import { queries, useWireState } from '../live-query.ts';
import { texts, useLanguage, useT } from '../strings/text.ts';
import { clock, useNow } from '../ui/clock.ts';
import { errorOf } from '../ui/error-text.ts';
import { ServiceTag } from '../ui/marks.tsx';
import { placeName, Urgent } from './urgent.tsx';
import { coreState, wallLinks } from './links.ts';
import { isOld } from './old.ts';
import { useBoard, type BoardState } from './use-board.ts';

type Board = NonNullable<Wallboard>;

/** The screen on the wall: read from four metres, touched by nobody, without a word about persons. */
export function WallboardPage() {
  return <QueryClientProvider client={queries}><Wall /></QueryClientProvider>;
}

function Wall() {
  const t = useT();
  const settings = useSettings();
  const scheme = useColorScheme(settings.theme);
  const state = useBoard();
  const offsetMs = useLinkStatus()?.serverOffsetMs ?? null;
  useEffect(() => { if (offsetMs !== null) clock.correct(offsetMs); }, [offsetMs]);
  useEffect(() => { document.documentElement.dataset['mantineColorScheme'] = scheme; }, [scheme]);
  useEffect(() => {
    document.documentElement.lang = settings.language;
    void texts.changeLanguage(settings.language);
  }, [settings.language]);
  useEffect(() => { document.title = `${t('wallboard.title')} · IOC Console`; });
  const { board } = state;
  return (
    <div className="wall">
      <Top state={state} />
      {board === undefined || board === null || isNobodyThere(state.error)
        ? <Nothing state={state} />
        : <main><Urgent board={board} /><aside><Lines lines={board.lines} /><Sites board={board} /></aside></main>}
      <Links />
    </div>
  );
}

function isNobodyThere(error: unknown): boolean {
  return error !== null && errorOf(error).code === 'auth/not-signed-in';
}

function Top({ state }: { state: BoardState }) {
  const t = useT();
  const nowMs = useNow();
  const [weekday] = useDay(nowMs).split(', ');
  const { board, gotAtMs, error } = state;
  const isCut = useWireState() !== 'open';
  // Whoever signs out takes the figures' ground away: what is shown is of then.
  const isStale = isCut || error !== null || isOld(gotAtMs, performance.now());
  const at = board === undefined || board === null ? null : formatTime(board.atMs, true);
  return (
    <header>
      <div className="name"><strong>{board?.siteName ?? t('app.name')}</strong><span className="muted">{(board?.lines ?? []).map(line => t(`domain.service.${line.service}`)).join(' · ')}</span></div>
      <div className={`data ${isStale ? 'old' : ''}`} role="status"><i aria-hidden />{at === null ? t('wallboard.noData') : t(isStale ? 'wallboard.oldData' : 'wallboard.dataAt', { at })}</div>
      <time>{formatTime(nowMs, true)}</time>
      <div className="day muted"><span>{weekday}</span><span>{formatDate(nowMs)}</span></div>
    </header>
  );
}

function Nothing({ state: { board, error } }: { state: BoardState }) {
  const t = useT();
  if (error === null) return <main className="nothing"><p>{t(board === undefined || board === null ? 'wallboard.loading' : 'wallboard.none')}</p></main>;
  const isNobody = isNobodyThere(error);
  return <main className="nothing"><strong>{t(isNobody ? 'wallboard.notSignedIn' : 'wallboard.failed')}</strong><p>{t(isNobody ? 'wallboard.notSignedInMore' : 'wallboard.failedMore')}</p></main>;
}

function Lines({ lines }: { lines: Board['lines'] }) {
  const t = useT();
  const number = useNumber();
  return (
    <table>
      <thead><tr><td /><th scope="col">{t('wallboard.column.open')}</th><th scope="col">{t('wallboard.column.today')}</th><th scope="col">{t('wallboard.column.overdue')}</th></tr></thead>
      <tbody>{lines.map(({ service, open, today, overdue }) => (
        <tr key={service}><th scope="row"><ServiceTag service={service} /></th><td>{number(open)}</td><td>{number(today)}</td><td className={overdue > 0 ? 'danger' : 'muted'}>{number(overdue)}</td></tr>
      ))}</tbody>
    </table>
  );
}

/** Rows of the lower table that have room beside all lines. */
const MAX_SITES = SERVICES.length + 3;

/** Where the work is: only where there is more than one place. */
function Sites({ board: { sites, lines } }: { board: Board }) {
  const t = useT();
  const number = useNumber();
  if (sites.length < 2) return null;
  const busiest = sites.toSorted((a, b) => b.overdue - a.overdue || b.open - a.open || a.name.localeCompare(b.name, 'vi')).slice(0, MAX_SITES - lines.length);
  return (
    <table className="sites">
      <thead><tr><th scope="col">{t('wallboard.column.site')}</th><th scope="col">{t('wallboard.column.open')}</th><th scope="col">{t('wallboard.column.overdue')}</th></tr></thead>
      <tbody>{busiest.map(({ name, open, overdue }) => <tr key={name}><th scope="row">{placeName(name)}</th><td>{number(open)}</td><td className={overdue > 0 ? 'danger' : 'muted'}>{number(overdue)}</td></tr>)}</tbody>
    </table>
  );
}

function Links() {
  const t = useT();
  const nowMs = useNow();
  const coreIs = coreState(useWireState(), performance.now());
  const links = wallLinks(coreIs, useLinkStatus(), nowMs);
  const broken = links.filter(link => link.isBroken).length;
  return (
    <footer>
      <h2>{t('wallboard.links')} <span className={broken > 0 ? 'warning' : 'muted'}>· {broken > 0 ? t('wallboard.broken', { count: broken }) : t(coreIs === 'connecting' ? 'wallboard.connecting' : 'wallboard.allWell')}</span></h2>
      <ul>{links.map(({ key, isBroken, words, facts }) => (
        <li key={key} className={isBroken ? 'broken' : ''}><i aria-hidden /><div><strong>{t(`wallboard.link.${key}`)}</strong><span>{t(words, facts)}</span></div></li>
      ))}</ul>
    </footer>
  );
}

function useNumber(): (value: number) => string {
  const language = useLanguage();
  const number = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB');
  return value => number.format(value);
}
