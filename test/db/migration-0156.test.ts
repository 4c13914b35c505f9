import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { readRinging } from '../../db/stores/alarms.ts';
import { readCaseOf } from '../../db/stores/cases.ts';
import { KEY, lead, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

test('an offer, or a call, that stands on a part of a case since before it is found from then on', () => {
  const { file, db, receive, mutate, close } = openDesk();
  const take = (): string => { const id = receive({ class: 'incident', service: '114', severity: 'P3' }); mutate(lead, 'issue.acknowledge', { id }); return id; };
  const [root, offered, called] = [take(), take(), take()];
  for (const id of [offered, called]) mutate(lead, 'issue.merge', { id, parentId: root, edgeId: newId(T0), note: '' });
  mutate(lead, 'issue.handOff', { id: offered, to: '115', note: 'Có người bị thương' });
  mutate(lead, 'issue.join', { id: called, lines: ['113'] });
  expect([offered, called].map(id => readCaseOf(db, id))).toEqual([root, root]);
  undoTo(db, 155);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(156);
  expect(readRinging(after, ['P1', 'P2'], T0).map(({ id }) => id).toSorted()).toEqual([offered, called].toSorted());
  expect(migrate(after, null)).toEqual([]);
  after.close();
});
