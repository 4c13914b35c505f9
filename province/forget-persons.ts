import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import { isErased } from '../contract/mutations/erase.ts';
import type { Verdict } from '../contract/province.ts';
import type { Judged, Parsed } from './judge.ts';
import type { Sql } from './sql.ts';

const PERSONAL: readonly string[] = ['reporter', 'victims'];

/** Notes which verdicts tell of whom, by the values that their edit lost: they are found again when the record's persons are erased. */
export async function noteTellingVerdicts(tx: Sql, deviceId: Id, items: readonly Parsed[], verdicts: readonly Verdict[]): Promise<void> {
  const telling = verdicts.filter(({ lost = [] }) => lost.some(({ field }) => PERSONAL.includes(field))).map(({ n }) => n);
  for (const item of items) {
    if (item.refusal !== null || !telling.includes(item.mutation.n)) continue;
    await tx.query('INSERT INTO verdict_person (issue_id, device_id, n) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [item.payload.id, deviceId, item.mutation.n]);
  }
}

/** Of records whose persons have just been erased, stored verdicts lose what they tell of them. */
export async function forgetInVerdicts(tx: Sql, changed: ReadonlyMap<Id, Judged>): Promise<void> {
  const erased = [...changed].filter(([, { kind, row }]) => kind === 'issue' && isErased(row as Issue)).map(([id]) => id);
  if (erased.length === 0) return;
  const rows = await tx.query<{ device_id: Id; n: number; data: Verdict }>(`SELECT v.device_id, v.n, v.data FROM verdict v JOIN verdict_person p USING (device_id, n) WHERE p.issue_id = ANY($1::uuid[])`, [erased]);
  for (const { device_id, n, data } of rows) {
    const told = { ...data, lost: (data.lost ?? []).map(value => (PERSONAL.includes(value.field) ? { ...value, mine: null, theirs: null } : value)) };
    await tx.query('UPDATE verdict SET data = $3::jsonb WHERE device_id = $1 AND n = $2', [device_id, n, JSON.stringify(told)]);
  }
  await tx.query('DELETE FROM verdict_person WHERE issue_id = ANY($1::uuid[])', [erased]);
}
