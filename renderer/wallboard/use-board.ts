import { useEffect, useState } from 'react';
import type { Wallboard } from '../../contract/wallboard.ts';
import { client } from '../client.ts';
import { onChange } from '../live-query.ts';

/** The one timer of the board: changes are looked at no more often than this. */
const LOOK_MS = 2_000;
/** Asked again without a change too: the day goes on, and an answer says that the core is there. */
const ASK_MS = 20_000;

export interface BoardState { board: Wallboard | undefined; gotAtMs: number | null; error: unknown }

/** The board's figures, asked again soon after something has changed and from time to time. */
export function useBoard(): BoardState {
  const [state, setState] = useState<BoardState>({ board: undefined, gotAtMs: null, error: null });
  useEffect(() => {
    const asked = { isWanted: true, isUnderWay: false, atMs: 0, isOver: false };
    const ask = async (): Promise<void> => {
      Object.assign(asked, { isWanted: false, isUnderWay: true, atMs: performance.now() });
      try {
        const board = await client.issues.wallboard({});
        if (!asked.isOver) setState({ board, gotAtMs: performance.now(), error: null });
        asked.isWanted ||= board === null;
      } catch (error) {
        asked.isWanted = true;
        if (!asked.isOver) setState(old => ({ ...old, error }));
      } finally {
        asked.isUnderWay = false;
      }
    };
    const look = (): void => { if (!asked.isUnderWay && (asked.isWanted || performance.now() - asked.atMs >= ASK_MS)) void ask(); };
    const timer = setInterval(look, LOOK_MS);
    const stop = onChange(({ tables }) => { asked.isWanted ||= tables.some(table => table === 'issue' || table === 'org' || table === 'session'); });
    look();
    return () => {
      asked.isOver = true;
      clearInterval(timer);
      stop();
    };
  }, []);
  return state;
}
