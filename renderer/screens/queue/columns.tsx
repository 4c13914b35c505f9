import type { ColDef, ICellRendererParams, IHeaderParams } from 'ag-grid-community';
import { isOpen } from '../../../contract/issue.ts';
import { t, useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { PartMark, ServiceTag, SeverityBadge, StateMark, SyncMark } from '../../ui/marks.tsx';
import { DueClock } from './due-clock.tsx';
import { shortNo, type QueueRow } from './rows.ts';

type Cell = ICellRendererParams<QueueRow>;

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
  return data === undefined ? null : <DueClock dueAtMs={data.dueAtMs} warnAtMs={data.warnAtMs} isOpen={isOpen(data.state) && !data.isPart} />;
}

function SyncCell({ data }: Cell) {
  return data === undefined ? null : <SyncMark sync={data.sync} short />;
}

function HiddenHeader({ displayName }: IHeaderParams<QueueRow>) {
  return <span className="hidden-text">{displayName}</span>;
}

/** The columns at a text scale, in the language of the window. Widths are those of the drawings. */
export function queueColumns(scale: number): ColDef<QueueRow>[] {
  const fixed = (width: number): ColDef<QueueRow> => ({ width: width * scale, minWidth: width * scale, maxWidth: width * scale });
  return [
    { colId: 'severity', headerName: t('queue.column.severity'), cellRenderer: SeverityCell, ...fixed(52) },
    { colId: 'number', headerName: t('queue.column.number'), cellRenderer: NumberCell, ...fixed(132) },
    { colId: 'content', headerName: t('queue.column.content'), cellRenderer: ContentCell, flex: 1, minWidth: 160 * scale },
    { colId: 'state', headerName: t('queue.column.state'), cellRenderer: StateCell, ...fixed(138) },
    { colId: 'due', headerName: t('queue.column.due'), cellRenderer: DueCell, ...fixed(96) },
    { colId: 'sync', headerName: t('queue.column.sync'), cellRenderer: SyncCell, headerComponent: HiddenHeader, ...fixed(34) },
  ];
}
