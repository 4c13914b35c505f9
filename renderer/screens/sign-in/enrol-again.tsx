import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../client.ts';
import { queries } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';

const CODE_LETTERS = 6;

/** A province that was restored to before this machine's enrolment takes it in again by a new code; all that is here stays. */
export function EnrolAgain() {
  const t = useT();
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const enrol = useMutation({ mutationFn: () => client.station.enrolAgain({ code: code.trim() }), onSuccess: () => queries.invalidateQueries() });
  const isLong = code.trim().length >= CODE_LETTERS;
  return (
    <form className="enrol-again" onSubmit={event => { event.preventDefault(); setTried(true); if (isLong && !enrol.isPending) enrol.mutate(); }}>
      <p className="muted">{t('signIn.enrolAgainLead')}</p>
      <Field label={t('signIn.enrolCode')} wrong={isTried && !isLong ? t('signIn.codeWrong') : null}>
        {control => <input {...control} className="input" autoComplete="off" spellCheck={false} maxLength={20} value={code} onChange={event => { setCode(event.target.value); }} />}
      </Field>
      {enrol.error !== null && <ErrorNotice error={enrol.error} />}
      <Button type="submit" disabled={enrol.isPending}>{t(enrol.isPending ? 'signIn.enrolling' : 'signIn.enrolAgain')}</Button>
    </form>
  );
}
