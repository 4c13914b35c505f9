import { Popover } from '@mantine/core';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useT } from '../strings/text.ts';
import { Button, type ButtonProps } from './button.tsx';
import { useShortcuts } from './shortcuts.ts';

export interface DropProps { label: ReactNode; hint?: string; icon?: ReactNode; kind?: ButtonProps['kind']; name: string; opened: boolean; onChange: (opened: boolean) => void; children: ReactNode; className?: string }

/** A button that opens a small panel at it. While it is open no key of the screen runs; Esc closes it, and the next key is the screen's again. */
export function Drop({ label, hint, icon, kind = 'plain', name, opened, onChange, children, className = '' }: DropProps) {
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-start" withinPortal shadow="md" trapFocus closeOnEscape={false} transitionProps={{ duration: 0 }}>
      <Popover.Target><Button kind={kind} hint={hint} icon={icon} expanded={opened} title={name} onClick={() => { onChange(!opened); }}>{label}</Button></Popover.Target>
      <Popover.Dropdown className={`drop ${className}`} aria-label={name}>
        <Keys onClose={() => { onChange(false); }} />
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

function Keys({ onClose }: { onClose: () => void }) {
  const t = useT();
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onClose, whileTyping: true, hint: 'Esc' }], true);
  // At once: the panel's own trap takes the focus a moment later, and a key pressed meanwhile would go to what had it before.
  const here = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => { here.current?.parentElement?.querySelector<HTMLElement>('input, select, button')?.focus(); }, []);
  return <span ref={here} hidden />;
}
