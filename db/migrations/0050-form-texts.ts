import type { Migration } from './migration.ts';

/** What a person has begun to write in the form of a step: one text per person, record and action, theirs alone. */
export const formTexts: Migration = {
  version: 50,
  name: 'half-written step forms are kept',
  up(db) {
    db.exec(`
CREATE TABLE form_text (
  person_id BLOB NOT NULL, issue_id BLOB NOT NULL, action TEXT NOT NULL, fields TEXT NOT NULL, saved_at_ms INTEGER NOT NULL,
  PRIMARY KEY (person_id, issue_id, action)
) WITHOUT ROWID;`);
  },
};
