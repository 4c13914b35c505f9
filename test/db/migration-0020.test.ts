import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { provisionalNumbers } from '../../db/migrations/0020-provisional-numbers.ts';
import { openDatabase } from '../../db/open.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('records written before it are found by their provisional number after it, and are otherwise as they were', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  receive();
  undoTo(db, 10);
  // Persons are sealed by a later step.
  const before = db.prepare<[], { rid: number; provisional_no: string; phone: unknown; rest: unknown }>('SELECT * FROM issue').all().map(({ phone: _, rest: __, ...row }) => row);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(20);
  expect(after.prepare('SELECT * FROM issue').all()).toMatchObject(before);
  const { provisionalStartsWith } = createIssueSearch(after);
  for (const { rid, provisional_no } of before) expect(provisionalStartsWith(provisional_no, 10)).toEqual([rid]);
  expect(provisionalStartsWith(before[0]?.provisional_no.slice(0, -1) ?? '', 10)).toEqual(before.map(row => row.rid));
  expect(migrate(after, null)).toEqual([]);
  expect(() => provisionalNumbers.up(after)).toThrow(/already exists/);
  after.close();
});
