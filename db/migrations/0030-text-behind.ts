import type { Migration } from './migration.ts';

/**
 * The first copy writes its records without their full text, which takes a third of the time; the words follow. From
 * which row on they are still to come must outlive a power cut.
 */
export const textBehind: Migration = {
  version: 30,
  name: 'words may follow their records',
  up(db) {
    db.exec('ALTER TABLE sync_state ADD COLUMN text_from INTEGER');
  },
};
