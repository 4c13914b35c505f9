import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../platform/files.ts';

/** In device-independent pixels, as Electron counts. */
export interface Rectangle { x: number; y: number; width: number; height: number }

const Place = z.object({
  x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int(), maximized: z.boolean(),
});
/** Where the window was when it was last closed. */
export type Place = z.infer<typeof Place>;

const WANTED = { width: 1440, height: 900 } as const;
/** The smallest window in which every screen still holds. */
export const LEAST = { width: 1024, height: 640 } as const;

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));

/**
 * Where to open the window: where it was, as far as that can be seen on the displays of now; a first window, and one
 * whose display is gone, in the middle of the first display.
 *
 * @param workAreas of the displays without their bars, the primary one first; at least one
 */
export function placeWindow(saved: Place | null, workAreas: readonly Rectangle[]): Place {
  const [primary] = workAreas;
  if (primary === undefined) throw new Error('a machine without a display has no window');
  const best = saved === null ? null : workAreas.reduce((a, b) => (overlap(saved, b) > overlap(saved, a) ? b : a));
  const area = saved !== null && best !== null && overlap(saved, best) > 0 ? best : null;
  if (saved === null || area === null) {
    const width = Math.min(WANTED.width, primary.width);
    const height = Math.min(WANTED.height, primary.height);
    return {
      x: primary.x + Math.floor((primary.width - width) / 2), y: primary.y + Math.floor((primary.height - height) / 2),
      width, height, maximized: saved?.maximized ?? false,
    };
  }
  const width = clamp(saved.width, Math.min(LEAST.width, area.width), area.width);
  const height = clamp(saved.height, Math.min(LEAST.height, area.height), area.height);
  return {
    x: clamp(saved.x, area.x, area.x + area.width - width), y: clamp(saved.y, area.y, area.y + area.height - height),
    width, height, maximized: saved.maximized,
  };
}

/** The saved place, or null when there is none or it cannot be read: a window's place is never worth an error. */
export function readPlace(file: string): Place | null {
  try {
    return Place.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function savePlace(file: string, place: Place): void {
  writeFileAtomic(file, JSON.stringify(place));
}

const PAPER_WINDOW = { width: 1000, height: 900 } as const;

/**
 * Where a window beside the console's opens: the wallboard fills another display where there is one, else it is as large as it can be;
 * what is printed comes in front, in the middle.
 *
 * @param here the work area of the console's display
 */
export function otherPlace(isWall: boolean, here: Rectangle, others: readonly Rectangle[]): Rectangle & { fullscreen: boolean } {
  const [other] = others;
  if (isWall) return { ...(other ?? here), fullscreen: other !== undefined };
  const width = Math.min(PAPER_WINDOW.width, here.width);
  const height = Math.min(PAPER_WINDOW.height, here.height);
  return { x: here.x + Math.floor((here.width - width) / 2), y: here.y + Math.floor((here.height - height) / 2), width, height, fullscreen: false };
}
