import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconFocus2, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Point } from '../nearest-units.ts';
import { formatPosition } from '../position.ts';
import { useT, type TextKey } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';

function MapButton({ name, icon: Icon, onClick }: { name: TextKey; icon: ComponentType<{ 'aria-hidden'?: boolean }>; onClick: () => void }) {
  const t = useT();
  return <button type="button" className="map-button" aria-label={t(name)} title={t(name)} onClick={onClick}><Icon aria-hidden /></button>;
}

/** Closer, further away, back: on the map itself. */
export function MapZoom({ onZoom, onHome }: { onZoom: (by: number) => void; onHome: () => void }) {
  return (
    <div className="map-zoom">
      <MapButton name="map.zoomIn" icon={IconPlus} onClick={() => { onZoom(1); }} />
      <MapButton name="map.zoomOut" icon={IconMinus} onClick={() => { onZoom(-1); }} />
      <MapButton name="map.home" icon={IconFocus2} onClick={onHome} />
    </div>
  );
}

/** What the keys of the map do, as buttons: nobody has to drag. @param onPush in quarters of the map, to the right and down */
export function MapTools({ aim, onPut, onPush }: { aim: Point; onPut: (() => void) | null; onPush: (x: number, y: number) => void }) {
  const t = useT();
  return (
    <div className="map-tools">
      {onPut !== null && <Button hint="Enter" onClick={onPut}>{t('map.put')}</Button>}
      <span className="aim muted">{formatPosition(aim)}</span>
      <span className="push">
        <MapButton name="map.west" icon={IconArrowLeft} onClick={() => { onPush(-1, 0); }} />
        <MapButton name="map.north" icon={IconArrowUp} onClick={() => { onPush(0, -1); }} />
        <MapButton name="map.south" icon={IconArrowDown} onClick={() => { onPush(0, 1); }} />
        <MapButton name="map.east" icon={IconArrowRight} onClick={() => { onPush(1, 0); }} />
      </span>
    </div>
  );
}
