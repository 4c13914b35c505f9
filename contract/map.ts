import { z } from 'zod';
import { AppErrorData } from './errors.ts';
import { Id } from './ids.ts';
import { SEVERITIES, STATES } from './issue.ts';
import { SERVICES } from './org.ts';
import { wordOf } from './words.ts';

/** Neighbours that one answer names at most: each has a letter, and more than these tell nobody anything. */
export const NEIGHBOUR_LIMIT = 50;
/** How far back a record is a neighbour. ms */
export const NEIGHBOUR_SPAN_MS = 24 * 3_600_000;

const Latitude = z.number().min(-90).max(90);
const Longitude = z.number().min(-180).max(180);
export const MapPoint = z.strictObject({ lat: Latitude, lon: Longitude });
export type MapPoint = z.infer<typeof MapPoint>;

/** What a map shows, in degrees; never over the 180th meridian. */
export const MapBox = z.strictObject({ west: Longitude, south: Latitude, east: Longitude, north: Latitude })
  .refine(box => box.west <= box.east && box.south <= box.north, 'west to east, south to north');
export type MapBox = z.infer<typeof MapBox>;

/** A map pack (PMTiles) that an administrator has put on this workstation. */
export const MapPack = z.object({
  name: z.string(), bytes: z.number().int().positive(), key: z.string().max(80).describe('names these bytes: another once the file has changed'),
});
export type MapPack = z.infer<typeof MapPack>;

/** The map pack that there is; `trouble` says why the one file that lies there is none. */
export const MapShelf = z.object({ pack: MapPack.nullable(), trouble: AppErrorData.nullable() });
export type MapShelf = z.infer<typeof MapShelf>;

/** A record as a map shows it: nothing of persons. */
export const Neighbour = z.object({
  id: Id, displayNo: z.string().nullable(), provisionalNo: z.string(), service: wordOf(SERVICES), severity: wordOf(SEVERITIES), state: wordOf(STATES), receivedAtMs: z.number(),
  lat: z.number(), lon: z.number(), description: z.string().describe('its beginning'),
});
export type Neighbour = z.infer<typeof Neighbour>;

/** Nearest first, or newest first where nothing was asked to be near to; `sinceMs`: from when on records were looked at. */
export const Neighbours = z.object({ records: z.array(Neighbour), more: z.boolean(), sinceMs: z.number() });
export type Neighbours = z.infer<typeof Neighbours>;
