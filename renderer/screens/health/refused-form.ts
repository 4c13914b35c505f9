import type { AttentionEntry } from '../../../contract/console.ts';
import type { Issue } from '../../../contract/issue.ts';
import { formOfPayload } from '../intake/form-of-payload.ts';

/**
 * What had been typed, in the shape of the form in which it is corrected (`entry.again`); null where that form has no
 * place for it. Values that nobody else has touched start from what the record has now, so that the next sending loses
 * nothing of anybody's.
 *
 * @param issue the record as it is now; null for one that was never received
 */
export function formOfRefused(entry: Pick<AttentionEntry, 'name' | 'payload' | 'again' | 'status' | 'lost'>, issue: Issue | null): Record<string, unknown> | null {
  const { payload } = entry;
  const text = (key: string): string => (typeof payload[key] === 'string' ? payload[key] : '');
  switch (entry.again) {
    case 'issue.receive': return receiveFields(payload);
    case 'issue.verify': case 'issue.proposeFalse': return { method: payload['method'] ?? null, note: text('note') };
    case 'issue.close': return { outcome: payload['outcome'] ?? null, reply: text('reply') };
    case 'issue.forward': return { leadUnitId: payload['leadUnitId'] ?? null, coUnitIds: payload['coUnitIds'] ?? [], note: text('note') };
    case 'issue.resolve': return { text: text('result'), ...(text('noEvidence') === '' ? {} : { without: true, why: text('noEvidence') }) };
    case 'issue.note': return { text: [text('note'), text('result'), text('reply')].find(words => words !== '') ?? '' };
    case 'issue.edit': return issue === null ? null : editFields(entry, issue);
    case null: return null;
    default: return { text: text('note') };
  }
}

function receiveFields(payload: Record<string, unknown>): Record<string, unknown> | null {
  const filled = formOfPayload(payload);
  return filled === null ? null : { ...filled.form };
}

const EDITED = ['description', 'severity', 'category', 'place', 'reporter'] as const;

function editFields({ payload, status, lost }: Pick<AttentionEntry, 'payload' | 'status' | 'lost'>, issue: Issue): Record<string, unknown> {
  const changes = typeof payload['fields'] === 'object' && payload['fields'] !== null ? payload['fields'] as Record<string, { from: unknown; to: unknown }> : {};
  const base: Record<string, unknown> = Object.fromEntries(EDITED.map(field => [field, issue[field]]));
  const now = { ...base };
  for (const field of EDITED) {
    const value = lost.find(one => one.field === field);
    // Of an edit that was taken in part, only what lost is put in again.
    if (changes[field] === undefined || (status !== 'rejected' && value === undefined)) continue;
    now[field] = changes[field].to;
    // The reporter may be masked in the record as it is shown; what the edit met is not.
    if (field === 'reporter') base[field] = value === undefined ? changes[field].from : value.present;
  }
  return { base, now, hasReporter: changes['reporter'] !== undefined && now['reporter'] !== base['reporter'] };
}
