import './sign-in.css';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../client.ts';
import { queries } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';

/** First run: this machine joins a province by a one-time code. */
export function Enrolment() {
  const t = useT();
  const [form, setForm] = useState({ address: '', code: '', stationName: '' });
  const [isTried, setTried] = useState(false);
  const enrol = useMutation({
    mutationFn: () => client.station.enrol({ address: form.address.trim(), code: form.code.trim(), stationName: form.stationName.trim() }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const wrong = {
    address: /^https?:\/\/./.test(form.address.trim()) ? null : t('signIn.addressWrong'),
    code: form.code.trim().length >= 6 ? null : t('signIn.codeWrong'),
    stationName: form.stationName.trim() === '' ? t('signIn.nameWrong') : null,
  };
  const isComplete = Object.values(wrong).every(w => w === null);
  const field = (name: keyof typeof form, label: string, hint: string, more: { autoFocus?: boolean; maxLength: number }) => (
    <Field label={label} hint={hint} wrong={isTried ? wrong[name] : null}>
      {control => <input {...control} {...more} className="input lg" autoComplete="off" spellCheck={false} value={form[name]} onChange={e => { setForm({ ...form, [name]: e.target.value }); }} />}
    </Field>
  );
  return (
    <main className="enrolment">
      <form onSubmit={event => { event.preventDefault(); setTried(true); if (isComplete && !enrol.isPending) enrol.mutate(); }}>
        <h1>{t('signIn.enrolTitle')}</h1>
        <p className="muted">{t('signIn.enrolLead')}</p>
        {field('address', t('signIn.enrolAddress'), t('signIn.enrolAddressHint'), { autoFocus: true, maxLength: 300 })}
        {field('code', t('signIn.enrolCode'), t('signIn.enrolCodeHint'), { maxLength: 20 })}
        {field('stationName', t('signIn.enrolName'), t('signIn.enrolNameHint'), { maxLength: 60 })}
        {enrol.error !== null && <ErrorNotice error={enrol.error} />}
        <Button type="submit" kind="primary" size="lg" hint="Enter" disabled={enrol.isPending}>{enrol.isPending ? t('signIn.enrolling') : t('signIn.enrolSubmit')}</Button>
        <p className="muted">{t('signIn.enrolThen')}</p>
      </form>
    </main>
  );
}
