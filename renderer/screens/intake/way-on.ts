import { newId } from '../../../contract/ids.ts';
import type { Severity } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import type { Service, Unit } from '../../../contract/org.ts';
import { clock } from '../../ui/clock.ts';
import { isIncident, severityOf, type IntakeForm } from './intake-form.ts';

/** What saving the form does beside: joins the call to a record that is there, sends a unit at once, or nothing. */
export type WayOn = 'join' | 'dispatch' | 'receive';

/**
 * The next real step. Life first: an incident of the levels that the policy pack names is sent to a unit with the same key that saves it;
 * a call that is of a record which is there already sends nobody a second time.
 *
 * @param unit the unit that would be sent; null when nothing says which is near
 */
export function wayOn(form: IntakeForm, service: Service, unit: Unit | null, levels: readonly Severity[]): WayOn {
  if (form.mergeInto !== null) return 'join';
  const level = severityOf(form);
  return isIncident(service) && unit !== null && level !== null && levels.includes(level) ? 'dispatch' : 'receive';
}

/** The steps that are saved with the receiving, all or none. */
export function stepsAfter(way: WayOn, form: IntakeForm, unit: Unit | null): { name: MutationName; payload: Record<string, unknown> }[] {
  if (way === 'join') return [{ name: 'issue.merge', payload: { edgeId: newId(clock.exactMs), parentId: form.mergeInto } }];
  return way === 'dispatch' && unit !== null ? [{ name: 'issue.dispatch', payload: { leadUnitId: unit.id } }] : [];
}
