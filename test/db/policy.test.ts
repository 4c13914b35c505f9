import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { draftOf } from '../../contract/policy/draft.ts';
import { PolicyPack, signedText, type PolicyRow } from '../../contract/policy/pack.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readPolicies, readPolicyBook } from '../../db/stores/policy.ts';
import { readPolicyDraft } from '../../db/stores/policy-drafts.ts';
import { LEAD, openDesk, T0, type Desk } from './support.ts';

const keys = generateKeyPairSync('ed25519');
const signKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** A pack like the first, but with five minutes to acknowledge everything, in force from `effectiveFromMs` on. */
function pack(n: number, effectiveFromMs: number, minutes = 5): PolicyRow {
  const clocks = DEFAULT_PACK.clocks.map(rule => (rule.clock === 'ack' ? { ...rule, minutes, calendar: 'around' as const } : rule));
  const unsigned = { ...DEFAULT_PACK, id: newId(n), code: `thu-${n}`, effectiveFromMs, clocks, issuedAtMs: T0 };
  return { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), keys.privateKey).toString('base64') };
}

function desk(...rows: PolicyRow[]): Desk {
  const opened = openDesk();
  opened.call('stick.saveKeys', { keys: { boxKey: 'none', signKey }, atMs: T0 });
  opened.call('sync.applyPage', { rows: rows.map((row, at) => ({ kind: 'policy', id: row.id, seq: 20 + at, deleted: false, data: { ...row } as Record<string, unknown> })), cursor: 'p', verdicts: [], atMs: T0 });
  return opened;
}

test('the pack that the program comes with is a whole and valid one; where it has no figure of the regulation it says so', () => {
  expect(PolicyPack.parse(DEFAULT_PACK)).toEqual(DEFAULT_PACK);
  expect(DEFAULT_PACK.clocks.filter(rule => rule.source === null).length).toBeGreaterThan(60);
  expect(DEFAULT_PACK.survey.source).toBe('Q13.10');
});

test('a record is judged by the pack in force when it was received, and keeps it', () => {
  const later = pack(1, T0 + 60_000);
  const opened = desk(later);
  const dueIn = (receivedAtMs: number): [number, string | undefined] => {
    const { issue } = readIssue(opened.db, opened.receive({ receivedAtMs }))!;
    return [((issue.dueAtMs ?? 0) - receivedAtMs) / 60_000, issue.policyId];
  };
  expect(dueIn(T0)).toEqual([90 + 120 + 30, DEFAULT_PACK.id]);        // 10:00; the midday break of two hours lies between
  expect(dueIn(T0 + 60_000)).toEqual([5, later.id]);
  opened.close();
});

test('a pack that the province has not signed, or that someone changed after it had, counts for nothing and is kept to be looked at', () => {
  const good = pack(1, T0 - 1_000);
  const changed = { ...pack(2, T0 - 500, 7), title: 'Quy chế khác' };
  const opened = desk(good, changed, { ...pack(3, T0 - 400), signature: 'none' });
  expect(readPolicyBook(opened.db).at(T0).id).toBe(good.id);
  expect(readPolicyBook(opened.db).all.map(one => one.id)).toEqual([DEFAULT_PACK.id, good.id]);
  expect(readPolicies(opened.db)).toHaveLength(3);
  opened.close();
});

test('a pack that comes while the console runs is known to the next change', () => {
  const opened = desk();
  expect(readPolicyBook(opened.db).at(T0).id).toBe(DEFAULT_PACK.id);
  const next = pack(4, T0 - 1);
  opened.call('sync.applyPage', { rows: [{ kind: 'policy', id: next.id, seq: 30, deleted: false, data: { ...next } as Record<string, unknown> }], cursor: 'q', verdicts: [], atMs: T0 });
  expect(readPolicyBook(opened.db).at(T0).id).toBe(next.id);
  opened.close();
});

test('a draft that was begun before packs spoke of duty rosters has them as they are proposed, and what was typed', () => {
  const opened = openDesk();
  const draft = draftOf(DEFAULT_PACK, { id: newId(T0), nowMs: T0 });
  const { rosters, ...pack } = draft.pack;
  const kept = { ...draft, pack, typed: { 'returns.limit': 'hai' } };
  opened.call('policyDraft.save', { personId: LEAD, draft: kept, isNew: true, atMs: T0 });
  expect(readPolicyDraft(opened.db, LEAD)).toEqual({ draft: { ...kept, pack: { ...pack, rosters } }, savedAtMs: T0 });
  opened.close();
});
