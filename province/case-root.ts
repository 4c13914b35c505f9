import { answeredBy, caseRoot, type Edge } from '../contract/cases.ts';
import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import type { Database } from './sql.ts';

/** What more records than these join is no case but a mistake: each stands for itself, as at the consoles. */
const MAX_MEMBERS = 500;

const PRESENT = "SELECT data FROM record WHERE kind = 'issue' AND NOT deleted";

/** The record that stands for this one (trùng lặp, gộp) by all that were joined with it, up and down, as the consoles judge it; null when it stands for itself. */
export async function standsFor(db: Database, issue: Issue): Promise<Issue | null> {
  const members = new Map<Id, Issue>([[issue.id, issue]]);
  const edges: Edge[] = [];
  for (let fresh = [issue]; fresh.length > 0;) {
    if (members.size > MAX_MEMBERS) return null;
    const up = fresh.flatMap(({ id, merges }) => (merges ?? []).map(({ parentId }) => ({ child: id, parent: parentId })));
    edges.push(...up);
    const joined = [...await withIds(db, up.map(({ parent }) => parent).filter(id => !members.has(id))), ...await mergedInto(db, fresh.map(({ id }) => id))];
    fresh = joined.filter(one => !members.has(one.id));
    for (const one of fresh) members.set(one.id, one);
  }
  const root = members.get(caseRoot([...members.keys()], edges));
  return root !== undefined && root.id !== issue.id && answeredBy(root.id, root, [...members.values()]).has(issue.id) ? root : null;
}

async function withIds(db: Database, ids: readonly Id[]): Promise<Issue[]> {
  const rows = ids.length === 0 ? [] : await db.query<{ data: Issue }>(`${PRESENT} AND id = ANY($1::uuid[])`, [[...new Set(ids)]]);
  return rows.map(({ data }) => data);
}

/** Records that were joined to one of these. */
async function mergedInto(db: Database, ids: readonly Id[]): Promise<Issue[]> {
  const found: Issue[] = [];
  for (const id of ids) {
    const rows = await db.query<{ data: Issue }>(`${PRESENT} AND data ? 'merges' AND data->'merges' <> '[]' AND data->'merges' @> $1::jsonb`, [JSON.stringify([{ parentId: id }])]);
    found.push(...rows.map(({ data }) => data));
  }
  return found;
}
