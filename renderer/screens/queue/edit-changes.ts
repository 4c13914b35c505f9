import type { Issue } from '../../../contract/issue.ts';

export type EditFields = Pick<Issue, 'description' | 'severity' | 'category' | 'place' | 'reporter'>;

/** What an edit sends: of each field that differs, the value it started from and the new one. A masked reporter is never sent. */
export function editChanges(base: EditFields, now: EditFields, hasReporter: boolean): Record<string, { from: unknown; to: unknown }> {
  const fields = ['description', 'severity', 'category', 'place', ...(hasReporter ? ['reporter' as const] : [])] as const;
  return Object.fromEntries(fields.filter(field => JSON.stringify(base[field]) !== JSON.stringify(now[field])).map(field => [field, { from: base[field], to: now[field] }]));
}
