import type { Migration } from './migration.ts';

/**
 * The first schema. Enums are indexes into the contract's lists, ids 16 bytes, times integer ms; `due_at` is far in the
 * future where there is no deadline; `rest` holds every field without a column, known or not, as JSON.
 */
export const base: Migration = {
  version: 10,
  name: 'base',
  up(db) {
    db.exec(ISSUES);
    db.exec(FULL_TEXT);
    db.exec(REPLICATION);
    db.exec(WORKSTATION);
  },
};

// Numbers are not unique here: after a restore the province may give a number again before the old row is forgotten.
const ISSUES = `
CREATE TABLE issue (
  rid INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL,
  display_no TEXT,
  provisional_no TEXT NOT NULL,
  class INTEGER NOT NULL,
  service INTEGER NOT NULL,
  site_id BLOB NOT NULL,
  area_id BLOB,
  state INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  category TEXT NOT NULL,
  description TEXT NOT NULL,
  place_text TEXT NOT NULL,
  lat REAL,
  lon REAL,
  phone TEXT NOT NULL,
  lead_unit_id BLOB,
  author_id BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  sync INTEGER NOT NULL,
  version INTEGER NOT NULL,
  rest TEXT NOT NULL
);
CREATE UNIQUE INDEX ux_id ON issue(id);
CREATE INDEX ix_no ON issue(display_no);
CREATE INDEX ix_cover ON issue(received_at, state, service, severity, site_id, area_id, lead_unit_id, author_id, due_at, sync, is_open);
CREATE INDEX ix_open_prio_due ON issue(severity, due_at, service, state, site_id, area_id, lead_unit_id, author_id) WHERE is_open = 1;
CREATE INDEX ix_area_geo ON issue(area_id, received_at, lat, lon);
CREATE INDEX ix_phone_rev ON issue(substr(phone,-1,1)||substr(phone,-2,1)||substr(phone,-3,1)||substr(phone,-4,1)||substr(phone,-5,1)||substr(phone,-6,1)||substr(phone,-7,1)||substr(phone,-8,1)||substr(phone,-9,1)||substr(phone,-10,1));
CREATE INDEX ix_unsent ON issue(sync) WHERE sync <> 0;
`;

const FULL_TEXT = `
CREATE VIRTUAL TABLE ex USING fts5(t, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE fo USING fts5(t, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
INSERT INTO ex(ex, rank) VALUES ('automerge', 0), ('crisismerge', 500), ('deletemerge', 0);
INSERT INTO fo(fo, rank) VALUES ('automerge', 0), ('crisismerge', 500), ('deletemerge', 0);
`;

const REPLICATION = `
CREATE TABLE org_row (
  kind TEXT NOT NULL, id BLOB NOT NULL, site_id BLOB, data TEXT NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX ix_org_id ON org_row(id);
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY, issue_id BLOB NOT NULL, name TEXT NOT NULL, actor_id BLOB NOT NULL, actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL, payload TEXT NOT NULL, provisional_no TEXT, acked_seq INTEGER
);
CREATE INDEX ix_outbox_issue ON outbox(issue_id, n);
CREATE INDEX ix_outbox_acked ON outbox(acked_seq) WHERE acked_seq IS NOT NULL;
CREATE TABLE base_row (issue_id BLOB PRIMARY KEY, data TEXT, refused INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE sent_log (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL, actor_id BLOB NOT NULL, at_ms INTEGER NOT NULL, payload TEXT NOT NULL,
  provisional_no TEXT, status TEXT NOT NULL, judged_at_ms INTEGER NOT NULL
);
CREATE TABLE parked_row (
  kind TEXT NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE attention (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL, issue_id BLOB, issue_no TEXT NOT NULL, description TEXT NOT NULL,
  status TEXT NOT NULL, error TEXT, lost TEXT NOT NULL, payload TEXT NOT NULL, actor_id BLOB NOT NULL,
  at_ms INTEGER NOT NULL, judged_at_ms INTEGER NOT NULL, dismissed_at_ms INTEGER, dismissed_by BLOB
);
CREATE INDEX ix_attention_issue ON attention(issue_id) WHERE dismissed_at_ms IS NULL;
CREATE TABLE sync_state (
  one INTEGER PRIMARY KEY CHECK (one = 1), cursor TEXT, pulled_seq INTEGER NOT NULL DEFAULT 0,
  offset_ms INTEGER, offset_measured_at_ms INTEGER, round_trip_ms INTEGER, last_sync_at_ms INTEGER,
  snapshot_id TEXT, snapshot_chunks INTEGER NOT NULL DEFAULT 0, snapshot_fresh INTEGER NOT NULL DEFAULT 0
);
INSERT INTO sync_state(one) VALUES (1);
CREATE TABLE snapshot_chunk (idx INTEGER PRIMARY KEY);
CREATE TABLE snapshot_row (kind TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
`;

const WORKSTATION = `
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE station (one INTEGER PRIMARY KEY CHECK (one = 1), data TEXT NOT NULL);
CREATE TABLE settings (one INTEGER PRIMARY KEY CHECK (one = 1), data TEXT NOT NULL);
CREATE TABLE session (one INTEGER PRIMARY KEY CHECK (one = 1), data TEXT NOT NULL);
CREATE TABLE offline_verifier (
  login TEXT PRIMARY KEY COLLATE NOCASE, person_id BLOB NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL, valid_until_ms INTEGER NOT NULL
);
CREATE TABLE login_attempt (login TEXT PRIMARY KEY COLLATE NOCASE, failures INTEGER NOT NULL, locked_until_ms INTEGER);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, person_id BLOB, action TEXT NOT NULL, subject TEXT NOT NULL
);
CREATE TABLE draft (
  id BLOB PRIMARY KEY, person_id BLOB NOT NULL, service TEXT NOT NULL, fields TEXT NOT NULL, provisional_no TEXT NOT NULL, saved_at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE import_job (id BLOB PRIMARY KEY, started_at_ms INTEGER NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE import_line (
  job_id BLOB NOT NULL, line INTEGER NOT NULL, status TEXT NOT NULL, ref TEXT NOT NULL, issue_id BLOB, error TEXT, warnings TEXT NOT NULL,
  PRIMARY KEY (job_id, line)
) WITHOUT ROWID;
CREATE TABLE import_key (source_key TEXT PRIMARY KEY, issue_id BLOB NOT NULL) WITHOUT ROWID;
`;
