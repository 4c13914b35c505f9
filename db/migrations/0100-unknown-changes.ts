import type { Migration } from './migration.ts';

/** A change that the province does not know yet waits for a newer one: `unknown_at` is the protocol that did not know it. */
export const unknownChanges: Migration = {
  version: 100,
  name: 'changes that wait for a newer province',
  up(db) {
    db.exec('ALTER TABLE outbox ADD COLUMN unknown_at INTEGER');
  },
};
