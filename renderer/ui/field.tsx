import { useId, type ReactNode } from 'react';

export interface FieldProps {
  label: ReactNode;
  /** Given the id and the describing attributes that its control must carry. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
  /** What is wrong, in words; shown under the control. */
  wrong?: string | null | undefined;
  hint?: ReactNode;
  /** At the right end of the label: a key, a count. */
  aside?: ReactNode;
}

/** A control with its label above and, under it, what is wrong with it or a hint. */
export function Field({ label, children, wrong, hint, aside }: FieldProps) {
  const id = useId();
  const isWrong = wrong !== undefined && wrong !== null && wrong !== '';
  const describes = isWrong || hint !== undefined ? { 'aria-describedby': `${id}-more` } : {};
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span>{aside}</label>
      {children({ id, ...describes, ...(isWrong ? { 'aria-invalid': true } : {}) })}
      {isWrong && <div id={`${id}-more`} className="wrong" role="alert">{wrong}</div>}
      {!isWrong && hint !== undefined && <div id={`${id}-more`} className="hint">{hint}</div>}
    </div>
  );
}
