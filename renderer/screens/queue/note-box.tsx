import type { ReactNode } from 'react';
import { LIMITS } from '../../../contract/issue.ts';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';

const WARN_AT = 200;

/** A free text; counts down near its limit and never cuts what is typed silently. */
export function NoteBox({ label, text, onChange, rows = 3, limit = LIMITS.note, isFirst = false, autoFocus = false }: { label: ReactNode; text: string; onChange: (text: string) => void; rows?: number; limit?: number; isFirst?: boolean; autoFocus?: boolean }) {
  const t = useT();
  const left = limit - text.normalize('NFC').length;
  return (
    <Field label={label} aside={left < WARN_AT ? <span className={left < 0 ? 'danger' : ''}>{t('issue.form.left', { count: left })}</span> : undefined}>
      {control => <textarea {...control} className="input" rows={rows} autoFocus={autoFocus} data-first={isFirst ? '' : undefined} value={text} onChange={event => { onChange(event.target.value); }} />}
    </Field>
  );
}
