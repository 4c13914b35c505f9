import type { QueueCounts, QueueFilter, QueueSort } from '../../../contract/queue.ts';
import type { IssueState } from '../../../contract/issue.ts';
import type { Service } from '../../../contract/org.ts';

/** The lists of the queue, in the order of their digit keys 1 … 9. */
export const TABS = ['open', 'mine', 's113', 's114', 's115', 's1022', 'field', 'toVerify', 'overdue'] as const;
export type Tab = (typeof TABS)[number];

const TAB_SERVICES: Readonly<Partial<Record<Tab, Service>>> = { s113: '113', s114: '114', s115: '115', s1022: '1022', field: 'field' };

/** What the filter bar narrows beside the tab. `state`: one state, every open one, or any. */
export interface Narrowing { service: Service | null; state: IssueState | 'open' | 'any'; areaId: string | null; text: string }
export const NO_NARROWING: Narrowing = { service: null, state: 'open', areaId: null, text: '' };

export const URGENT_FIRST: QueueSort = { by: 'urgency', descending: false };

/** The filter of a tab and the bar under it; the tab's service wins over the bar's. */
export function filterOf(tab: Tab, { service, state, areaId, text }: Narrowing): QueueFilter {
  const wanted = TAB_SERVICES[tab] ?? service;
  const states: IssueState[] = state !== 'open' && state !== 'any' ? [state] : tab === 'toVerify' ? ['received', 'verifying'] : [];
  return {
    open: state === 'open' || tab === 'overdue' ? true : null,
    services: wanted === null ? [] : [wanted], states, severities: [], siteId: null, areaId, leadUnitId: null,
    mine: tab === 'mine', overdue: tab === 'overdue', text: text.trim(),
  };
}

/** How many records a tab holds, or null while not known. */
export function countOf(tab: Tab, counts: QueueCounts | undefined): number | null {
  if (counts === undefined || counts === null) return null;
  const service = TAB_SERVICES[tab];
  if (service !== undefined) return counts.byService[service] ?? 0;
  switch (tab) {
    case 'mine': return counts.mine;
    case 'toVerify': return counts.toVerify;
    case 'overdue': return counts.overdue;
    default: return counts.open;
  }
}

/** Whether a tab leaves no choice of service. */
export function fixesService(tab: Tab): boolean {
  return TAB_SERVICES[tab] !== undefined;
}
