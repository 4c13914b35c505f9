import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { HANDOVER_LIMITS } from '../../../contract/documents/handover.ts';
import type { HandoverDetail } from '../../../contract/handovers.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useForms, useRemembered } from '../queue/form-memory.ts';
import { NoteBox } from '../queue/note-box.tsx';

/** The second signature: whoever comes gives their own password, at their own desk or at that of who goes. */
export function TakeForm(props: { detail: HandoverDetail; isRead: boolean }) {
  return useForms(props.detail.handover.id).data === undefined ? null : <Form {...props} />;
}

function Form({ detail: { handover, takers }, isRead }: { detail: HandoverDetail; isRead: boolean }) {
  const t = useT();
  const session = useSession();
  const isGiver = session.personId === handover.given.byId;
  const [login, setLogin] = useState('');
  const { fields: { remark }, change, flush, forget, failure } = useRemembered(handover.id, 'handover.take', { remark: '' });
  const [password, setPassword] = useState('');
  const [takesDesk, setTakesDesk] = useState(true);
  const [isRefusing, setRefusing] = useState(false);
  const who = login === '' ? null : login;
  const isOther = isGiver || who !== null;
  const canSign = password !== '' && (!isGiver || who !== null);
  const signed = (sign: () => Promise<unknown>) => async (): Promise<void> => {
    await flush().catch(() => undefined);
    await sign();
    await forget();
  };
  const onSettled = (): void => { setPassword(''); };
  const take = useMutation({ mutationFn: signed(() => client.handovers.take({ id: handover.id, digest: handover.digest, login: who, password, remark, takesDesk: isOther && takesDesk })), onSettled });
  const refuse = useMutation({ mutationFn: signed(() => client.handovers.refuse({ id: handover.id, login: who, password, reason: remark })), onSettled });
  const isBusy = take.isPending || refuse.isPending;
  const submit = (): void => {
    if (!canSign || isBusy) return;
    if (isRefusing) { if (remark.trim() !== '') refuse.mutate(); } else if (isRead) take.mutate();
  };
  useShortcuts('screen', [{ keys: 'ctrl+enter', label: t('handover.take'), hint: 'Ctrl+Enter', run: submit, whileTyping: true, enabled: canSign && !isBusy && !session.locked }]);
  const error = take.error ?? refuse.error ?? failure;
  return (
    <form className="aside-form" onSubmit={event => { event.preventDefault(); submit(); }}>
      <Field label={t('handover.who')}>{control => (
        <select {...control} className="input" value={login} onChange={event => { setLogin(event.target.value); }}>
          {isGiver ? <option value="">{t('handover.chooseTaker')}</option> : <option value="">{session.name}</option>}
          {takers.map(person => <option key={person.login} value={person.login}>{person.name} · {person.title}</option>)}
        </select>
      )}</Field>
      <NoteBox label={t(isRefusing ? 'handover.refuseWhy' : 'handover.takerRemark')} rows={2} limit={HANDOVER_LIMITS.text} text={remark} onChange={text => { change({ remark: text }); }} />
      <Field label={t('handover.takerPassword')}>{control => <input {...control} className="input" type="password" autoComplete="off" value={password} onChange={event => { setPassword(event.target.value); }} />}</Field>
      {isOther && !isRefusing && <label className="check"><input type="checkbox" checked={takesDesk} onChange={event => { setTakesDesk(event.target.checked); }} /> {t('handover.takesDesk')}</label>}
      {error !== null && <ErrorNotice error={error} />}
      {isRefusing
        ? <Button kind="outline" size="md" wide hint="Ctrl+Enter" type="submit" disabled={!canSign || remark.trim() === '' || isBusy}>{t('handover.refuse')}</Button>
        : <Button kind="primary" size="md" wide hint="Ctrl+Enter" type="submit" disabled={!canSign || !isRead || isBusy}>{t('handover.take')}</Button>}
      {!isRead && !isRefusing && <p className="muted">{t('handover.takeWhenRead')}</p>}
      <Button kind="quiet" onClick={() => { setRefusing(!isRefusing); }}>{t(isRefusing ? 'app.back' : 'handover.refuseInstead')}</Button>
    </form>
  );
}
