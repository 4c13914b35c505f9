import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { offeredAgain } from '../../db/migrations/0040-offered-again.ts';
import { openDatabase } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { createRunner } from '../../db/runner.ts';
import { KEY, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

test('what waits and what was sent before it is kept, and what was sent can be offered again', () => {
  const on = openDesk();
  on.receive();
  on.receive();
  on.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'applied', seq: 5 }], atMs: T0 });
  const before = pendingMutations(on.db, 10);
  undoTo(on.db, 30);
  on.close();
  const after = openDatabase({ file: on.file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(40);
  expect(pendingMutations(after, 10)).toEqual(before);
  const { output } = createRunner(after).run('sync.provinceRestored', { lastN: 0 });
  expect(output).toEqual({ again: 1 });
  expect(pendingMutations(after, 10).map(mutation => mutation.n)).toEqual([1, 2]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => offeredAgain.up(after)).toThrow(/duplicate column/);
  after.close();
});
