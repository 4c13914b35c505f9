import { useEffect, useRef, useState } from 'react';
import { AppError } from '../../contract/errors.ts';
import type { MapPack } from '../../contract/map.ts';
import { client } from '../client.ts';
import { errorOf } from '../ui/error-text.ts';
import type { DrawnPack } from './draw-pack.ts';
import { PackSource } from './pack-source.ts';
import type { Palette } from './pack-style.ts';
import type { MapView } from './view.ts';

/** Whether this machine can draw a pack at all: tried once, and only when there is one. */
class Drawing {
  #can: boolean | null = null;

  get isPossible(): boolean {
    if (this.#can === null) {
      const tried = document.createElement('canvas').getContext('webgl2');
      this.#can = tried !== null;
      tried?.getExtension('WEBGL_lose_context')?.loseContext();
    }
    return this.#can;
  }
}

export const drawing = new Drawing();

/**
 * The ground out of the site's map pack. The library that draws it is loaded when it is first needed; a trouble is told once,
 * and whoever shows this falls back to the plain grid.
 */
export function PackGround({ pack, view, onTrouble }: { pack: MapPack; view: MapView; onTrouble: (error: unknown) => void }) {
  const container = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnPack>(null);
  const latest = useRef(view);
  const [isDrawn, setDrawn] = useState(false);
  const [credit, setCredit] = useState('');
  latest.current = view;
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    let isGone = false;
    const tell = (error: unknown): void => {
      // What the reader or the drawing stumbles over without a word of ours is in the pack.
      if (!isGone) onTrouble(errorOf(error).code === 'internal/unexpected' ? new AppError('map/pack-damaged', { file: pack.name }, { cause: error }) : error);
    };
    const source = new PackSource(pack, place => client.map.read(place), tell);
    import('./draw-pack.ts').then(({ drawPack }) => drawPack({
      container: element, source, view: latest.current, palette: paletteOf(element),
      onDrawn: () => { setDrawn(true); }, onTrouble: tell,
    })).then(ready => {
      if (isGone) return ready.close();
      drawn.current = ready;
      setCredit(ready.credit);
      ready.show(latest.current);
    }, tell);
    return () => {
      isGone = true;
      drawn.current?.close();
      drawn.current = null;
    };
  }, [pack.key, onTrouble]);
  useEffect(() => { drawn.current?.show(view); }, [view]);
  return (
    <>
      <div ref={container} className="map-pack" aria-hidden data-drawn={isDrawn} />
      {credit !== '' && <span className="map-credit">{credit}</span>}
    </>
  );
}

function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--map-${name}`).trim();
  return {
    ground: of('ground'), water: of('water'), green: of('green'), built: of('built'), road: of('road'), casing: of('casing'), border: of('border'),
    label: of('label'), halo: of('ground'), font: style.fontFamily,
  };
}
