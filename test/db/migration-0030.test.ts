import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { textBehind } from '../../db/migrations/0030-text-behind.ts';
import { openDatabase } from '../../db/open.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { readTextFrom } from '../../db/text-behind.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('a workstation from before it misses no words, and knows where it stands as before', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  const before = readSyncState(db);
  undoTo(db, 20);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(30);
  // That words are to be written again is due to a later step.
  expect([readTextFrom(after), readSyncState(after)]).toEqual([1, before]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => textBehind.up(after)).toThrow(/duplicate column/);
  after.close();
});
