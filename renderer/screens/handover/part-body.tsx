import type { ReactNode } from 'react';
import type { HandoverContent, HandoverFault, HandoverRecord } from '../../../contract/documents/handover.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { ServiceTag, SeverityBadge, StateMark } from '../../ui/marks.tsx';
import { dueFace } from '../queue/due.ts';
import { scopeOf, type Part, type Parts } from './parts.ts';

interface PartBodyProps {
  part: Part; parts: Parts; toMs: number;
  /** On paper nothing can be pressed. */
  onPaper?: boolean;
  /** Where who goes writes what is to be done next, instead of the words. */
  next?: (record: HandoverRecord) => ReactNode;
  /** Instead of the text that a person has written in the part. */
  typed?: ReactNode;
}

/** Whose figures these are, and what is not counted in them: on the form, where it is read, and on paper. */
export function FiguresOf({ content, site }: { content: Pick<HandoverContent, 'lines' | 'beside'>; site: string }) {
  const t = useT();
  const { key, facts } = scopeOf(content);
  return <p className="handover-scope"><strong>{t('handover.figuresOf', { site, lines: content.lines.map(service => t(`domain.service.${service}`)).join(', ') })}</strong> {t(`handover.counted.${key}`, facts)}</p>;
}

/** Whose record it is, where it is another site's. */
function OtherSite({ site }: Pick<HandoverRecord, 'site'>) {
  const t = useT();
  return site === undefined ? null : <div className="muted">{t('handover.ofSite', { site: site === '' ? t('app.unknown') : site })}</div>;
}

/** What stands in one part of a handover, on the screen and on paper. */
export function PartBody({ part, parts, toMs, onPaper = false, next, typed }: PartBodyProps) {
  const t = useT();
  const nothing = <p className="muted">{t(`handover.none.${part}`)}</p>;
  switch (part) {
    case 'open': return (
      <>
        {parts.open.records.length > 0 && <OpenRecords records={parts.open.records} onPaper={onPaper} next={next} />}
        {parts.open.count === 0 ? nothing : parts.open.rest > 0 && <p className="muted">{t(`handover.rest.${restOf(parts)}`, { n: parts.open.rest, overdue: parts.open.restOverdue })}</p>}
      </>
    );
    case 'overdue': return parts.overdue.records.length === 0 ? nothing : (
      <ul>{parts.overdue.records.map(record => (
        <li key={record.id}><Number record={record} onPaper={onPaper} /> <Over dueAtMs={record.dueAtMs} toMs={toMs} /> <StateMark state={record.state} /><div className="clip2">{record.words}</div><OtherSite site={record.site} /><Next record={record} next={next} /></li>
      ))}</ul>
    );
    case 'unsent': return parts.unsent.faults.length + parts.unsent.records.length === 0 ? nothing : (
      <ul>
        {parts.unsent.faults.map((fault, i) => <li key={i}><Fault {...fault} /></li>)}
        {parts.unsent.records.length > 0 && <li>{t('handover.unsentRecords')} {parts.unsent.records.map(record => record.no).join(', ')}</li>}
      </ul>
    );
    case 'alarms': return (
      <>
        {parts.alarms.records.length > 0 && <ul>{parts.alarms.records.map(record => <li key={record.id}><SeverityBadge severity={record.severity} /> <Number record={record} onPaper={onPaper} /> <span className="strong">{t('handover.ringing')}</span><div className="clip2">{record.words}</div><OtherSite site={record.site} />{!isListed(record, parts) && <Next record={record} next={next} />}</li>)}</ul>}
        {typed ?? (parts.alarms.warnings.length > 0 ? <ul>{parts.alarms.warnings.map((text, i) => <li key={i}>{text}</li>)}</ul> : parts.alarms.records.length === 0 && nothing)}
      </>
    );
    case 'equipment': {
      const own = typed === undefined ? parts.equipment.faults : parts.equipment.faults.filter(({ kind }) => kind !== 'typed');
      return <>{own.length > 0 && <ul>{own.map((fault, i) => <li key={i}><Fault {...fault} /></li>)}</ul>}{typed ?? (own.length === 0 && nothing)}</>;
    }
    case 'instructions': case 'notes': return typed ?? (parts[part] === '' ? nothing : <p className="text">{parts[part]}</p>);
  }
}

/** Whether part 1 or 2 says of the record what is to be done next. */
const isListed = (record: HandoverRecord, { open, overdue }: Parts): boolean => open.records.includes(record) || overdue.records.includes(record);

/** Where the open records are that part 1 does not list. */
function restOf({ open: { rest, restOverdue } }: Parts): 'queue' | 'overdue' | 'both' {
  if (restOverdue === 0) return 'queue';
  return rest === restOverdue ? 'overdue' : 'both';
}

/** What is to be done next about a record of a list, under it; nothing where nothing was written. */
function Next({ record, next }: { record: HandoverRecord; next: ((record: HandoverRecord) => ReactNode) | undefined }) {
  const t = useT();
  const said = next === undefined ? record.next : next(record);
  return said === '' ? null : <div className="next"><span className="muted">{t('handover.column.next')}:</span> {said}</div>;
}

/** By how much it was overdue when the figures were taken. */
function Over({ dueAtMs, toMs }: { dueAtMs: number | null; toMs: number }) {
  const t = useT();
  const { span } = dueFace(dueAtMs, null, toMs);
  return span === null ? null : <span className="danger strong">{t('queue.due.over', { span: t(`queue.due.${span.key}`, span.facts) })}</span>;
}

/** A line of the machine's own, or what a person has written. */
function Fault({ kind, text, count, sinceMs }: HandoverFault) {
  const t = useT();
  return kind === 'typed' ? text : t(`handover.fault.${kind}`, { n: count ?? 0, at: sinceMs === null ? t('app.unknown') : formatDateTime(sinceMs) });
}

function Number({ record, onPaper }: { record: HandoverRecord; onPaper: boolean }) {
  return onPaper ? <span className="strong">{record.no}</span> : <a href={formatRoute({ screen: 'issue', id: record.id })}>{record.no}</a>;
}

function OpenRecords({ records, onPaper, next }: { records: readonly HandoverRecord[]; onPaper: boolean; next?: ((record: HandoverRecord) => ReactNode) | undefined }) {
  const t = useT();
  return (
    <table>
      <thead><tr>{(['severity', 'number', 'words', 'state', 'next'] as const).map(column => <th key={column} scope="col">{t(`handover.column.${column}`)}</th>)}</tr></thead>
      <tbody>{records.map(record => (
        <tr key={record.id}>
          <td><SeverityBadge severity={record.severity} /></td>
          <td><ServiceTag service={record.service} /> <Number record={record} onPaper={onPaper} /></td>
          <td><div className="clip2">{[record.words, record.place].filter(text => text !== '').join(' · ')}</div><OtherSite site={record.site} /></td>
          <td><StateMark state={record.state} /></td>
          <td>{next === undefined ? record.next : next(record)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
