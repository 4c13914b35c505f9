import { formatDate, startOfDay } from '../../../../contract/time.ts';
import { byStates, type Narrowing } from '../tabs.ts';

/** One thing that narrows a list: what kind, its value as the contract knows it, and the narrowing without it. */
export interface Chip { kind: 'service' | 'state' | 'severity' | 'category' | 'area' | 'unit' | 'from' | 'to' | 'mine' | 'overdue' | 'toSurvey' | 'text'; value: string; without: Partial<Narrowing> }

/** Everything that narrows the list beside its tab, in the order of the filter panel. */
export function chipsOf(n: Narrowing): Chip[] {
  const one = (kind: Chip['kind'], value: string | null, without: Partial<Narrowing>): Chip[] => (value === null ? [] : [{ kind, value, without }]);
  return [
    ...n.services.map((value): Chip => ({ kind: 'service', value, without: { services: n.services.filter(other => other !== value) } })),
    ...n.states.map((value): Chip => ({ kind: 'state', value, without: byStates(n.states.filter(other => other !== value)) })),
    ...n.severities.map((value): Chip => ({ kind: 'severity', value, without: { severities: n.severities.filter(other => other !== value) } })),
    ...n.categories.map((value): Chip => ({ kind: 'category', value, without: { categories: n.categories.filter(other => other !== value) } })),
    ...one('area', n.areaId, { areaId: null }),
    ...one('unit', n.leadUnitId, { leadUnitId: null }),
    ...one('from', n.receivedFromMs === null ? null : formatDate(n.receivedFromMs), { receivedFromMs: null }),
    ...one('to', n.receivedToMs === null ? null : lastDay(n.receivedToMs), { receivedToMs: null }),
    ...one('mine', n.mine ? '' : null, { mine: false }),
    ...one('overdue', n.overdue ? '' : null, { overdue: false }),
    ...one('toSurvey', n.toSurvey ? '' : null, { toSurvey: false }),
    ...one('text', n.text.trim() === '' ? null : n.text.trim(), { text: '' }),
  ];
}

/** The last day that lies before an instant, dd/MM/yyyy: "to" is told with its day included. */
export function lastDay(toMs: number): string {
  return formatDate(startOfDay(toMs - 1));
}
