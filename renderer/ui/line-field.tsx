import type { InputHTMLAttributes, ReactNode } from 'react';
import { nfc, typedLimit } from '../../contract/text.ts';
import { useT } from '../strings/text.ts';
import { Field } from './field.tsx';

type Rest = Pick<InputHTMLAttributes<HTMLInputElement>, 'placeholder' | 'autoFocus' | 'spellCheck' | 'className'>;

/** By how many characters a text is longer than it may be, counted as it is kept, in NFC; 0 when it is not. */
export function tooMany(text: string, limit: number): number {
  return Math.max(0, nfc(text).trim().length - limit);
}

/** A line of text. What is typed is never cut silently; a text over its limit is said to be. */
export function LineField({ label, value, limit, onChange, className = 'input', ...rest }: Rest & { label: ReactNode; value: string; limit: number; onChange: (value: string) => void }) {
  const t = useT();
  const over = tooMany(value, limit);
  return (
    <Field label={label} wrong={over > 0 ? t('intake.problem.tooLong', { n: over }) : null}>
      {control => <input {...control} {...rest} className={className} autoComplete="off" maxLength={typedLimit(limit)} value={value} onChange={event => { onChange(event.target.value); }} />}
    </Field>
  );
}
