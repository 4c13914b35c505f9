import { useRef, useState } from 'react';
import type { Attention } from '../../../contract/console.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { sentences } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { diffWords, typedLines, type DiffPart } from './attention-text.ts';
import { titleOf } from './attention-words.ts';
import { KindMark } from './kind-mark.tsx';
import { formOfPayload } from '../intake/form-of-payload.ts';
import { fieldWords, valueWords } from './value-words.ts';

/** Names of units and areas, for the ids in a payload. */
function useNames(): ReadonlyMap<string, string> {
  const units = useLive(['directory.units', '', false, null], ['org'], core => core.directory.units({ text: '', handlingOnly: false, service: null }));
  const areas = useLive(['directory.areas'], ['org'], core => core.directory.areas({}));
  return new Map([...units.data ?? [], ...areas.data ?? []].map(row => [row.id, row.name]));
}

/** One entry: the reason, when what happened, mine and the server's values side by side, what had been typed. */
export function AttentionDetail({ item }: { item: Attention }) {
  const t = useT();
  const language = useLanguage();
  const names = useNames();
  const { locked } = useSession();
  const mayDismiss = useMay('attention.dismiss');
  const [error, setError] = useState<unknown>(null);
  const [copied, setCopied] = useState<number | 'failed' | null>(null);
  const typed = useRef<HTMLPreElement>(null);
  const lines = typedLines(item.payload, fieldWords, (key, value) => valueWords(key, value, names, language));
  const { issueId } = item;

  const copy = (): void => {
    navigator.clipboard.writeText(lines.join('\n')).then(() => { setCopied(lines.length); }, () => {
      if (typed.current !== null) getSelection()?.selectAllChildren(typed.current);
      setCopied('failed');
    });
  };
  const dismiss = (): void => { client.sync.dismiss({ n: item.n }).catch(setError); };
  const open = (): void => { if (issueId !== null) goTo({ screen: 'issue', id: issueId }); };
  const again = useReceiveAgain(item, setError);
  useShortcuts('panel', [
    { keys: 'e', label: t('health.attention.again'), hint: 'E', run: again.run, enabled: again.isPossible && !locked },
    { keys: 'o', label: t('health.keys.open'), hint: 'O', run: open, enabled: issueId !== null && !locked },
    { keys: 'c', label: t('health.keys.copy'), hint: 'C', run: copy, enabled: lines.length > 0 && !locked },
    { keys: 'd', label: t('health.keys.seen'), hint: 'D', run: dismiss, enabled: mayDismiss && !locked },
  ]);
  const why = item.error === null ? null : sentences(item.error);
  return (
    <article className="attention-detail">
      <header>
        <div className="top"><KindMark item={item} /><span className="muted">{item.issueNo}</span>
          {issueId !== null && <Button kind="quiet" hint="O" onClick={open}>{t('health.attention.open')}</Button>}
        </div>
        <h2>{titleOf(item)}</h2>
        <p>{why === null ? t(item.status === 'merged' ? 'health.attention.mergedWhy' : 'health.attention.conflictWhy') : <><span className="strong">{why.what}</span> {why.todo}</>}</p>
      </header>
      <div className="body">
        <ol className="moments">
          <li className="mine"><b>{formatDateTime(item.atMs)}</b> {t('health.attention.written')} · {item.byName}</li>
          <li><b>{formatDateTime(item.judgedAtMs)}</b> {t('health.attention.verdict')}</li>
        </ol>
        {item.lost.length > 0 && <LostValues item={item} names={names} />}
        {lines.length > 0 && <section className="typed"><h3>{t('health.attention.typed')}</h3><pre ref={typed}>{lines.join('\n')}</pre></section>}
        {lines.length === 0 && item.lost.length === 0 && <p className="muted">{t('health.attention.nothingTyped')}</p>}
      </div>
      <div className="foot">
        {error !== null && <ErrorNotice error={error} />}
        {copied === 'failed' && <Notice tone="warning">{t('health.attention.copyFailed')}</Notice>}
        <div className="actions">
          {mayDismiss ? <Button kind="primary" size="md" hint="D" onClick={dismiss}>{t('health.attention.seen')}</Button> : <span className="muted">{t('health.attention.notAllowed')}</span>}
          {again.isPossible && <Button size="md" hint="E" onClick={again.run}>{t('health.attention.again')}</Button>}
          {lines.length > 0 && <Button size="md" hint="C" onClick={copy}>{t('health.attention.copy')}</Button>}
          <span className="muted" role="status">{typeof copied === 'number' ? t('health.attention.copied', { n: copied }) : mayDismiss ? t('health.attention.seenHint') : ''}</span>
        </div>
      </div>
    </article>
  );
}

/** A refused receiving as a new draft with everything that had been typed, to be corrected and sent again. */
function useReceiveAgain(item: Attention, onError: (error: unknown) => void): { isPossible: boolean; run: () => void } {
  const mayReceive = useMay('issue.receive');
  const filled = item.name === 'issue.receive' ? formOfPayload(item.payload) : null;
  const run = (): void => {
    if (filled === null) return;
    const { service, form } = filled;
    client.issues.startDraft({ service })
      .then(async draft => {
        await client.issues.saveDraft({ id: draft.id, service, fields: { ...form } });
        goTo({ screen: 'intake', service, draftId: draft.id });
      })
      .catch(onError);
  };
  return { isPossible: mayReceive && filled !== null, run };
}

function LostValues({ item, names }: { item: Attention; names: ReadonlyMap<string, string> }) {
  const t = useT();
  const language = useLanguage();
  return (
    <table className="lost">
      <thead>
        <tr>
          <th scope="col">{t('health.attention.field')}</th>
          <th scope="col"><b>{t('health.attention.mine')}</b><div>{t('health.attention.byMe', { name: item.byName, time: formatDateTime(item.atMs) })}</div></th>
          <th scope="col"><b>{t('health.attention.theirs')}</b><div>{t('health.attention.judged', { time: formatDateTime(item.judgedAtMs) })}</div></th>
        </tr>
      </thead>
      <tbody>
        {item.lost.map(({ field, mine, theirs }) => {
          const parts = diffWords(valueWords(field, mine, names, language), valueWords(field, theirs, names, language));
          return <tr key={field}><th scope="row">{fieldWords(field)}</th><td><Parts parts={parts.mine} /></td><td><Parts parts={parts.theirs} /></td></tr>;
        })}
      </tbody>
    </table>
  );
}

function Parts({ parts }: { parts: readonly DiffPart[] }) {
  const t = useT();
  if (parts.length === 0) return <span className="muted">{t('health.attention.empty')}</span>;
  return <>{parts.map((part, index) => {
    const word = part.text.trimEnd();
    return part.differs ? <span key={index}><mark>{word}</mark>{part.text.slice(word.length)}</span> : <span key={index}>{part.text}</span>;
  })}</>;
}
