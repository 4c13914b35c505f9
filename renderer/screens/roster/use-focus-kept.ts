import { useEffect } from 'react';

/** Where the keys of the screen are used from: the chosen cell, and on the board, which has none, its tab. While a month is read there is neither: its grid takes the focus when it is there. */
export function focusGrid(): void {
  const cell = document.querySelector<HTMLElement>('.roster-grid td.cursor');
  (cell ?? (document.querySelector('.duty-board') === null ? null : document.querySelector<HTMLElement>('.roster-lines a[aria-current]')))?.focus({ preventScroll: true });
}

/**
 * What has the focus goes with what it has done: a button of a card that closes, a form that is begun anew. Whoever works by keyboard would start from the top of the page; here they go on at the
 * chosen cell. A focus that somebody has put away themselves, by a click beside everything, is left alone.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: Element | null = null;
    let frame = 0;
    const isLost = (): boolean => document.activeElement === document.body && last !== null && (!last.isConnected || last.matches(':disabled')) && document.querySelector('dialog[open], [role=dialog][aria-modal]') === null;
    const look = (): void => {
      cancelAnimationFrame(frame);
      // After what is shown instead has taken the focus, where it does.
      frame = requestAnimationFrame(() => {
        if (isLost()) focusGrid();
        else if (document.activeElement === document.body) last = last?.isConnected === true ? null : last;
      });
    };
    const entered = (event: FocusEvent): void => { last = event.target instanceof Element && event.target !== document.body ? event.target : last; };
    const changes = new MutationObserver(() => { if (last !== null && (document.activeElement === document.body || !last.isConnected || last.matches(':disabled'))) look(); });
    changes.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', entered);
    document.addEventListener('focusout', look);
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      document.removeEventListener('focusin', entered);
      document.removeEventListener('focusout', look);
    };
  }, []);
}
