import type { Migration } from './migration.ts';
import { placedKinds } from './placed-kinds.ts';

/** Published months of duty are documents of a site and a line. None is there before this step. */
export const rosters: Migration = {
  version: 139,
  name: 'published rosters have a place as records do',
  sql: placedKinds(['issue', 'view', 'handover', 'request', 'roster']),
};
