import type { Migration } from './migration.ts';

/** Changes that wait keep the words of a record that has gone from here: its author must know what a refusal is about. */
export const wordsOfLeft: Migration = {
  version: 90,
  name: 'waiting changes keep the words of a record that has left',
  up(db) {
    db.exec('ALTER TABLE outbox ADD COLUMN issue_no TEXT; ALTER TABLE outbox ADD COLUMN description TEXT');
  },
};
