import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { readRinging } from '../../db/stores/alarms.ts';
import { KEY, lead, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

test('at a workstation from before it a line called since rings on; one that was called before that was kept does not begin to', () => {
  const { file, db, receive, mutate, close } = openDesk();
  const take = (): string => { const id = receive({ class: 'incident', service: '114', severity: 'P1' }); mutate(lead, 'issue.acknowledge', { id }); mutate(lead, 'issue.join', { id, lines: ['113', '115'] }); return id; };
  const [called, before, answered] = [take(), take(), take()];
  db.prepare("UPDATE issue SET rest = json_remove(rest, '$.asked') WHERE id = unhex(?)").run(before.replaceAll('-', ''));
  mutate(lead, 'issue.acknowledge', { id: answered });
  undoTo(db, 150);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(151);
  expect(readRinging(after, ['P1', 'P2'], T0)).toMatchObject([{ id: called, acknowledged: true, asked: [{ line: '113' }, { line: '115' }] }]);
  // What the index does not hold cannot be asked of it: it has only what waits.
  expect(() => after.prepare('SELECT rid FROM issue INDEXED BY ix_asked WHERE is_open = 1')).toThrow('no query solution');
  expect(migrate(after, null)).toEqual([]);
  after.close();
});
