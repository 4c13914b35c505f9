import type { KeyPress } from '../ui/key-match.ts';

/** Signs of the neighbours, on the map and in the list. Figures: the records that may be the same as a call have the letters. */
export const LETTERS = '123456';

export type MapCommand =
  | { kind: 'move'; x: number; y: number }
  | { kind: 'zoom'; by: number }
  | { kind: 'put' } | { kind: 'home' }
  | { kind: 'choose'; index: number };

/** How far an arrow moves the crosshair, and with Shift. px */
const STEP_PX = { fine: 6, coarse: 48 } as const;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * What a key means while the map has the focus; null for all that are not the map's. Nothing here takes anything away:
 * Delete and Backspace mean nothing.
 */
export function mapCommand(press: KeyPress): MapCommand | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const arrow = ARROWS[press.key];
  if (arrow !== undefined) {
    const step = press.shiftKey ? STEP_PX.coarse : STEP_PX.fine;
    return { kind: 'move', x: arrow[0] * step, y: arrow[1] * step };
  }
  if (press.key === '+' || press.key === '=') return { kind: 'zoom', by: 1 };
  if (press.key === '-' || press.key === '_') return { kind: 'zoom', by: -1 };
  if (press.key === 'Enter') return { kind: 'put' };
  if (press.key === 'Home') return { kind: 'home' };
  const index = [...LETTERS].findIndex(letter => press.code === `Digit${letter}` || press.key === letter);
  return index === -1 ? null : { kind: 'choose', index };
}
