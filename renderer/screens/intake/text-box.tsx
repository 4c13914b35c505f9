import { useId, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import { useT } from '../../strings/text.ts';
import { charactersLeft, FIELD_LIMITS, isHopelesslyLong, type TextField } from './intake-form.ts';

export interface TextBoxProps {
  field: TextField;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A text that was refused whole because it can only be a mistake; the field keeps what it had. */
  onRefused: (field: TextField, length: number) => void;
  wrong?: string | undefined;
  /** Where the sentence about what is wrong stands when it is not at the label. */
  wrongId?: string | undefined;
  /** The label is said by the question beside it and not drawn again. */
  hideLabel?: boolean;
  size?: 'md' | 'lg';
  lines?: number;
  first?: boolean;
  inputMode?: 'tel' | 'text';
  placeholder?: string;
}

/** How many characters before its limit a field starts to count down. */
const COUNT_FROM = { long: 200, short: 20 } as const;

/** A typed field of the form: counts down near its limit, refuses a pasted file, never rewrites what is being typed. */
export function TextBox({ field, label, value, onChange, onRefused, wrong, wrongId, hideLabel = false, size = 'md', lines, first = false, inputMode, placeholder }: TextBoxProps) {
  const t = useT();
  const id = useId();
  const left = charactersLeft(field, value);
  const near = left <= (FIELD_LIMITS[field] >= 1_000 ? COUNT_FROM.long : Math.min(COUNT_FROM.short, FIELD_LIMITS[field] / 4));
  const refuse = (event: ClipboardEvent | DragEvent, text: string): void => {
    if (!isHopelesslyLong(field, text)) return;
    event.preventDefault();
    onRefused(field, text.length);
  };
  const take = (text: string): void => {
    if (isHopelesslyLong(field, text)) onRefused(field, text.length);
    else onChange(text);
  };
  const count: ReactNode = near && (left < 0
    ? <span className="danger strong" role="status">{t('intake.problem.tooLong', { n: -left })}</span>
    : <span>{t('intake.left', { n: left })}</span>);
  const said = left < 0 ? count : wrong !== undefined && wrongId === undefined ? <span id={`${id}-wrong`} className="danger strong">{wrong}</span> : count;
  const isWrong = wrong !== undefined || left < 0;
  const control = {
    id, value, placeholder, spellCheck: false, autoComplete: 'off',
    className: `input${size === 'lg' ? ' lg' : ''}`,
    'aria-invalid': isWrong ? true : undefined,
    'aria-describedby': wrong === undefined ? undefined : wrongId ?? `${id}-wrong`,
    'data-field': field, 'data-first': first ? '' : undefined,
    onPaste: (event: ClipboardEvent) => { refuse(event, event.clipboardData.getData('text')); },
    onDrop: (event: DragEvent) => { refuse(event, event.dataTransfer.getData('text')); },
  } as const;
  return (
    <div className={`field intake-box${hideLabel ? ' bare' : ''}`}>
      <label htmlFor={id}><span className={hideLabel ? 'hidden-text' : undefined}>{label}</span>{said}</label>
      {lines === undefined
        ? <input type="text" inputMode={inputMode} {...control} onChange={event => { take(event.target.value); }} />
        : <textarea rows={lines} {...control} onChange={event => { take(event.target.value); }} />}
    </div>
  );
}
