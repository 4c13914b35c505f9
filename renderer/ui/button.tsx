import { UnstyledButton } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { KeyHint } from './key-hint.tsx';

export interface ButtonProps {
  children: ReactNode;
  /** `primary`: the one next real step of the screen; `alarm`: that step where a life may hang on it; `quiet`: aside. */
  kind?: 'primary' | 'alarm' | 'outline' | 'quiet' | 'plain';
  /** 30, 36 (in a form) or 44 (the one that matters) high. */
  size?: 'sm' | 'md' | 'lg';
  /** The key that does the same, shown on the button: `Ctrl+Enter`. The button does not bind it. */
  hint?: string | undefined;
  icon?: ReactNode;
  wide?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  onClick?: MouseEventHandler<HTMLButtonElement>;
  title?: string;
  label?: string;
  ref?: Ref<HTMLButtonElement>;
  expanded?: boolean;
  /** Of a button that stays on until it is pressed again. */
  pressed?: boolean;
  /** Added by what wraps the button (a menu). */
  className?: string;
}

/** A button whose words name its result and that shows its key. */
export function Button({ children, kind = 'plain', size = 'sm', hint, icon, wide = false, label, expanded, pressed, className = '', type = 'button', ...rest }: ButtonProps) {
  return (
    <UnstyledButton type={type} className={`button ${kind} ${size}${wide ? ' wide' : ''} ${className}`} {...(label === undefined ? {} : { 'aria-label': label })} {...(expanded === undefined ? {} : { 'aria-expanded': expanded })} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} {...rest}>
      {icon}<span>{children}</span>{hint !== undefined && <KeyHint keys={hint} />}
    </UnstyledButton>
  );
}
