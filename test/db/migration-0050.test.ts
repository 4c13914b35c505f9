import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { formTexts } from '../../db/migrations/0050-form-texts.ts';
import { openDatabase } from '../../db/open.ts';
import { readDrafts } from '../../db/stores/drafts.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { DESK, KEY, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

test('a workstation from before it has no half-written forms, and its drafts as they were', () => {
  const { file, db, call, receive, close } = openDesk();
  const id = receive();
  const draft = call('draft.start', { personId: DESK, service: '115', atMs: T0 });
  undoTo(db, 40);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(50);
  expect([readForms(after, DESK, id), readDrafts(after, DESK)]).toEqual([[], [draft]]);
  expect(migrate(after, null)).toEqual([]);
  expect(() => formTexts.up(after)).toThrow(/already exists/);
  after.close();
});
