import { nfc } from '../contract/text.ts';
import { compactDay } from '../contract/time.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import { applyIntent, kindOf, type IntentName } from '../contract/documents/apply.ts';
import type { Id } from '../contract/ids.ts';
import { nextCount } from './counter.ts';
import { addEntry, factsOf, keepBase, parsePayload } from './outbox.ts';
import { addAudit } from './stores/auth.ts';
import { readRefusedIssue } from './stores/attention.ts';
import { PENDING, REFUSED } from './stores/issues.ts';
import { requireStation } from './stores/station.ts';
import { readWritten, writeWritten } from './stores/written.ts';
import type { Work } from './work.ts';
import type { MutateOutput } from './writer-api.ts';

/** The number told to a caller before the province gives the final one: `TẠM-<station>-<yymmdd>-<nn>`, nn per day. */
export function nextProvisionalNo(work: Work, stationCode: string, atMs: number): string {
  const day = compactDay(atMs);
  return `TẠM-${stationCode}-${day}-${String(nextCount(work, `provisional:${day}`)).padStart(2, '0')}`;
}

/** Text in NFC throughout; `from` stays as it is, since it must equal what the row has. */
function normalised(value: unknown): unknown {
  if (typeof value === 'string') return nfc(value);
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'from' ? part : normalised(part)]));
}

export interface NewMutation {
  actor: Actor; name: IntentName; payload: Record<string, unknown>; atMs: number;
  /** A number that was already told to the caller; null takes the next one. */
  provisionalNo: string | null;
}

/**
 * Row + numbered mutation + audit line, in the caller's transaction. The author is bound here: who sends it later, and
 * when, changes nothing.
 *
 * @throws {AppError} the refusal of `applyIntent`, `issue/bad-value`, `enrol/not-enrolled`
 */
export function writeMutation(work: Work, { actor, name, payload: raw, atMs, provisionalNo }: NewMutation): MutateOutput {
  const station = requireStation(work.db);
  const payload = parsePayload(name, normalised(raw) as Record<string, unknown>);
  const issueId: Id = payload.id;
  const kind = kindOf(name);
  const before = readWritten(work.db, kind, issueId);
  const told = name !== 'issue.receive' ? null : provisionalNo ?? nextProvisionalNo(work, station.stationCode, atMs);
  const { row } = applyIntent(name, before ?? undefined, payload, factsOf(work.db, station.deviceId, { actor, atMs, provisionalNo: told }));
  const n = nextCount(work, 'mutation');
  keepBase(work, kind, issueId, before);
  addEntry(work, { n, issueId, name, actor, atMs, payload, provisionalNo: told });
  writeWritten(work, kind, row, readRefusedIssue(work.db, issueId) ? REFUSED : PENDING);
  addAudit(work, { atMs, personId: actor.personId, action: name, subject: issueId });
  work.touch('sync');
  return { id: issueId, provisionalNo: 'provisionalNo' in row ? row.provisionalNo : '', n };
}
