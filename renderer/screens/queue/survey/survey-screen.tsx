import './survey.css';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { client } from '../../../client.ts';
import { useMay } from '../../../frame/station.ts';
import { goTo } from '../../../route.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Choices } from '../../../ui/choices.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field } from '../../../ui/field.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { openForms } from '../form-memory.ts';

const CHANNELS = ['paper', 'link'] as const;
type Channel = (typeof CHANNELS)[number];
/** One pile of answers after another comes by the same road. */
const kept: { channel: Channel } = { channel: 'paper' };

/** Where an answer that came on paper or by link finds its record: the code typed or scanned, then the form of its survey. */
export function SurveyScreen() {
  const t = useT();
  return useMay('issue.survey') ? <ByCode /> : <EmptyState title={t('errors.auth/forbidden.what')}>{t('errors.auth/forbidden.todo')}</EmptyState>;
}

function ByCode() {
  const t = useT();
  const [channel, setChannel] = useState(kept.channel);
  const [text, setText] = useState('');
  const choose = (next: Channel): void => { kept.channel = next; setChannel(next); };
  const find = useMutation({
    mutationFn: () => client.issues.bySurveyCode({ text }),
    onSuccess: ({ id, refusal }) => {
      if (refusal !== null) return;
      openForms.set(id, 'issue.survey', { channel });
      goTo({ screen: 'issue', id });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !find.isPending) find.mutate();
  };
  useShortcuts('screen', [
    { keys: 'escape', label: t('queue.key.back'), run: () => { goTo({ screen: 'queue' }); }, whileTyping: true, hint: 'Esc' },
    ...CHANNELS.map((value, at) => ({ keys: `alt+${String(at + 1)}`, label: t(`domain.surveyChannel.${value}`), run: () => { choose(value); }, whileTyping: true })),
  ]);
  const refusal = find.data?.refusal ?? null;
  return (
    <div className="survey-screen">
      <h1>{t('survey.enter')}</h1>
      <p className="muted">{t('survey.enterMore')}</p>
      <form onSubmit={submit}>
        <div className="field"><span className="label"><span>{t('steps.surveyChannel')}</span><span>{t('survey.channelKeys')}</span></span>
          <Choices label={t('steps.surveyChannel')} value={channel} onChange={choose} options={CHANNELS.map(value => ({ value, label: t(`domain.surveyChannel.${value}`) }))} />
        </div>
        <Field label={t('survey.code')} hint={t('survey.codeHint')}>
          {control => <input {...control} className="input code" autoFocus autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={300} value={text} onChange={event => { setText(event.target.value); find.reset(); }} />}
        </Field>
        <div className="buttons">
          <Button type="submit" kind="primary" size="md" hint="Enter" disabled={text.trim() === '' || find.isPending}>{t('survey.find')}</Button>
          <Button size="md" hint="Esc" onClick={() => { goTo({ screen: 'queue' }); }}>{t('queue.key.back')}</Button>
        </div>
      </form>
      <div aria-live="polite">
        {find.error !== null && <ErrorNotice error={find.error} />}
        {refusal !== null && <ErrorNotice error={refusal} actions={<Button onClick={() => { if (find.data !== undefined) goTo({ screen: 'issue', id: find.data.id }); }}>{t('survey.openRecord')}</Button>} />}
      </div>
    </div>
  );
}
