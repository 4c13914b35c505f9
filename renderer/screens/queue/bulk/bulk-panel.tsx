import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { BULK, BULK_LIMITS, type BulkAction, type BulkPreview } from '../../../../contract/bulk.ts';
import { client } from '../../../client.ts';
import { queries, useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { nextTurn } from '../../../turn.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { sentences } from '../../../ui/error-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { formKey } from '../form-keys.ts';
import { nextField } from '../next-field.ts';
import type { SaveState } from '../../../draft-saver.ts';
import { forgetters } from '../../../frame/person-change.ts';
import { useSession } from '../../../frame/station.ts';
import { useSaver } from '../../../use-saver.ts';
import { queueMemory, useQueueMemory } from '../queue-memory.ts';
import { BulkFields, numberedChoices } from './bulk-fields.tsx';
import { completeGiven, previewGiven } from './bulk-words.ts';

const GIVEN = 'bulk.given';
forgetters.add(() => { queries.removeQueries({ queryKey: [GIVEN] }); });

export interface BulkPanelProps { viewId: string; count: number; action: BulkAction; onClose: () => void }

/** What is to be done to all marked records, and what that would come to, before it is done. Ctrl+Enter does it, Esc puts it aside as filled in. */
export function BulkPanel(props: BulkPanelProps) {
  const { personId } = useSession();
  const here = useQueueMemory().bulkGiven[props.action];
  // What was filled in before the page was loaded anew, or the core died, is with the core.
  const { data: kept, error } = useLive([GIVEN, personId], ['session'], core => core.bulk.given({}), { enabled: here === undefined });
  if (here === undefined && error !== null) return <ErrorNotice error={error} />;
  if (here === undefined && kept === undefined) return null;
  return <Filled key={props.action} {...props} given={here ?? kept?.[props.action] ?? {}} />;
}

function Filled({ viewId, count, action, onClose, given }: BulkPanelProps & { given: Record<string, unknown> }) {
  const t = useT();
  const form = useRef<HTMLFormElement>(null);
  const [saved, setSaved] = useState<SaveState>({ kind: 'clean' });
  const saver = useSaver<Record<string, unknown>>(action, { save: now => client.bulk.keep({ action, given: now, turn: nextTurn() }), onState: setSaved });
  const put = (now: Record<string, unknown>): void => { queueMemory.change({ bulkGiven: { ...queueMemory.state.bulkGiven, [action]: now } }); };
  const [isTried, setTried] = useState(false);
  const complete = completeGiven(action, given);
  const asked = previewGiven(action, given);
  const isTooMany = count > BULK_LIMITS.records;
  const preview = useLive(['bulk.preview', viewId, count, action, JSON.stringify(asked)], ['session'], core => core.bulk.preview({ viewId, request: { action, given: asked ?? {} } }), { enabled: asked !== null && count > 0 && !isTooMany, keepPrevious: true });
  const will = asked === null ? null : preview.data?.will ?? null;
  const start = useMutation({
    mutationFn: async () => {
      // Nothing of it may be on its way any more when it is forgotten.
      await saver.current?.flush().catch(() => undefined);
      const job = await client.bulk.start({ viewId, request: { action, given: complete ?? {} } });
      await client.bulk.keep({ action, given: {}, turn: nextTurn() }).catch(() => undefined);
      return job;
    },
    onSuccess: () => { saver.current?.stop(); put({}); onClose(); },
  });
  const isReady = complete !== null && !isTooMany && count > 0 && will !== 0;
  const submit = () => {
    setTried(true);
    if (isReady && !start.isPending) start.mutate();
    else if (complete === null && form.current !== null) nextField(form.current)?.focus();
  };
  const change = (part: Record<string, unknown>): void => { const now = { ...given, ...part }; put(now); saver.current?.put(now); };
  /** No single key of the screen behind runs while a form is being filled in; a digit takes the choice of its number. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.ctrlKey || event.altKey || event.key.length !== 1) return;
    event.stopPropagation();
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
    const choices = numberedChoices(action);
    const meant = formKey(event, choices.length);
    if (meant?.kind === 'choose') { event.preventDefault(); change(choices[meant.index] ?? {}); }
  };
  const verb = t(`bulk.verb.${action}`, { count: will ?? count });
  useShortcuts('panel', [
    { keys: 'ctrl+enter', label: verb, run: submit, whileTyping: true, hint: 'Ctrl+Enter' },
    { keys: 'escape', label: t('app.putAside'), run: onClose, whileTyping: true, hint: 'Esc' },
  ]);
  useEffect(() => { if (form.current !== null) (nextField(form.current) ?? form.current.querySelector('button'))?.focus(); }, [action]);
  return (
    <form ref={form} className="issue-form bulk-form" aria-label={t(`bulk.title.${action}`, { count })} onKeyDown={onKeyDown} onSubmit={event => { event.preventDefault(); submit(); }}>
      <h2>{t(`bulk.title.${action}`, { count })}</h2>
      <BulkFields action={action} given={given} change={change} />
      {saved.kind === 'failed' && <ErrorNotice error={saved.error} />}
      {isTooMany ? <Notice tone="warning" title={sentences({ code: 'bulk/too-many', facts: { limit: BULK_LIMITS.records } }).what}>{sentences({ code: 'bulk/too-many', facts: { limit: BULK_LIMITS.records } }).todo}</Notice>
        : asked !== null && preview.data !== undefined && <Preview preview={preview.data} />}
      {preview.error !== null && <ErrorNotice error={preview.error} />}
      <p className="muted">{t(BULK[action].canUndo ? 'bulk.canUndo' : 'bulk.cannotUndo')}</p>
      <div className="form-end">
        {isTried && complete === null && <Notice tone="warning">{t(`bulk.missing.${action}`)}</Notice>}
        {isTried && will === 0 && <Notice tone="warning">{t('bulk.nobody')}</Notice>}
        {start.error !== null && <ErrorNotice error={start.error} />}
        <div className="buttons">
          <Button type="submit" size="md" kind="primary" hint="Ctrl+Enter" disabled={start.isPending}>{verb}</Button>
          <Button size="md" hint="Esc" onClick={onClose}>{t('app.putAside')}</Button>
        </div>
      </div>
    </form>
  );
}

/** To how many it will be done, how many are so already, and which cannot, with the reason. */
function Preview({ preview }: { preview: BulkPreview }) {
  const t = useT();
  return (
    <div className="bulk-preview" role="status">
      <p><b>{t('bulk.will', { count: preview.will })}</b>{preview.unchanged > 0 && <> · {t('bulk.unchanged', { count: preview.unchanged })}</>}</p>
      {preview.reasons.length > 0 && <p>{t('bulk.cannot', { count: preview.reasons.reduce((sum, reason) => sum + reason.count, 0) })}</p>}
      <ul>
        {preview.reasons.map((reason, i) => (
          <li key={i}><b>{reason.count}</b> · {sentences(reason).what} <span className="muted">{t('bulk.such', { nos: reason.samples.join(', ') })}{reason.count > reason.samples.length && '…'}</span></li>
        ))}
      </ul>
    </div>
  );
}
