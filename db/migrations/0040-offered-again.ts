import type { Migration } from './migration.ts';

/**
 * What a restored province has forgotten is offered to it again, by the same author with the same rights: the log keeps the
 * author whole, and the outbox knows which mutations come for the second time.
 */
export const offeredAgain: Migration = {
  version: 40,
  name: 'judged changes can be offered again',
  up(db) {
    db.exec(`ALTER TABLE sent_log ADD COLUMN actor TEXT;
      ALTER TABLE outbox ADD COLUMN again INTEGER NOT NULL DEFAULT 0`);
  },
};
