import type { Migration } from './migration.ts';

/** Workstations, how they prove themselves, and who may work on them. Codes and tokens are kept as SHA-256 only. */
export const stationsAndPeople: Migration = {
  version: 20,
  name: 'stations and people',
  sql: `
CREATE TABLE device (
  id uuid PRIMARY KEY,
  station_code text NOT NULL UNIQUE,
  station_name text NOT NULL,
  site_id uuid NOT NULL,
  public_key text NOT NULL,
  scope jsonb NOT NULL,
  scope_version integer NOT NULL DEFAULT 1,
  last_n bigint NOT NULL DEFAULT 0,
  enrolled_at_ms bigint NOT NULL,
  last_seen_at_ms bigint,
  revoked_at_ms bigint
);
CREATE TABLE enrol_code (
  hash text PRIMARY KEY,
  site_id uuid NOT NULL,
  services jsonb,
  expires_at_ms bigint NOT NULL,
  device_id uuid REFERENCES device (id)
);
CREATE TABLE nonce (
  hash text PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id),
  expires_at_ms bigint NOT NULL
);
CREATE TABLE session_token (
  hash text PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id),
  person_id uuid,
  expires_at_ms bigint NOT NULL
);
CREATE INDEX session_token_by_device ON session_token (device_id);
CREATE TABLE account (
  person_id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  hash text NOT NULL
);
CREATE TABLE login_attempt (
  login text PRIMARY KEY,
  failures integer NOT NULL,
  locked_until_ms bigint NOT NULL DEFAULT 0,
  at_ms bigint NOT NULL
);
CREATE TABLE person_grant (
  device_id uuid NOT NULL REFERENCES device (id),
  person_id uuid NOT NULL,
  granted_at_ms bigint NOT NULL,
  PRIMARY KEY (device_id, person_id)
);
CREATE TABLE sample_account (
  login text PRIMARY KEY,
  password text NOT NULL
);
`,
};
