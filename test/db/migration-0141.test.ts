import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { readRinging } from '../../db/stores/alarms.ts';
import { KEY, lead, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

test('at a workstation from before it the same records ring, and what has been taken up is in no index of what rings', () => {
  const { file, db, receive, mutate, close } = openDesk();
  const [waiting, taken] = [receive({ severity: 'P1' }), receive({ severity: 'P1' })];
  mutate(lead, 'issue.acknowledge', { id: taken });
  const ringing = readRinging(db, ['P1', 'P2'], T0);
  undoTo(db, 140);
  expect(ringing.map(({ id }) => id)).toEqual([waiting]);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(141);
  expect(readRinging(after, ['P1', 'P2'], T0)).toEqual(ringing);
  // Neither index can answer for what has been taken up: it is not in them.
  expect(() => after.prepare('SELECT rid FROM issue INDEXED BY ix_waiting WHERE is_open = 1 AND state = 0')).toThrow('no query solution');
  expect(() => after.prepare('SELECT rid FROM issue INDEXED BY ix_waiting_part WHERE case_id IS NOT NULL AND state = 0')).toThrow('no query solution');
  expect(migrate(after, null)).toEqual([]);
  after.close();
});
