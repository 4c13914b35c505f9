import { expect, test } from 'vitest';
import { isOpen, STATES } from '../../contract/issue.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { ended } from '../../db/migrations/0155-ended.ts';
import { openDatabase } from '../../db/open.ts';
import { ENDED } from '../../db/stores/handover-figures.ts';
import { KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('what has ended is found by its last change, in a database of before as well', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  undoTo(db, 150);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(155);
  // The condition of the index names the states by their numbers: a new one that ends a record needs another index.
  expect(STATES.filter(state => !isOpen(state)).map(state => STATES.indexOf(state)).sort((a, b) => a - b).join(', ')).toBe(ENDED);
  expect(after.prepare(`SELECT rid FROM issue INDEXED BY ix_ended WHERE state IN (${ENDED}) AND coalesce(rest ->> '$.history[#-1].arrivedAtMs', rest ->> '$.history[#-1].atMs') >= 0`).all()).toEqual([]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => ended.up(after)).toThrow(/already exists/);
  after.close();
});
