import type { ChangeEvent } from '../contract/console.ts';

/** The tables whose changes make the core say "ask again". */
export type Table = ChangeEvent['tables'][number];

/** What a live query depends on; `issueId` narrows a change of `issue` to that record. */
export interface LiveMeta extends Record<string, unknown> { tables: readonly Table[]; issueId?: string }

/** Whether an answer that depends on `meta` may be different after `event`. */
export function isTouched(meta: LiveMeta, event: Pick<ChangeEvent, 'tables' | 'issueIds'>): boolean {
  return meta.tables.some(table => event.tables.includes(table)
    && (table !== 'issue' || meta.issueId === undefined || event.issueIds.length === 0 || event.issueIds.includes(meta.issueId)));
}
