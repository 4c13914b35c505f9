import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Point } from '../nearest-units.ts';
import { pointAt, type MapView, type Size, type Spot } from './view.ts';

/** A push of the pointer shorter than this is a click. px */
const CLICK_PX = 4;
/** How much one step of the wheel zooms. */
const WHEEL_ZOOM = 0.5;

/** How large an element is, and how many pixels a rem is; null until it is laid out. */
export function useSheetSize(): { ref: RefObject<HTMLDivElement | null>; size: Size; rem: number } {
  const ref = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState({ size: { width: 480, height: 200 }, rem: 10 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setMeasured({ size: { width, height }, rem: parseFloat(getComputedStyle(document.documentElement).fontSize) });
    });
    watch.observe(element);
    return () => { watch.disconnect(); };
  }, []);
  return { ref, ...measured };
}

export interface PointerActions { view: MapView; size: Size; move: (to: Point) => void; put: (at: Point) => void; push: (by: Spot) => void; zoom: (by: number, around: Point) => void }

/**
 * The pointer's ways, beside the keys and the buttons: a click moves the crosshair, a double click puts the point, a push
 * moves the map, the wheel zooms while the map has the focus (else the page scrolls on).
 */
export function usePointer(ref: RefObject<HTMLElement | null>, actions: PointerActions): void {
  const latest = useRef(actions);
  useEffect(() => { latest.current = actions; });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let from: Spot | null = null;
    let isPushed = false;
    const spot = (event: MouseEvent): Spot => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const at = (event: MouseEvent): Point => pointAt(latest.current.view, latest.current.size, spot(event));
    const ways = {
      pointerdown(event: PointerEvent) {
        if (event.button !== 0) return;
        from = spot(event);
        isPushed = false;
      },
      pointermove(event: PointerEvent) {
        if (from === null) return;
        const to = spot(event);
        if (!isPushed && Math.hypot(to.x - from.x, to.y - from.y) < CLICK_PX) return;
        if (!isPushed) element.setPointerCapture(event.pointerId);
        isPushed = true;
        latest.current.push({ x: from.x - to.x, y: from.y - to.y });
        from = to;
      },
      pointerup(event: PointerEvent) {
        if (from !== null && !isPushed) latest.current.move(at(event));
        from = null;
      },
      pointercancel() { from = null; },
      dblclick(event: MouseEvent) { latest.current.put(at(event)); },
      wheel(event: WheelEvent) {
        if (document.activeElement !== element || event.ctrlKey || event.deltaY === 0) return;
        event.preventDefault();
        latest.current.zoom(event.deltaY < 0 ? WHEEL_ZOOM : -WHEEL_ZOOM, at(event));
      },
    };
    const gone = new AbortController();
    for (const [name, listener] of Object.entries(ways)) element.addEventListener(name, listener as EventListener, { passive: false, signal: gone.signal });
    return () => { gone.abort(); };
  }, [ref]);
}
