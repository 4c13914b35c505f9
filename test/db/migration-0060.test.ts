import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { attachments } from '../../db/migrations/0060-attachments.ts';
import { openDatabase } from '../../db/open.ts';
import { readKeptNames, readNextUnsent } from '../../db/stores/attachments.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('a workstation from before it has no files, and its records as they were', () => {
  const { file, db, receive, close } = openDesk();
  const id = receive();
  const record = readIssue(db, id);
  undoTo(db, 50);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(60);
  expect([readKeptNames(after), readNextUnsent(after), readIssue(after, id)]).toEqual([[], null, record]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => attachments.up(after)).toThrow(/already exists/);
  after.close();
});
