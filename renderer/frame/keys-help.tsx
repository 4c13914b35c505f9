import { Fragment, useEffect, useMemo, useRef } from 'react';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useShortcutGroups, useShortcuts, type ShortcutGroup } from '../ui/shortcuts.ts';

const FACES: Readonly<Record<string, string>> = {
  arrowdown: '↓', arrowup: '↑', arrowleft: '←', arrowright: '→', escape: 'Esc', enter: 'Enter', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift',
  pagedown: 'PgDn', pageup: 'PgUp', home: 'Home', end: 'End', insert: 'Insert', delete: 'Delete', plus: '+', '-': '−',
};

/** `ctrl+k` as it stands on the keys: `Ctrl+K`; the key without a sign by its name. */
export function faceOf(keys: string, space: string): string {
  return keys.split('+').map(key => (key === ' ' ? space : FACES[key]) ?? key.toUpperCase()).join('+');
}

/** All keys that work now, over the screen; any of them that is not Esc still has to be pressed after closing. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const t = useT();
  const groups = useShortcutGroups();
  const box = useRef<HTMLDivElement>(null);
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onClose, whileTyping: true }, { keys: '?', label: t('app.close'), run: onClose }], true);
  const before = useMemo(() => document.activeElement, []);
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true }); };
  }, [before]);
  const shown = groups.filter(group => group.modal !== true);
  const block = (names: readonly ShortcutGroup['name'][]) => shown.filter(group => names.includes(group.name)).flatMap(group => group.shortcuts)
    .filter(shortcut => shortcut.enabled !== false)
    .map(({ keys, label }) => <Fragment key={`${keys} ${label}`}><KeyHint keys={faceOf(keys, t('queue.key.space'))} /><span>{label}</span></Fragment>);
  return (
    <div className="sheet" role="dialog" aria-modal aria-label={t('app.keysTitle')} onClick={event => { if (event.target === event.currentTarget) onClose(); }}>
      <div ref={box}>
        <div className="sheet-head"><h1>{t('app.keysTitle')}</h1><Button hint="Esc" onClick={onClose}>{t('app.close')}</Button></div>
        <p className="muted">{t('app.keysBody')}</p>
        <div className="keys-help">
          <h2>{t('app.keysScreen')}</h2>{block(['screen', 'panel'])}
          <h2>{t('app.keysGlobal')}</h2>{block(['global'])}
        </div>
      </div>
    </div>
  );
}
