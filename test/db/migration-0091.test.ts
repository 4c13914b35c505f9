import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { gone } from '../../db/migrations/0091-gone.ts';
import { openDatabase } from '../../db/open.ts';
import { readBase } from '../../db/outbox.ts';
import { undoTo } from './undo.ts';
import { KEY, openDesk } from './support.ts';

test('what waits from before it is about records that are there', () => {
  const { file, db, receive, close } = openDesk();
  const id = receive();
  undoTo(db, 90);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(91);
  expect(readBase(after, id)).toEqual({ kind: 'issue', data: null, refused: false, gone: false });
  expect(migrate(after, null)).toEqual([]);
  expect(() => gone.up(after)).toThrow(/duplicate column/);
  after.close();
});
