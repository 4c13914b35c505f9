import type { Migration } from './migration.ts';

/** Who has read personal data here: lines that nobody changes or takes away, on their way to the province (`sent`). */
export const accessLog: Migration = {
  version: 145,
  name: 'who has read personal data',
  up(db) {
    db.exec(`
CREATE TABLE access_line (
  id BLOB PRIMARY KEY, at_ms INTEGER NOT NULL, person_id BLOB NOT NULL, issue_id BLOB, ground TEXT NOT NULL, reason TEXT NOT NULL,
  records INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX ix_access_time ON access_line(at_ms, id);
CREATE INDEX ix_access_unsent ON access_line(at_ms) WHERE sent = 0;
CREATE TRIGGER access_line_fixed BEFORE UPDATE OF id, at_ms, person_id, issue_id, ground, reason, records ON access_line BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END;
CREATE TRIGGER access_line_stays BEFORE DELETE ON access_line BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END;`);
  },
};
