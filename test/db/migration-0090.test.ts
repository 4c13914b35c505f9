import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { wordsOfLeft } from '../../db/migrations/0090-words-of-left.ts';
import { openDatabase } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { undoTo } from './undo.ts';
import { KEY, openDesk } from './support.ts';

test('what waits is kept, and has no words of its own yet', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  const waiting = pendingMutations(db, 10);
  undoTo(db, 89);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(90);
  expect(pendingMutations(after, 10)).toEqual(waiting);
  expect(after.prepare('SELECT issue_no, description FROM outbox').all()).toEqual([{ issue_no: null, description: null }]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => wordsOfLeft.up(after)).toThrow(/duplicate column/);
  after.close();
});
