import { expect, test } from 'vitest';
import { schemaVersion } from '../../db/migrate.ts';
import { unknownChanges } from '../../db/migrations/0100-unknown-changes.ts';
import { openDatabase } from '../../db/open.ts';
import { hasUnknown } from '../../db/held.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { undoTo } from './undo.ts';
import { KEY, openDesk } from './support.ts';

test('a workstation from before it keeps what it has not sent, and nothing of it waits for a newer province', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  const before = pendingMutations(db, 10);
  undoTo(db, 93);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(100);
  expect(pendingMutations(after, 10)).toEqual(before);
  expect(hasUnknown(after, 99)).toBe(false);
  expect(() => unknownChanges.up(after)).toThrow(/duplicate column/);
  after.close();
});
