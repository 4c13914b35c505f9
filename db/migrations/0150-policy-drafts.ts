import type { Migration } from './migration.ts';

/** A policy pack as an administrator edits it: one a person, kept as it is typed. */
export const policyDrafts: Migration = {
  version: 150,
  name: 'drafts of policy packs',
  up(db) {
    db.exec('CREATE TABLE policy_draft (person_id BLOB PRIMARY KEY, id BLOB NOT NULL, draft TEXT NOT NULL, saved_at_ms INTEGER NOT NULL) WITHOUT ROWID;');
  },
};
