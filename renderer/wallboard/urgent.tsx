import type { Wallboard } from '../../contract/wallboard.ts';
import { dueFace, spanFace } from '../screens/queue/due.ts';
import { useCategories } from '../policy.ts';
import { shortNo } from '../screens/queue/rows.ts';
import { useLanguage, useT } from '../strings/text.ts';
import { useNow } from '../ui/clock.ts';
import { ServiceTag, SeverityBadge, StateMark } from '../ui/marks.tsx';
import { fittingRows } from './fit.ts';

type Board = NonNullable<Wallboard>;

/** Room for rows at 1920×1080. */
const ROOM = 640;
const MINUTE_MS = 60_000;

/** Open P1 and P2, most urgent first: as many as can be read, the rest as a number. */
export function Urgent({ board: { urgent, rows } }: { board: Board }) {
  const t = useT();
  const shown = fittingRows(rows, ROOM);
  return (
    <section>
      <h2>{t('wallboard.urgent')} <b>{urgent.total}</b> {urgent.overdue > 0 && <span className="danger">{t('wallboard.overdue', { count: urgent.overdue })}</span>}</h2>
      {urgent.total === 0 && <p className="muted">{t('wallboard.none')}</p>}
      <ol>{shown.map(row => <Row key={row.id} row={row} />)}</ol>
      {urgent.total > shown.length && <p className="muted">{t('wallboard.more', { count: urgent.total - shown.length })}</p>}
    </section>
  );
}

/** Where a site is: "IOC huyện Đồng Phú" is too long a word for a wall. */
export function placeName(site: string): string {
  return site.replace(/^IOC\s+/, '');
}

function Row({ row }: { row: Board['rows'][number] }) {
  const t = useT();
  const language = useLanguage();
  const nowMs = useNow();
  const categories = useCategories();
  const category = categories.find(one => one.code === row.category);
  const age = useAge(row.receivedAtMs, nowMs);
  const { tone, span } = dueFace(row.dueAtMs, row.warnAtMs, nowMs);
  // Where no clock runs, how long it has been open is what counts.
  const clockWords = span === null ? age.span : t(tone === 'over' ? 'wallboard.over' : 'wallboard.left', { span: t(`wallboard.span.${span.key}`, span.facts) });
  const site = placeName(row.site);
  const no = shortNo(row.no.startsWith('TẠM') ? null : row.no, row.no, nowMs);
  return (
    <li className={row.severity}>
      <SeverityBadge severity={row.severity} /><ServiceTag service={row.service} />
      <div className="what">
        <strong>{category === undefined ? row.category : category[language]} <span className="no">{no}</span></strong>
        <span className="muted">{(span === null ? [row.area, row.area.endsWith(`, ${site}`) ? '' : site] : [age.words, row.area === '' ? site : row.area]).filter(text => text !== '').join(' · ')}</span>
      </div>
      <div className="how"><span className={`due ${tone}`}>{clockWords}</span><StateMark state={row.state} /></div>
    </li>
  );
}

/** How long ago, as a span and as a sentence; whole minutes, since nobody counts its seconds. */
function useAge(sinceMs: number, nowMs: number): { span: string; words: string } {
  const t = useT();
  const ageMs = Math.max(0, nowMs - sinceMs);
  const { key, facts } = spanFace(ageMs);
  const span = t(`wallboard.span.${key === 'seconds' ? 'minutes' : key}`, facts);
  return { span, words: ageMs < MINUTE_MS ? t('wallboard.justNow') : t('wallboard.age', { span }) };
}
