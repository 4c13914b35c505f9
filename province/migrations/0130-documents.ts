import type { Migration } from './migration.ts';
import { placedKinds } from './placed-kinds.ts';

/** Documents beside records (contract/documents) belong to a site and its lines as records do. None is there before this step. */
export const documents: Migration = {
  version: 130,
  name: 'documents have a place as records do',
  sql: placedKinds(['issue', 'view', 'handover', 'request']),
};
