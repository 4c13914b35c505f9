import type { RoadDeps } from './as-device.ts';
import { accessRoad, type AccessRoad } from './access-road.ts';
import { fileRoad, type FileRoad } from './file-road.ts';

/** The ways to the province beside the exchange of records. */
export function roads(deps: RoadDeps): { files: FileRoad; accessLog: AccessRoad } {
  return { files: fileRoad(deps), accessLog: accessRoad(deps) };
}
