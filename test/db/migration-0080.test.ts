import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { stickFiles } from '../../db/migrations/0080-stick-files.ts';
import { openDatabase } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readCarried, readExports, readProvinceStickKeys, readReplyKey } from '../../db/stores/stick.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('a workstation from before it has no keys and no files yet, and its unsent changes as they were', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  const before = pendingMutations(db, 10);
  undoTo(db, 70);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(80);
  expect([readProvinceStickKeys(after), readReplyKey(after), readExports(after, 5), readCarried(after)]).toEqual([null, null, [], []]);
  expect(pendingMutations(after, 10)).toEqual(before);
  expect(migrate(after, null)).toEqual([]);
  expect(() => stickFiles.up(after)).toThrow(/already exists/);
  after.close();
});
