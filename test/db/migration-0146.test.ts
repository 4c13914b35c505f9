import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { erasure } from '../../db/migrations/0146-erasure.ts';
import { openDatabase } from '../../db/open.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('what was sent of a record is found by an index, in a database of before as well', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  undoTo(db, 145);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(146);
  const plan = after.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT n, name, payload FROM sent_log WHERE payload ->> '$.id' = ?`).all('x');
  expect(plan.map(step => step.detail).join()).toContain('ix_sent_issue');
  expect(after.pragma('secure_delete', { simple: true })).toBe(1);
  expect(migrate(after, null)).toEqual([]);
  expect(() => erasure.up(after)).toThrow(/already exists/);
  after.close();
});
