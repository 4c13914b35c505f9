import type { Database } from '../../db/database.ts';
import { digits } from '../../contract/text.ts';
import { sealOf } from '../../db/seal.ts';
import { openedJson } from '../../db/sealed-json.ts';
import { openPersons } from '../../db/stores/issues.ts';

/** Persons back where they stood before they were sealed. */
function unseal(db: Database): void {
  for (const { rid, rest, sealed } of db.prepare<[], { rid: number; rest: string; sealed: Uint8Array }>('SELECT rid, rest, persons AS sealed FROM issue WHERE persons IS NOT NULL').all()) {
    const persons = openPersons(sealOf(db), sealed)!;
    db.prepare('UPDATE issue SET rest=?, phone=? WHERE rid=?').run(JSON.stringify({ ...JSON.parse(rest) as object, ...persons }), digits(persons.reporter.phone), rid);
  }
  db.function('opened', text => JSON.stringify(openedJson(db, String(text))));
  db.exec(`UPDATE outbox SET payload = opened(payload);
    UPDATE outbox_size SET bytes = (SELECT coalesce(sum(octet_length(payload)), 0) FROM outbox WHERE acked_seq IS NULL AND n > 0);
    UPDATE sent_log SET payload = opened(payload); UPDATE base_row SET data = opened(data) WHERE data IS NOT NULL; UPDATE document SET data = opened(data); UPDATE parked_row SET data = opened(data);
    UPDATE attention SET payload = opened(payload), lost = opened(lost); UPDATE draft SET fields = opened(fields); UPDATE form_text SET fields = opened(fields);
    ALTER TABLE issue DROP COLUMN persons`);
}

/** What takes each step of the database back, the newest first. */
const UNDO: readonly [number, string][] = [
  [160, 'ALTER TABLE roster_plan DROP COLUMN revision; ALTER TABLE roster_copy DROP COLUMN revision'],
  [159, 'DROP TABLE roster_copy'],
  [158, 'DROP TABLE roster_plan'],
  [156, `DROP INDEX ix_offered; DROP INDEX ix_asked; CREATE INDEX ix_offered ON issue(severity) WHERE is_open = 1 AND lines <> 0;
    CREATE INDEX ix_asked ON issue(severity) WHERE is_open = 1 AND rest ->> '$.asked[0].line' IS NOT NULL`],
  [155, 'DROP INDEX ix_ended'],
  [151, 'DROP INDEX ix_asked'],
  [150, 'DROP TABLE policy_draft'],
  [146, 'DROP INDEX ix_sent_issue'],
  [145, 'DROP TABLE access_line'],
  [141, `DROP INDEX ix_waiting; DROP INDEX ix_waiting_part; CREATE INDEX ix_waiting ON issue(severity, received_at) WHERE is_open = 1 AND state = 0;
    CREATE INDEX ix_waiting_part ON issue(severity, received_at) WHERE case_id IS NOT NULL AND state = 0`],
  [140, 'DROP TABLE document; ALTER TABLE base_row DROP COLUMN kind'],
  [130, 'DROP INDEX ix_waiting; DROP INDEX ix_waiting_part; DROP INDEX ix_offered'],
  [120, `DROP TABLE bulk_job; DROP TABLE bulk_line; DROP TABLE saved_view; DROP TABLE default_view; DROP INDEX ix_cover;
    CREATE INDEX ix_cover ON issue(received_at, state, service, severity, site_id, area_id, lead_unit_id, author_id, due_at, sync, is_open)`],
  [110, 'DROP INDEX ix_case; DROP TABLE issue_merge; ALTER TABLE issue DROP COLUMN lines; ALTER TABLE issue DROP COLUMN case_id'],
  [100, 'ALTER TABLE outbox DROP COLUMN unknown_at'],
  [93, 'DROP INDEX ix_replica; DROP TABLE repair_log'],
  [92, 'ALTER TABLE sync_state DROP COLUMN approved_copy; ALTER TABLE sync_state DROP COLUMN approved_rows'],
  [91, 'ALTER TABLE base_row DROP COLUMN gone'],
  [90, 'ALTER TABLE outbox DROP COLUMN issue_no; ALTER TABLE outbox DROP COLUMN description'],
  [80, 'DROP TABLE stick_province; DROP TABLE stick_reply_key; DROP TABLE stick_export; DROP TABLE stick_carried'],
  [70, `DROP TRIGGER outbox_in; DROP TRIGGER outbox_out; DROP TRIGGER outbox_moved; DROP TABLE outbox_size;
    ALTER TABLE attention DROP COLUMN done_how; ALTER TABLE attention DROP COLUMN done_n; ALTER TABLE draft DROP COLUMN attention_n;
    ALTER TABLE form_text DROP COLUMN attention_n`],
  [60, 'DROP TABLE attachment_out; DROP TABLE attachment_blob'],
  [50, 'DROP TABLE form_text'],
  [40, 'ALTER TABLE sent_log DROP COLUMN actor; ALTER TABLE outbox DROP COLUMN again'],
  [30, 'ALTER TABLE sync_state DROP COLUMN text_from'],
  [20, 'DROP INDEX ix_provisional'],
];

/** Makes the database one of an earlier version of the program. */
export function undoTo(db: Database, version: number): void {
  if (version < 157) unseal(db);
  for (const [step, sql] of UNDO) if (step > version) db.exec(sql);
  db.pragma(`user_version=${version}`);
}
