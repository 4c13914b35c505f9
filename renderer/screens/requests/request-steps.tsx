import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { extendedDue, IDENTIFIED, REQUEST_LIMITS, type DataRequest } from '../../../contract/documents/request.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { usePolicy } from '../../policy.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { useMinute } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { LineField } from '../../ui/line-field.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useBegun, useForms, useRemembered } from '../queue/form-memory.ts';
import { NoteBox } from '../queue/note-box.tsx';

const STEPS = ['answer', 'note', 'extend', 'refuse'] as const;
type Step = (typeof STEPS)[number];

/** What can be done with an open request: make sure who asks, note, answer, extend once and in time, refuse by a clause. */
export function RequestSteps({ request }: { request: DataRequest }) {
  const t = useT();
  const { id, identified, extended, dueAtMs } = request;
  const nowMs = useMinute();
  const begun = useBegun(id);
  const isKnown = useForms(id).data !== undefined;
  const [chosen, setStep] = useState<Step | null>(null);
  const identify = useMutation({ mutationFn: (way: DataRequest['identified']) => client.requests.identify({ id, identified: way }) });
  const steps = STEPS.filter(step => step !== 'extend' || (extended === null && dueAtMs !== null && nowMs <= dueAtMs));
  const step = steps.find(one => one === chosen) ?? steps.find(one => begun.has(`request.${one}`)) ?? 'answer';
  return (
    <div className="request-steps">
      {identified === 'not_yet' && (
        <Field label={t('requests.identifyNow')}>{control => (
          <select {...control} className="input" value="not_yet" onChange={event => { identify.mutate(event.target.value as DataRequest['identified']); }}>{IDENTIFIED.map(way => <option key={way} value={way}>{t(`requests.way.${way}`)}</option>)}</select>
        )}</Field>
      )}
      {identify.error !== null && <ErrorNotice error={identify.error} />}
      <Choices label={t('requests.steps')} value={step} onChange={setStep} options={steps.map(value => ({ value, label: t(`requests.step.${value}`) }))} />
      {isKnown && <StepForm key={step} step={step} request={request} />}
    </div>
  );
}

/** The words of one step, kept as they are typed. */
function StepForm({ step, request }: { step: Step; request: DataRequest }) {
  const t = useT();
  const { locked } = useSession();
  const policy = usePolicy();
  const { id } = request;
  const { fields: { words, basis }, change, flush, forget, failure } = useRemembered(id, `request.${step}`, { words: '', basis: '' });
  const untilMs = extendedDue(request, policy.of(request.policyId, request.receivedAtMs));
  const take = useMutation({
    mutationFn: async () => {
      await flush().catch(() => undefined);
      switch (step) {
        case 'answer': await client.requests.answer({ id, words }); break;
        case 'note': await client.requests.note({ id, text: words }); break;
        case 'extend': await client.requests.extend({ id, reason: words, untilMs: untilMs ?? 0 }); break;
        case 'refuse': await client.requests.refuse({ id, words, basis }); break;
      }
      await forget();
    },
    onSuccess: () => { change({ words: '', basis: '' }); },
  });
  const isNamed = request.identified !== 'not_yet';
  const canTake = words.trim() !== '' && (step !== 'refuse' || basis.trim() !== '') && (step !== 'answer' || isNamed) && (step !== 'extend' || untilMs !== null);
  const submit = (): void => { if (canTake && !take.isPending) take.mutate(); };
  useShortcuts('screen', [{ keys: 'ctrl+enter', label: t(`requests.step.${step}`), hint: 'Ctrl+Enter', run: submit, whileTyping: true, enabled: canTake && !locked }]);
  const error = take.error ?? failure;
  return (
    <form onSubmit={event => { event.preventDefault(); submit(); }}>
      <NoteBox label={t(`requests.stepWords.${step}`)} rows={3} limit={REQUEST_LIMITS.text} text={words} onChange={text => { change({ words: text }); }} />
      {step === 'refuse' && <LineField label={t('requests.basisLong')} className="input" limit={300} value={basis} onChange={text => { change({ basis: text }); }} />}
      {step === 'answer' && !isNamed && <p className="warning">{t('requests.identifyFirst')}</p>}
      {error !== null && <ErrorNotice error={error} />}
      <div className="row"><Button kind="primary" size="md" hint="Ctrl+Enter" type="submit" disabled={!canTake || take.isPending}>{t(`requests.step.${step}`)}</Button></div>
    </form>
  );
}
