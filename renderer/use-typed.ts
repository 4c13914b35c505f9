import { useRef, useState } from 'react';
import type { SaveState } from './draft-saver.ts';
import { useSaver } from './use-saver.ts';

/** What a person types into a form, kept by the core as it is typed. */
export function useTyped<Typed extends object>(initial: () => Typed, save: (typed: Typed) => Promise<{ savedAtMs: number }>) {
  const [typed, setTyped] = useState(initial);
  const [saved, setSaved] = useState<SaveState>({ kind: 'clean' });
  const latest = useRef(typed);
  const saver = useSaver<Typed>('', { save, onState: setSaved });
  return {
    typed, saved,
    change(some: Partial<Typed>): void {
      latest.current = { ...latest.current, ...some };
      setTyped(latest.current);
      saver.current?.put(latest.current);
    },
    /** Resolves once the core has what was typed so far. */
    async kept(): Promise<void> { await saver.current?.flush(); },
    /** Also saves what was never changed: the core goes by what it has. */
    async flush(): Promise<void> {
      saver.current?.put(latest.current);
      await saver.current?.flush();
    },
    /** It has become what it was to be: nothing more is to be kept. */
    forget(): void { saver.current?.stop(); },
  };
}
