import { IconCheck } from '@tabler/icons-react';
import type { ColDef, ICellRendererParams, IHeaderParams } from 'ag-grid-community';
import { isOpen } from '../../../contract/issue.ts';
import type { QueueColumn, ViewColumn } from '../../../contract/saved-view.ts';
import { formatDate, formatDateTime, formatTime } from '../../../contract/time.ts';
import { useCategories } from '../../policy.ts';
import { t, useLanguage, useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { PartMark, ServiceTag, SeverityBadge, StateMark, SyncMark } from '../../ui/marks.tsx';
import { OWN_WIDTHS, ROOMY_WIDTHS, shownColumns } from './columns/column-list.ts';
import { DueClock } from './due-clock.tsx';
import { SurveyDue } from './survey/survey-due.tsx';
import { shortNo, type QueueRow } from './rows.ts';

type Cell = ICellRendererParams<QueueRow>;

function ChosenCell({ data }: Cell) {
  const words = useT();
  if (data === undefined) return null;
  return <span className="cell-chosen" role="checkbox" aria-checked={data.chosen} aria-label={words('queue.mark')} title={words('queue.mark')}>{data.chosen && <IconCheck aria-hidden />}</span>;
}

function SeverityCell({ data }: Cell) {
  return data === undefined ? null : <SeverityBadge severity={data.severity} />;
}

function NumberCell({ data }: Cell) {
  if (data === undefined) return null;
  return <span className="cell-number"><ServiceTag service={data.service} /><span title={data.displayNo ?? data.provisionalNo}>{shortNo(data.displayNo, data.provisionalNo, clock.nowMs)}</span></span>;
}

function ContentCell({ data }: Cell) {
  const words = useT();
  if (data === undefined) return <span className="cell-waiting" aria-hidden />;
  const isUrgent = data.severity === 'P1' || data.severity === 'P2';
  return (
    <span className="cell-content" title={`${data.description} · ${data.place}`}>
      {data.gone && <em>{words('queue.gone')} · </em>}
      {isUrgent ? <b>{data.description}</b> : data.description}{data.place !== '' && <span className="muted"> · {data.place}</span>}
    </span>
  );
}

function StateCell({ data }: Cell) {
  return data === undefined ? null : data.isPart ? <PartMark /> : <StateMark state={data.state} />;
}

function DueCell({ data }: Cell) {
  if (data?.state === 'closed') return <SurveyDue issue={data} />;
  return data === undefined ? null : <DueClock dueAtMs={data.dueAtMs} warnAtMs={data.warnAtMs} isOpen={isOpen(data.state) && !data.isPart} />;
}

function SyncCell({ data }: Cell) {
  return data === undefined ? null : <SyncMark sync={data.sync} short />;
}

/** The time of a record of today, the day too of an older one. */
function ReceivedCell({ data }: Cell) {
  if (data === undefined || data.receivedAtMs === 0) return null;
  const isToday = formatDate(data.receivedAtMs) === formatDate(clock.nowMs);
  return <span className="cell-plain" title={formatDateTime(data.receivedAtMs)}>{isToday ? formatTime(data.receivedAtMs) : formatDateTime(data.receivedAtMs)}</span>;
}

function CategoryCell({ data }: Cell) {
  const language = useLanguage();
  const code = data?.category ?? '';
  return <Plain text={useCategories().find(c => c.code === code)?.[language] ?? code} />;
}

function Plain({ text }: { text: string | undefined }) {
  return <span className="cell-plain" title={text}>{text}</span>;
}

const CELLS: Readonly<Record<QueueColumn, (params: Cell) => React.ReactNode>> = {
  severity: SeverityCell, number: NumberCell, content: ContentCell, state: StateCell, due: DueCell, sync: SyncCell, received: ReceivedCell, category: CategoryCell,
  area: ({ data }) => <Plain text={data?.areaName} />, unit: ({ data }) => <Plain text={data?.unitName} />, author: ({ data }) => <Plain text={data?.authorName} />,
};

function HiddenHeader({ displayName }: IHeaderParams<QueueRow>) {
  return <span className="hidden-text">{displayName}</span>;
}

const NARROWEST = 34;
const MARK_WIDTH = 30;
/** What a column that grows takes of the room, beside the one that takes what is left. */
const ROOMY_PART = 0.24;

/** The shown columns at a text scale, in the language of the window, after the one of the marks. Their own widths are those of the drawings. */
export function queueColumns(scale: number, columns: readonly ViewColumn[]): ColDef<QueueRow>[] {
  const marks: ColDef<QueueRow> = { colId: 'chosen', headerName: t('queue.mark'), cellRenderer: ChosenCell, headerComponent: HiddenHeader, width: MARK_WIDTH * scale, minWidth: MARK_WIDTH * scale, resizable: false };
  return [marks, ...shownColumns(columns).map(({ id, width }): ColDef<QueueRow> => {
    const px = width ?? OWN_WIDTHS[id];
    const roomy = width === null ? ROOMY_WIDTHS[id] : undefined;
    const size: ColDef<QueueRow> = px === null ? { flex: 1, minWidth: 160 * scale } : roomy !== undefined ? { flex: ROOMY_PART, minWidth: px * scale, maxWidth: roomy * scale } : { flex: 0, width: px * scale, minWidth: NARROWEST * scale };
    return { colId: id, headerName: t(`queue.column.${id}`), cellRenderer: CELLS[id], ...(id === 'sync' ? { headerComponent: HiddenHeader } : {}), ...size };
  })];
}
