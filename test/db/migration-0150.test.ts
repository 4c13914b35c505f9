import { expect, test } from 'vitest';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { draftOf } from '../../contract/policy/draft.ts';
import { newId } from '../../contract/ids.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { policyDrafts } from '../../db/migrations/0150-policy-drafts.ts';
import { openDatabase } from '../../db/open.ts';
import { readPolicyDraft } from '../../db/stores/policy-drafts.ts';
import { DESK, KEY, LEAD, openDesk, T0 } from './support.ts';
import { undoTo } from './undo.ts';

const draft = draftOf(DEFAULT_PACK, { id: newId(T0), nowMs: T0 });

test('a workstation from before it has no drafts of packs', () => {
  const { file, db, close } = openDesk();
  undoTo(db, 130);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(150);
  expect(readPolicyDraft(after, DESK)).toBe(null);
  expect(migrate(after, null)).toEqual([]);
  expect(() => policyDrafts.up(after)).toThrow(/already exists/);
  after.close();
});

test('a draft is its person’s own; one of a form that nobody knows any more is none, and makes room', () => {
  const { db, call, close } = openDesk();
  call('policyDraft.save', { personId: DESK, draft, isNew: true, atMs: T0 });
  expect([readPolicyDraft(db, DESK), readPolicyDraft(db, LEAD)]).toEqual([{ draft, savedAtMs: T0 }, null]);
  expect(() => call('policyDraft.save', { personId: LEAD, draft, isNew: false, atMs: T0 })).toThrow(expect.objectContaining({ code: 'policy/draft-gone' }));
  expect(() => call('policyDraft.save', { personId: DESK, draft, isNew: true, atMs: T0 })).toThrow(expect.objectContaining({ code: 'policy/draft-there' }));
  const long = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x.${String(n)}`, 'x'.repeat(9_000)]));
  expect(() => call('policyDraft.save', { personId: DESK, draft: { ...draft, typed: long }, isNew: false, atMs: T0 })).toThrow(expect.objectContaining({ code: 'draft/too-long' }));
  call('policyDraft.remove', { personId: DESK, id: newId(T0 + 1) });
  expect(readPolicyDraft(db, DESK)?.draft).toEqual(draft);
  db.prepare("UPDATE policy_draft SET draft='{}'").run();
  expect(readPolicyDraft(db, DESK)).toBe(null);
  call('policyDraft.save', { personId: DESK, draft, isNew: true, atMs: T0 + 2 });
  expect(readPolicyDraft(db, DESK)?.savedAtMs).toBe(T0 + 2);
  close();
});
