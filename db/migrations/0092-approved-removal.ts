import type { Migration } from './migration.ts';

/** Which copy may take many rows away here, and how many: someone with the right has looked at it. */
export const approvedRemoval: Migration = {
  version: 92,
  name: 'an approved mass removal',
  up(db) {
    db.exec('ALTER TABLE sync_state ADD COLUMN approved_copy TEXT; ALTER TABLE sync_state ADD COLUMN approved_rows INTEGER NOT NULL DEFAULT 0');
  },
};
