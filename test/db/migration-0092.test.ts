import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { approvedRemoval } from '../../db/migrations/0092-approved-removal.ts';
import { openDatabase } from '../../db/open.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { undoTo } from './undo.ts';
import { KEY, openDesk } from './support.ts';

test('a workstation from before it knows where it stands, and nothing is approved', () => {
  const { file, db, close } = openDesk();
  const stood = readSyncState(db);
  undoTo(db, 91);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(92);
  expect(readSyncState(after)).toEqual(stood);
  expect(after.prepare('SELECT approved_copy, approved_rows FROM sync_state').all()).toEqual([{ approved_copy: null, approved_rows: 0 }]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => approvedRemoval.up(after)).toThrow(/duplicate column/);
  after.close();
});
