import type { Migration } from './migration.ts';

/**
 * How an entry that needed attention ended, and which mutation took its place; the draft or form in which it is being
 * corrected knows it, so that sending ends it in the same transaction. Beside that the size of what is unsent, kept by
 * triggers: it is asked for after every change and must not read the outbox through each time.
 */
export const attentionDone: Migration = {
  version: 70,
  name: 'what needs attention can be corrected and sent again',
  up(db) {
    db.exec(`
ALTER TABLE attention ADD COLUMN done_how TEXT;
ALTER TABLE attention ADD COLUMN done_n INTEGER;
ALTER TABLE draft ADD COLUMN attention_n INTEGER;
ALTER TABLE form_text ADD COLUMN attention_n INTEGER;
CREATE TABLE outbox_size (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL);
INSERT INTO outbox_size(one, bytes) SELECT 1, coalesce(sum(octet_length(payload)), 0) FROM outbox WHERE acked_seq IS NULL AND n > 0;
CREATE TRIGGER outbox_in AFTER INSERT ON outbox WHEN new.acked_seq IS NULL AND new.n > 0 BEGIN
  UPDATE outbox_size SET bytes = bytes + octet_length(new.payload);
END;
CREATE TRIGGER outbox_out AFTER DELETE ON outbox WHEN old.acked_seq IS NULL AND old.n > 0 BEGIN
  UPDATE outbox_size SET bytes = bytes - octet_length(old.payload);
END;
CREATE TRIGGER outbox_moved AFTER UPDATE OF n, acked_seq ON outbox BEGIN
  UPDATE outbox_size SET bytes = bytes
    + CASE WHEN new.acked_seq IS NULL AND new.n > 0 THEN octet_length(new.payload) ELSE 0 END
    - CASE WHEN old.acked_seq IS NULL AND old.n > 0 THEN octet_length(old.payload) ELSE 0 END;
END;`);
  },
};
