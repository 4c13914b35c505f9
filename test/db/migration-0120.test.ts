import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { bulkAndViews } from '../../db/migrations/0120-bulk-and-views.ts';
import { openDatabase } from '../../db/open.ts';
import { readLastBulkJob } from '../../db/stores/bulk.ts';
import { createIssueQueries } from '../../db/stores/issue-queries.ts';
import { readSavedViews } from '../../db/stores/saved-views.ts';
import { DESK, KEY, openDesk } from './support.ts';
import { undoTo } from './undo.ts';

test('a workstation from before it has no bulk actions and no views, and its sheet is read with the category from the index alone', () => {
  const { file, db, receive, close } = openDesk();
  receive();
  undoTo(db, 100);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(120);
  expect([readLastBulkJob(after, DESK), readSavedViews(after, { personId: DESK })]).toEqual([null, []]);
  expect(createIssueQueries(after).slice(null).rows.map(row => row.at(-1))).toEqual(['unknown']);
  const plan = after.prepare<unknown[], { detail: string }>('EXPLAIN QUERY PLAN SELECT rid, received_at, state, category FROM issue INDEXED BY ix_cover WHERE received_at >= 0 ORDER BY received_at LIMIT 9').all();
  expect(plan.map(step => step.detail).join()).toContain('COVERING INDEX ix_cover');
  expect(migrate(after, null)).toEqual([]);
  expect(() => bulkAndViews.up(after)).toThrow(/already exists/);
  after.close();
});
