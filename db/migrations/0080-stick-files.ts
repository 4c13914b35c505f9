import type { Migration } from './migration.ts';

/**
 * Files that take the place of a link: the province's public keys, this workstation's own key for answers (made with its first
 * file), what was exported when, and files of other workstations that are carried to the province and back.
 */
export const stickFiles: Migration = {
  version: 80,
  name: 'files as a link',
  up(db) {
    db.exec(`
CREATE TABLE stick_province (one INTEGER PRIMARY KEY CHECK (one = 1), box_key TEXT NOT NULL, sign_key TEXT NOT NULL);
CREATE TABLE stick_reply_key (one INTEGER PRIMARY KEY CHECK (one = 1), public_key TEXT NOT NULL, private_key TEXT NOT NULL);
CREATE TABLE stick_export (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, first_n INTEGER NOT NULL, last_n INTEGER NOT NULL, count INTEGER NOT NULL,
  bytes INTEGER NOT NULL, at_ms INTEGER NOT NULL
);
CREATE TABLE stick_carried (
  id BLOB PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, station_code TEXT NOT NULL, first_n INTEGER NOT NULL, last_n INTEGER NOT NULL,
  count INTEGER NOT NULL, file BLOB NOT NULL, taken_at_ms INTEGER NOT NULL, status TEXT NOT NULL,
  answer_name TEXT, answer BLOB, error TEXT, ended_at_ms INTEGER
);`);
  },
};
