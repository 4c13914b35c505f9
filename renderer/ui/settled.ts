import { useEffect, useState } from 'react';

/** Typing goes on for so long before something is looked for by what was typed, ms. */
export const TYPING_PAUSE_MS = 250;

/** The last value that stood for a pause: what was typed may be asked for by it, not every letter on the way. */
export function useSettled<T extends string | null>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(value); }, TYPING_PAUSE_MS);
    return () => { clearTimeout(timer); };
  }, [value]);
  return settled;
}
