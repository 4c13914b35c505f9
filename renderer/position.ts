import type { Point } from './nearest-units.ts';

const POSITION = /^\s*(-?\d{1,2}(?:[.,]\d+)?)\s*°?\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*°?\s*$/;
/** Of a degree: some metre, as exact as a map is read. */
const DECIMALS = 5;
/** "11,53": a latitude that is being typed with a decimal comma, or two whole numbers; nobody can tell. */
const AMBIGUOUS = /^\s*-?\d+,-?\d+\s*$/;

/**
 * Latitude and longitude as people write or paste them: "11,4462; 106,8831", "11.4462, 106.8831", "11.4462 106.8831".
 *
 * @returns null for an empty text, 'unreadable' for anything that is not two numbers in range
 */
export function parsePosition(text: string): Point | null | 'unreadable' {
  if (text.trim() === '') return null;
  const match = AMBIGUOUS.test(text) ? null : POSITION.exec(text);
  if (match === null) return 'unreadable';
  const [lat, lon] = [match[1], match[2]].map(part => Number((part ?? '').replace(',', '.')) + 0) as [number, number];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : 'unreadable';
}

/** A point as it is written down: "11,44620; 106,88310". `parsePosition` reads it back. */
export function formatPosition({ lat, lon }: Point): string {
  const degrees = (value: number): string => value.toFixed(DECIMALS).replace('.', ',');
  return `${degrees(lat)}; ${degrees(lon)}`;
}

/** A point as exactly as it is written down. */
export function roundPoint({ lat, lon }: Point): Point {
  const round = (value: number): number => Number(value.toFixed(DECIMALS)) + 0;   // never −0
  return { lat: round(lat), lon: round(lon) };
}
