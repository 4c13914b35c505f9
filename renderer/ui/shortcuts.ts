import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { matches, mayRun } from './key-match.ts';

export interface Shortcut {
  /** `n`, `ctrl+k`, `alt+1`, `f2`, `escape`, `enter`, `arrowdown`, `/`, `?`. */
  keys: string;
  /** What it does, in the operator's words; shown in the status bar and the help. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Works in a field too. Single letters and digits never do: an input method may send them. */
  whileTyping?: boolean;
  /** Shown in the status bar under this face: `N`, `↑↓`. */
  hint?: string;
  /** What the status bar says where the hint stands for several keys, each of which has a label of its own. */
  hintLabel?: string;
  /** The browser does it by itself (copying, pasting): it is named among the keys, and not taken from it. */
  byBrowser?: boolean;
  enabled?: boolean;
}

/** `modal`: keys of groups below do not run while it is there; an alarm's are above even that. */
export interface ShortcutGroup { name: 'global' | 'screen' | 'panel' | 'alarm'; shortcuts: readonly Shortcut[]; modal?: boolean }

function isTypingIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select'));
}

/** Enter and space on a button press that button. */
function isPressing(event: KeyboardEvent): boolean {
  return (event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && event.target instanceof HTMLElement && event.target.closest('button, a, [role=button]') !== null;
}

const SCROLLING = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

/** In a text that has the focus and more lines than room, these keys scroll. */
function isScrolling(event: KeyboardEvent): boolean {
  const { target } = event;
  return SCROLLING.includes(event.key) && !event.ctrlKey && !event.altKey && target instanceof HTMLElement
    && target.matches('[role=region][tabindex="0"]') && target.scrollHeight > target.clientHeight;
}

const RANK: Readonly<Record<ShortcutGroup['name'], number>> = { global: 0, screen: 1, panel: 2, alarm: 4 };
const MODAL_RANK = 3;

function rank(group: ShortcutGroup): number {
  return group.modal === true ? MODAL_RANK : RANK[group.name];
}

class ShortcutRegistry {
  #groups: { current: ShortcutGroup }[] = [];
  #snapshot: readonly ShortcutGroup[] = [];
  #listeners = new Set<() => void>();

  /** A modal group wins over a panel's, that over the screen's, that over the global one; of equals the group added last. */
  add(group: { current: ShortcutGroup }): () => void {
    this.#groups.push(group);
    this.#groups.sort((a, b) => rank(a.current) - rank(b.current));
    this.changed();
    return () => {
      this.#groups = this.#groups.filter(other => other !== group);
      this.changed();
    };
  }

  changed(): void {
    this.#snapshot = this.#groups.map(group => group.current);
    for (const listener of this.#listeners) listener();
  }

  get snapshot(): readonly ShortcutGroup[] {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || isScrolling(event)) return;
    const isTyping = isTypingIn(event.target);
    const isComposing = event.isComposing || event.keyCode === 229;
    for (const group of this.#groups.toReversed()) {
      const found = group.current.shortcuts.find(s => s.enabled !== false && s.byBrowser !== true && matches(s.keys, event) && mayRun(s, isTyping, isComposing));
      if (found === undefined && group.current.modal === true) return;
      if (found === undefined || isPressing(event)) continue;
      event.preventDefault();
      found.run(event);
      return;
    }
  }
}

export const shortcuts = new ShortcutRegistry();

/** Binds keys while the component is shown, from the moment on at which it can be seen: a screen that names a key takes it. Of two with the same key the one bound last wins. */
export function useShortcuts(name: ShortcutGroup['name'], list: readonly Shortcut[], modal = false): void {
  const group = useRef<ShortcutGroup>({ name, shortcuts: list, modal });
  const face = list.map(s => `${s.keys}|${s.label}|${s.hint ?? ''}|${String(s.enabled !== false)}`).join('\n');
  useLayoutEffect(() => { group.current = { name, shortcuts: list, modal }; });
  useLayoutEffect(() => shortcuts.add(group), []);
  useEffect(() => { shortcuts.changed(); }, [face]);
}

/** The bound keys, as the status bar and the help show them. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(listener => shortcuts.subscribe(listener), () => shortcuts.snapshot);
}

/** The groups whose keys work now: those below a modal one do not. */
export function workingGroups(groups: readonly ShortcutGroup[]): readonly ShortcutGroup[] {
  const modalAt = groups.findLastIndex(group => group.modal === true);
  return modalAt === -1 ? groups : groups.slice(modalAt);
}

/** Starts listening on the window; call once. */
export function listenForShortcuts(): void {
  window.addEventListener('keydown', event => { shortcuts.handle(event); });
}
