import { useRef, useState } from 'react';
import type { AttentionEntry } from '../../../contract/console.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { sentences } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useShowValue } from './attention-data.ts';
import { typedLines } from './attention-text.ts';
import { titleOf } from './attention-words.ts';
import { KindMark } from './kind-mark.tsx';
import { LostValues, type Choice } from './lost-values.tsx';
import { useWaysOut, type LeftEntry, type WaysOut } from './use-ways-out.ts';
import { fieldWords } from './value-words.ts';

export interface AttentionDetailProps { item: AttentionEntry; onLeft: (left: LeftEntry) => void; onExport: () => void }

/** One entry: the reason, when what happened, mine and the present values side by side, what had been typed, and the ways out. */
export function AttentionDetail({ item, onLeft, onExport }: AttentionDetailProps) {
  const t = useT();
  const show = useShowValue();
  const { locked } = useSession();
  const ways = useWaysOut(item, onLeft);
  const [choice, setChoice] = useState<Choice>({});
  const [copied, setCopied] = useState<number | 'failed' | null>(null);
  const typed = useRef<HTMLPreElement>(null);
  const lines = typedLines(item.payload, fieldWords, show);
  const { issueId } = item;
  const all = item.lost.map(({ field }) => field);
  const mine = all.filter(field => choice[field] !== 'theirs');

  const copy = (): void => {
    navigator.clipboard.writeText(lines.join('\n')).then(() => { setCopied(lines.length); }, () => {
      if (typed.current !== null) getSelection()?.selectAllChildren(typed.current);
      setCopied('failed');
    });
  };
  const open = (): void => { if (issueId !== null) goTo({ screen: 'issue', id: issueId }); };
  const send = (): void => { if (mine.length === 0) ways.takeTheirs(); else ways.keep(mine); };
  useShortcuts('panel', [
    { keys: 'ctrl+enter', label: t('health.keys.send'), hint: 'Ctrl+Enter', run: send, whileTyping: true, enabled: ways.mayChoose && !locked },
    { keys: '1', label: t('health.keys.mine'), hint: '1', run: () => { ways.keep(all); }, enabled: ways.mayChoose && !locked },
    { keys: '2', label: t('health.keys.theirs'), hint: '2', run: ways.takeTheirs, enabled: ways.mayDismiss && all.length > 0 && !locked },
    { keys: 'e', label: t('health.attention.again'), hint: 'E', run: ways.again, enabled: ways.mayAgain && !locked },
    { keys: 'f', label: t('health.keys.export'), hint: 'F', run: onExport, enabled: !locked },
    { keys: 'o', label: t('health.keys.open'), hint: 'O', run: open, enabled: issueId !== null && !locked },
    { keys: 'c', label: t('health.keys.copy'), hint: 'C', run: copy, enabled: lines.length > 0 && !locked },
    { keys: 'd', label: t('health.keys.seen'), hint: 'D', run: ways.dismiss, enabled: ways.mayDismiss && all.length === 0 && !locked },
  ]);
  return (
    <article className="attention-detail">
      <header>
        <div className="top"><KindMark item={item} /><span className="muted">{item.issueNo}</span>
          {issueId !== null && <Button kind="quiet" hint="O" onClick={open}>{t('health.attention.open')}</Button>}
        </div>
        <h2>{titleOf(item)}</h2>
        <Why item={item} />
      </header>
      <div className="body">
        <Moments item={item} />
        {all.length > 0 && <LostValues item={item} show={show} choice={choice} mayChoose={ways.mayChoose} onChoose={(field, side) => { setChoice({ ...choice, [field]: side }); }} />}
        {lines.length > 0 && <section className="typed"><h3>{t('health.attention.typed')}</h3><pre ref={typed}>{lines.join('\n')}</pre></section>}
        {!item.isMine && <p className="muted">{t('health.attention.hidden')}</p>}
        {lines.length === 0 && all.length === 0 && <p className="muted">{t('health.attention.nothingTyped')}</p>}
      </div>
      <div className="foot">
        {ways.error !== null && <ErrorNotice error={ways.error} />}
        {copied === 'failed' && <Notice tone="warning">{t('health.attention.copyFailed')}</Notice>}
        {ways.mayChoose && <WillSend item={item} mine={mine} theirs={all.filter(field => !mine.includes(field))} />}
        <Actions item={item} ways={ways} all={all} onSend={send} onExport={onExport} {...(lines.length > 0 ? { onCopy: copy } : {})} />
        {typeof copied === 'number' && <span className="muted" role="status">{t('health.attention.copied', { n: copied })}</span>}
      </div>
    </article>
  );
}

function Why({ item }: { item: AttentionEntry }) {
  const t = useT();
  if (item.status === 'held' && item.error === null) return <p>{t('health.attention.heldWhy')}</p>;
  if (item.error === null) return <p>{t(item.status === 'merged' ? 'health.attention.mergedWhy' : 'health.attention.conflictWhy')}</p>;
  const { what, todo } = sentences(item.error);
  return <p><span className="strong">{what}</span> {todo}</p>;
}

/** What happened when, in the order in which it happened as far as the clocks tell. */
function Moments({ item }: { item: AttentionEntry }) {
  const t = useT();
  const winner = item.lost.find(value => value.presentAtMs !== null);
  return (
    <ol className="moments">
      <li className="mine"><b>{formatDateTime(item.atMs)}</b> {t('health.attention.written')} · {item.byName}</li>
      {winner !== undefined && <li><b>{formatDateTime(winner.presentAtMs ?? 0)}</b> {t('health.attention.wonBy', { name: winner.presentBy === '' ? t('health.attention.nobody') : winner.presentBy })}</li>}
      <li>{item.status === 'held' ? t(heldSince(item)) : <><b>{formatDateTime(item.judgedAtMs)}</b> {t('health.attention.verdict')}</>}</li>
    </ol>
  );
}

function WillSend({ item, mine, theirs }: { item: AttentionEntry; mine: readonly string[]; theirs: readonly string[] }) {
  const t = useT();
  const words = (fields: readonly string[]): string => fields.map(field => fieldWords(field).toLowerCase()).join(', ');
  const written = t(item.isMine ? 'health.attention.ofMine' : 'health.attention.ofAuthor', { name: item.byName, fields: words(mine) });
  const parts = [mine.length > 0 ? written : '', mine.length > 0 && theirs.length > 0 ? t('health.attention.ofTheirs', { fields: words(theirs) }) : ''];
  return (
    <p className="will-send"><b>{t('health.attention.willSend')}</b> <span>{mine.length === 0 ? t('health.attention.willSendNothing') : parts.filter(part => part !== '').join(' · ')} <span className="muted">{t('health.attention.keptInLog')}</span></span></p>
  );
}

interface ActionsProps { item: AttentionEntry; ways: WaysOut; all: readonly string[]; onSend: () => void; onExport: () => void; onCopy?: () => void }

function Actions({ item, ways, all, onSend, onExport, onCopy }: ActionsProps) {
  const t = useT();
  const { isBusy } = ways;
  const isRefusal = all.length === 0;
  return (
    <div className="actions">
      {ways.mayChoose && all.length > 1 && <Button kind="primary" size="md" hint="Ctrl+Enter" disabled={isBusy} onClick={onSend}>{t('health.attention.sendChoice')}</Button>}
      {ways.mayChoose && <Button kind={all.length > 1 ? 'plain' : 'primary'} size="md" hint="1" disabled={isBusy} onClick={() => { ways.keep(all); }}>{t(item.isMine ? 'health.attention.keepMine' : 'health.attention.keepAuthor', { name: item.byName })}</Button>}
      {ways.mayDismiss && !isRefusal && <Button size="md" hint="2" disabled={isBusy} onClick={ways.takeTheirs}>{t('health.attention.takeTheirs')}</Button>}
      {ways.mayAgain && <Button kind={isRefusal ? 'primary' : 'plain'} size="md" hint="E" disabled={isBusy} onClick={ways.again}>{t(item.again === item.name ? 'health.attention.again' : 'health.attention.asNote')}</Button>}
      {ways.mayDismiss && isRefusal && <Button kind={ways.mayAgain ? 'plain' : 'primary'} size="md" hint="D" disabled={isBusy} onClick={ways.dismiss} title={t('health.attention.seenHint')}>{t('health.attention.seen')}</Button>}
      {!ways.mayDismiss && item.status !== 'held' && <span className="muted">{t('health.attention.notAllowed')}</span>}
      {onCopy !== undefined && <Button kind="quiet" size="md" hint="C" onClick={onCopy}>{t('health.attention.copy')}</Button>}
      <Button kind="quiet" size="md" hint="F" onClick={onExport}>{t('health.attention.export')}</Button>
    </div>
  );
}

function heldSince({ error }: AttentionEntry): 'health.attention.heldSince' | 'health.attention.authorSince' | 'health.attention.unknownSince' {
  if (error === null) return 'health.attention.heldSince';
  return error.code === 'sync/author-away' ? 'health.attention.authorSince' : 'health.attention.unknownSince';
}
