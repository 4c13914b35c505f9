import { useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import { LIMITS } from '../../../contract/issue.ts';
import { nfc } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';

const WARN_AT = 200;

interface NoteBoxProps {
  label: ReactNode; text: string; onChange: (text: string) => void;
  rows?: number; limit?: number; isFirst?: boolean; autoFocus?: boolean;
}

/** A free text; counts down near its limit, never cuts what is typed silently, and refuses a pasted file whole. */
export function NoteBox({ label, text, onChange, rows = 3, limit = LIMITS.note, isFirst = false, autoFocus = false }: NoteBoxProps) {
  const t = useT();
  const [refused, setRefused] = useState<number | null>(null);
  const left = limit - nfc(text).length;
  const refuse = (event: ClipboardEvent | DragEvent, pasted: string): void => {
    // So long that it can only be a mistake; letting it in would keep the page busy for half a minute.
    const isMistake = nfc(pasted).length > limit * 2;
    setRefused(isMistake ? pasted.length : null);
    if (isMistake) event.preventDefault();
  };
  const aside = refused !== null ? <span className="danger" role="status">{t('issue.form.tooMuch', { count: refused, limit })}</span>
    : left < WARN_AT ? <span className={left < 0 ? 'danger' : ''}>{t('issue.form.left', { count: left })}</span> : undefined;
  return (
    <Field label={label} aside={aside}>
      {control => (
        <textarea {...control} className="input" rows={rows} autoFocus={autoFocus} data-first={isFirst ? '' : undefined} value={text}
          onChange={event => { setRefused(null); onChange(event.target.value); }}
          onPaste={event => { refuse(event, event.clipboardData.getData('text')); }} onDrop={event => { refuse(event, event.dataTransfer.getData('text')); }} />
      )}
    </Field>
  );
}
