import { QueueFilter, SEARCH_CHARS, type QueueCounts, type QueueSort } from '../../../contract/queue.ts';
import type { IssueState } from '../../../contract/issue.ts';
import type { Service } from '../../../contract/org.ts';
import type { Permission } from '../../../contract/permissions.ts';
import { clipped } from '../../../contract/text.ts';

/** The lists of the queue, in the order of their digit keys 1 … 9, 0. */
export const TABS = ['open', 'mine', 's113', 's114', 's115', 's1022', 'field', 'toVerify', 'overdue', 'toSurvey'] as const;
export type Tab = (typeof TABS)[number];

/** The right without which a list is of no use to anybody. */
export const TAB_NEEDS: Readonly<Partial<Record<Tab, Permission>>> = { toSurvey: 'issue.survey' };

const TAB_SERVICES: Readonly<Partial<Record<Tab, Service>>> = { s113: '113', s114: '114', s115: '115', s1022: '1022', field: 'field' };
const TO_VERIFY: readonly IssueState[] = ['received', 'verifying'];

/** What the filter bar narrows beside the tab; under a saved view, all of what that shows. States that are named stand for themselves, open or not. */
export type Narrowing = QueueFilter;
export const NO_NARROWING: Narrowing = QueueFilter.parse({});

export const URGENT_FIRST: QueueSort = { by: 'urgency', descending: false };

/** The filter of a tab and the bar under it; the tab's service wins over the bar's. */
export function filterOf(tab: Tab, narrowing: Narrowing): QueueFilter {
  const service = TAB_SERVICES[tab];
  return {
    ...narrowing,
    open: tab === 'overdue' ? true : tab === 'toSurvey' ? null : narrowing.open,
    services: service === undefined ? narrowing.services : [service],
    states: tab === 'toSurvey' ? [] : narrowing.states.length === 0 && tab === 'toVerify' ? [...TO_VERIFY] : narrowing.states,
    mine: narrowing.mine || tab === 'mine', overdue: narrowing.overdue || tab === 'overdue', toSurvey: narrowing.toSurvey || tab === 'toSurvey', text: clipped(narrowing.text.trim(), SEARCH_CHARS),
  };
}

/** The narrowing by these states: none of them means every open record. */
export function byStates(states: IssueState[]): Pick<Narrowing, 'states' | 'open'> {
  return { states, open: states.length === 0 ? true : null };
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
    case 'toSurvey': return counts.toSurvey;
    default: return counts.open;
  }
}

/** Whether a tab leaves no choice of state: what waits for a survey is closed. */
export function fixesState(tab: Tab): boolean {
  return tab === 'toSurvey';
}

/** Whether a tab leaves no choice of service. */
export function fixesService(tab: Tab): boolean {
  return TAB_SERVICES[tab] !== undefined;
}
