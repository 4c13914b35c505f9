/** Takes back what migration 70 made, except in `form_text`, which the undoing of 50 drops. */
export const UNDO_70 = `DROP TRIGGER outbox_in; DROP TRIGGER outbox_out; DROP TRIGGER outbox_moved; DROP TABLE outbox_size;
  ALTER TABLE attention DROP COLUMN done_how; ALTER TABLE attention DROP COLUMN done_n; ALTER TABLE draft DROP COLUMN attention_n`;
