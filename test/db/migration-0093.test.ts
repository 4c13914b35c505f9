import { expect, test } from 'vitest';
import type { Database } from '../../db/database.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { repairs } from '../../db/migrations/0093-repairs.ts';
import { openDatabase } from '../../db/open.ts';
import { readRepairedRows } from '../../db/stores/replica.ts';
import { undoTo } from './undo.ts';
import { KEY, openDesk } from './support.ts';

test('a workstation from before it keeps its records and has mended nothing; comparing reads the index alone', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  // Of one text no two seals are the same.
  const rowsOf = (of: Database): unknown[] => of.prepare<[], { persons: unknown }>('SELECT * FROM issue').all().map(({ persons: _, ...row }) => row);
  const rows = rowsOf(db);
  undoTo(db, 92);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(93);
  expect(rowsOf(after)).toEqual(rows);
  expect(readRepairedRows(after)).toBe(0);
  const plan = after.prepare('EXPLAIN QUERY PLAN SELECT site_id, id, version FROM issue WHERE (site_id, id) > (?, ?) ORDER BY site_id, id LIMIT 9').all(new Uint8Array(), new Uint8Array());
  expect(JSON.stringify(plan)).toContain('COVERING INDEX ix_replica');
  expect(migrate(after, null)).toEqual([]);
  expect(() => repairs.up(after)).toThrow(/already exists/);
  after.close();
});
