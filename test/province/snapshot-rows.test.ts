import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { migrate } from '../../province/migrate.ts';
import { beginReading, readRows } from '../../province/snapshot-rows.ts';
import { commitChanges, readHead, type RowWrite } from '../../province/store.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const NOW_MS = 1_790_000_000_000;

test('rows of a kind that only a later version knows come behind all others', async () => {
  const db = await emptyEmbedded();
  await migrate(db, { name: 'Tỉnh Mẫu', nowMs: NOW_MS });
  const row = (kind: string): RowWrite => ({ kind: kind as RowWrite['kind'], id: newId(NOW_MS), siteId: null, service: null, deleted: false, data: { name: 'mẫu' }, expected: 0 });
  await db.transaction(tx => commitChanges(tx, { rows: ['camera', 'unit', 'site'].map(row) }));
  const kinds: string[] = [];
  for await (const page of readRows(db, { siteIds: null, services: null }, beginReading(await readHead(db)))) kinds.push(...page.map(({ kind }) => kind));
  expect(kinds).toEqual(['site', 'unit', 'camera']);
  await db.close();
});
