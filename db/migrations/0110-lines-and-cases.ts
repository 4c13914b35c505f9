import type { Migration } from './migration.ts';

const SERVICES = ['113', '114', '115', '112', '1022', 'field'];

interface Rest { lines?: string[]; handOff?: { to?: string } | null; merges?: { parentId?: string }[] }

/** What a later province had sent to an earlier program lies in `rest`: its columns are filled from there. */
function fill(rest: Rest): number {
  return [...rest.lines ?? [], rest.handOff?.to ?? ''].reduce((mask, line) => (SERVICES.includes(line) ? mask | 1 << SERVICES.indexOf(line) : mask), 0);
}

/** Records of several lines, and records that are of the same event: `lines` are bits beside the own one, `case_id` is the record that stands for it. */
export const linesAndCases: Migration = {
  version: 110,
  name: 'records of several lines, and of the same event',
  up(db) {
    db.exec(`ALTER TABLE issue ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE issue ADD COLUMN case_id BLOB;
      CREATE INDEX ix_case ON issue(case_id) WHERE case_id IS NOT NULL;
      CREATE TABLE issue_merge (child BLOB NOT NULL, parent BLOB NOT NULL, PRIMARY KEY (child, parent)) WITHOUT ROWID;
      CREATE INDEX ix_merge_parent ON issue_merge(parent)`);
    const rows = db.prepare<unknown[], { rid: number; id: Uint8Array; rest: string }>(`SELECT rid, id, rest FROM issue WHERE instr(rest, '"lines"') OR instr(rest, '"handOff"') OR instr(rest, '"merges"')`).all();
    for (const { rid, id, rest } of rows) {
      const found = JSON.parse(rest) as Rest;
      db.prepare('UPDATE issue SET lines=? WHERE rid=?').run(fill(found), rid);
      for (const { parentId = '' } of found.merges ?? []) db.prepare('INSERT OR IGNORE INTO issue_merge(child, parent) VALUES (?,?)').run(id, Buffer.from(parentId.replaceAll('-', ''), 'hex'));
    }
  },
};
