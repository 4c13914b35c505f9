import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';

export interface Choice<T extends string> { value: T; label: ReactNode }

export interface ChoicesProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly Choice<T>[];
  onChange: (value: T) => void;
  /** Shows the digit of each choice; who shows them binds them. */
  numbered?: boolean;
}

/** One of a few values, all of them in sight; arrows move and choose as in a group of radio buttons. */
export function Choices<T extends string>({ label, value, options, onChange, numbered = false }: ChoicesProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const at = options.findIndex(option => option.value === value);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (Math.max(at, 0) + step + options.length) % options.length;
    const option = options[next];
    if (option === undefined) return;
    onChange(option.value);
    group.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus();
  };
  return (
    <div ref={group} className="choices" role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option, i) => (
        <button key={option.value} type="button" role="radio" aria-checked={option.value === value} tabIndex={i === Math.max(at, 0) ? 0 : -1}
          {...(numbered ? { 'aria-keyshortcuts': String(i + 1) } : {})}
          onClick={() => { onChange(option.value); }}>{numbered && <><span aria-hidden><KeyHint keys={String(i + 1)} /></span> </>}{option.label}</button>
      ))}
    </div>
  );
}
