import type { Size, Spot } from './view.ts';

/** Something on the map that has a name; smaller `rank` is named first. */
export interface Named { key: string; text: string; spot: Spot; rank: number }
export interface Label { key: string; text: string; x: number; y: number; anchor: 'start' | 'end' | 'middle' }

export interface Rect { left: number; right: number; top: number; bottom: number }

/** Mean width of a letter of the interface's font, in its size. */
const LETTER = 0.57;

/**
 * Where names are written: right of their mark, else left, below or above it, and not at all where they would lie on another
 * name, on a mark, or over the edge.
 *
 * @param fontPx size of the letters
 * @param marks everything that is drawn, with some of `gapPx` around it kept free
 * @param keepOut where nothing is written: under buttons, on the scale
 */
export function placeLabels(named: readonly Named[], size: Size, fontPx: number, { marks, gapPx, keepOut }: { marks: readonly Spot[]; gapPx: number; keepOut: readonly Rect[] }): Label[] {
  const taken: Rect[] = [...keepOut];
  const labels: Label[] = [];
  for (const { key, text, spot } of [...named].sort((a, b) => a.rank - b.rank)) {
    const width = text.length * fontPx * LETTER;
    const [half, height] = [width / 2, fontPx * 1.2];
    const tries: [Label['anchor'], Spot, number][] = [
      ['start', { x: spot.x + gapPx, y: spot.y }, spot.x + gapPx], ['end', { x: spot.x - gapPx, y: spot.y }, spot.x - gapPx - width],
      ['middle', { x: spot.x, y: spot.y + gapPx + height / 2 }, spot.x - half], ['middle', { x: spot.x, y: spot.y - gapPx - height / 2 }, spot.x - half],
    ];
    for (const [anchor, { x, y }, left] of tries) {
      const rect = { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
      const isFree = rect.left >= 2 && rect.right <= size.width - 2 && rect.top >= 2 && rect.bottom <= size.height - 2
        && taken.every(other => !overlaps(rect, other)) && marks.every(mark => mark === spot || !overlaps(rect, around(mark, gapPx * 0.8)));
      if (!isFree) continue;
      taken.push(rect);
      labels.push({ key, text, x, y, anchor });
      break;
    }
  }
  return labels;
}

const around = ({ x, y }: Spot, by: number): Rect => ({ left: x - by, right: x + by, top: y - by, bottom: y + by });

function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
