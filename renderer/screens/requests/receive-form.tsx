import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { IDENTIFIED, REQUEST_KINDS, REQUEST_LIMITS } from '../../../contract/documents/request.ts';
import type { RequestTyped } from '../../../contract/requests.ts';
import { formatTime, parseDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { nextTurn } from '../../turn.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { LineField } from '../../ui/line-field.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useTyped } from '../../use-typed.ts';
import { NoteBox } from '../queue/note-box.tsx';

/** The form of a new request, kept as it is typed. */
export function ReceiveForm() {
  const t = useT();
  const { data, error } = useLive(['requests.draft'], [], core => core.requests.draft({}));
  if (error !== null) return <div className="request"><ErrorNotice error={error} /></div>;
  return data === undefined ? <p className="request muted">{t('requests.loading')}</p> : <Form begun={data} />;
}

function Form({ begun }: { begun: RequestTyped }) {
  const t = useT();
  const { locked } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const { typed, saved, change, flush, forget } = useTyped(() => begun, fields => client.requests.saveDraft({ typed: fields, turn: nextTurn() }));
  const receive = useMutation({
    mutationFn: async () => { await flush(); return client.requests.receive({ typed }); },
    onSuccess: ({ request }) => { forget(); goTo({ screen: 'requests', id: request.id }, true); },
  });
  const problem = typed.kind === '' ? t('requests.needsKind') : typed.words.trim() === '' ? t('requests.needsWords') : typed.name.trim() === '' && typed.phone.trim() === '' ? t('requests.needsWho') : typed.received.trim() !== '' && parseDateTime(typed.received) === null ? t('steps.badMoment') : null;
  const submit = (): void => { if (problem === null && !receive.isPending) receive.mutate(); };
  useShortcuts('screen', [
    { keys: 'ctrl+enter', label: t('requests.receive'), hint: 'Ctrl+Enter', run: submit, whileTyping: true, enabled: !locked },
    { keys: 'escape', label: t('app.putAside'), hint: 'Esc', run: () => { goTo({ screen: 'requests', id: null }); }, whileTyping: true, enabled: !locked },
  ]);
  useEffect(() => { form.current?.querySelector('select')?.focus(); }, []);
  return (
    <form ref={form} className="request" onSubmit={event => { event.preventDefault(); submit(); }}>
      <header><h2>{t('requests.new')}</h2><span className="muted" role="status">{saved.kind === 'saved' ? t('handover.saved', { at: formatTime(saved.atMs) }) : t('handover.savedAlways')}</span></header>
      {saved.kind === 'failed' && <ErrorNotice error={saved.error} />}
      <Field label={t('requests.what')}>{control => <select {...control} className="input" value={typed.kind} onChange={event => { change({ kind: event.target.value as RequestTyped['kind'] }); }}><option value="" disabled>{t('requests.chooseKind')}</option>{REQUEST_KINDS.map(kind => <option key={kind} value={kind}>{t(`requests.kindLong.${kind}`)}</option>)}</select>}</Field>
      <div className="two">
        <LineField label={t('requests.name')} className="input" limit={REQUEST_LIMITS.name} value={typed.name} onChange={name => { change({ name }); }} />
        <LineField label={t('requests.phone')} className="input" limit={REQUEST_LIMITS.phone} value={typed.phone} onChange={phone => { change({ phone }); }} />
      </div>
      <LineField label={t('requests.address')} className="input" limit={200} value={typed.address} onChange={address => { change({ address }); }} />
      <Field label={t('requests.identified')} hint={t('requests.identifiedMore')}>{control => <select {...control} className="input" value={typed.identified} onChange={event => { change({ identified: event.target.value as RequestTyped['identified'] }); }}>{IDENTIFIED.map(way => <option key={way} value={way}>{t(`requests.way.${way}`)}</option>)}</select>}</Field>
      <LineField label={t('requests.receivedWhen')} className="input" limit={20} placeholder={t('steps.momentForm')} value={typed.received} onChange={received => { change({ received }); }} />
      <NoteBox label={t('requests.words')} rows={4} limit={REQUEST_LIMITS.text} text={typed.words} onChange={words => { change({ words }); }} />
      <LineField label={t('requests.records')} className="input" limit={600} placeholder="1022-2026-000123, 115-2026-000045" value={typed.records} onChange={records => { change({ records }); }} />
      {receive.error !== null && <ErrorNotice error={receive.error} />}
      <div className="row"><Button kind="primary" size="md" hint="Ctrl+Enter" type="submit" disabled={problem !== null || receive.isPending}>{t('requests.receive')}</Button>{problem !== null && <span className="muted">{problem}</span>}</div>
    </form>
  );
}
