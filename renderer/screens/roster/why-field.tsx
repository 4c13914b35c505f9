import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';

/** A reason that has to be given: what is typed, and how often it was asked for in vain. */
export interface Why { text: string; asked: number; set: (text: string) => void; given: () => string | null }

/** `given`: the reason; null where there is none yet, which the field then says, with the cursor in it. */
export function useWhy(first = ''): Why {
  const [text, set] = useState(first);
  const [asked, setAsked] = useState(0);
  return { text, set, asked, given: () => { if (text.trim() === '') { setAsked(asked + 1); return null; } return text.trim(); } };
}

/** The line for a reason. `rows`: so many lines, where it is longer. */
export function WhyField({ label, why, limit, hint, rows, autoFocus = false }: { label: ReactNode; why: Why; limit: number; hint?: string; rows?: number; autoFocus?: boolean }) {
  const t = useT();
  const line = useRef<HTMLInputElement>(null), box = useRef<HTMLTextAreaElement>(null);
  const { asked, text, set } = why;
  useEffect(() => { if (asked > 0) (line.current ?? box.current)?.focus(); }, [asked]);
  return (
    <Field label={label} wrong={asked > 0 && text.trim() === '' ? t('dutyActs.whyNeeded') : null} {...hint !== undefined && { hint }}>
      {control => (rows === undefined ? <input {...control} ref={line} className="input" type="text" autoComplete="off" autoFocus={autoFocus} maxLength={limit} value={text} onChange={event => { set(event.target.value); }} />
        : <textarea {...control} ref={box} className="input" rows={rows} autoFocus={autoFocus} maxLength={limit} value={text} onChange={event => { set(event.target.value); }} />)}
    </Field>
  );
}
