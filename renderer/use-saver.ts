import { useEffect, useRef, type RefObject } from 'react';
import { createDraftSaver, SAVING, type DraftSaver, type DraftSaverOptions } from './draft-saver.ts';
import { keepers } from './frame/person-change.ts';

type Saving<Fields> = Pick<DraftSaverOptions<Fields>, 'save' | 'onState'> & Partial<Pick<DraftSaverOptions<Fields>, 'mayRetry'>>;

/**
 * The saver of a form for as long as it is shown. The core has what was typed before the person may leave the window.
 *
 * @param key of what is saved: with another one, what was typed before is still saved as it was to be
 */
export function useSaver<Fields>(key: string, saving: Saving<Fields>): RefObject<DraftSaver<Fields> | undefined> {
  const saver = useRef<DraftSaver<Fields>>(undefined);
  const latest = useRef(saving);
  latest.current = saving;
  // Made with the effect that closes it: a form that is taken away and shown again saves on.
  useEffect(() => {
    const made = createDraftSaver<Fields>({ ...SAVING, ...latest.current });
    saver.current = made;
    keepers.add(made);
    return () => {
      keepers.delete(made);
      made.close();
    };
  }, [key]);
  return saver;
}
