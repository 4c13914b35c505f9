import { useState, type KeyboardEvent } from 'react';
import type { Neighbour } from '../../contract/map.ts';
import { distanceM, formatDistance, type Point } from '../nearest-units.ts';
import { formatPosition, roundPoint } from '../position.ts';
import { t } from '../strings/text.ts';
import { homeView, type MapPlace } from './home-view.ts';
import { LETTERS, mapCommand } from './keys.ts';
import { following, isInside, pointAt, pushed, spotOf, zoomed, type MapView, type Size, type Spot } from './view.ts';

/** What is shown, where the crosshair is, which record is chosen, and all that moves them. */
export function useMap(place: MapPlace, size: Size, neighbours: () => readonly Neighbour[], onPick: ((point: Point) => void) | null) {
  const [moved, setMoved] = useState<MapView | null>(null);
  const [cross, setCross] = useState<Point | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [seen, setSeen] = useState(place);
  const view = moved ?? homeView(place, size);
  if (seen.point?.lat !== place.point?.lat || seen.point?.lon !== place.point?.lon || seen.area?.id !== place.area?.id) {
    setSeen(place);
    // A point that can be seen anyway moves nothing.
    if (place.point === null ? place.area !== null : !isInside(view, size, place.point, 0.1)) { setMoved(null); setCross(null); }
  }
  const aim = cross ?? place.point ?? { lat: view.lat, lon: view.lon };

  const move = (to: Point): void => {
    setCross(to);
    setMoved(following(view, size, to));
    const far = place.point === null ? '' : `, ${t('map.said.fromPoint', { distance: formatDistance(distanceM(place.point, to)) })}`;
    setSaid(`${t('map.said.cross', { position: formatPosition(to) })}${far}.`);
  };
  const put = (at: Point): void => {
    if (onPick === null) return;
    const point = roundPoint(at);
    setMoved(view);
    setCross(point);
    setSaid(t('map.said.put', { position: formatPosition(point) }));
    onPick(point);
  };
  const choose = (id: string): void => {
    const index = neighbours().findIndex(neighbour => neighbour.id === id);
    const found = neighbours()[index];
    if (found === undefined) return;
    setChosenId(id);
    setMoved(following(view, size, found));
    setSaid(t('map.said.chosen', { letter: LETTERS[index], no: found.displayNo ?? found.provisionalNo, description: found.description }));
  };
  const home = (): void => { setMoved(null); setCross(null); setSaid(null); };
  const zoom = (by: number, around: Point = aim): void => { setMoved(zoomed(view, size, by, around)); };
  const push = (by: Spot): void => { setMoved(pushed(view, by)); };

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = mapCommand(event);
    if (command === null || event.nativeEvent.isComposing || (command.kind === 'put' && onPick === null)) return;
    event.preventDefault();
    if (command.kind === 'move') {
      const from = spotOf(view, size, aim);
      move(pointAt(view, size, { x: from.x + command.x, y: from.y + command.y }));
    } else if (command.kind === 'zoom') zoom(command.by);
    else if (command.kind === 'put') put(aim);
    else if (command.kind === 'home') home();
    else {
      const found = neighbours()[command.index];
      if (found === undefined) setSaid(t('map.said.noLetter', { letter: LETTERS[command.index] }));
      else choose(found.id);
    }
  };
  return { view, aim, isAiming: cross !== null, chosenId, said, move, put, choose, home, zoom, push, onKeyDown };
}

