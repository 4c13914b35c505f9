import { PAYLOADS } from '../../../contract/mutations/payloads.ts';
import type { Service } from '../../../contract/org.ts';
import { emptyForm, type IntakeForm } from './intake-form.ts';

/** The form that a receiving was sent from, as far as the payload tells; null when it is not one. */
export function formOfPayload(payload: Record<string, unknown>): { service: Service; form: IntakeForm } | null {
  const parsed = PAYLOADS['issue.receive'].safeParse(payload);
  if (!parsed.success) return null;
  const { service, place, reporter, victims, severity, category, description, channel, receivedAtMs } = parsed.data;
  const empty = emptyForm(service, receivedAtMs);
  const decimal = (n: number): string => String(n).replace('.', ',');
  return {
    service,
    form: {
      ...empty, placeText: place.text, areaId: place.areaId, landmark: place.landmark,
      position: place.lat === null || place.lon === null ? '' : `${decimal(place.lat)}; ${decimal(place.lon)}`,
      category, description, victims: victims.length > 0 ? victims : empty.victims,
      phone: reporter.phone, name: reporter.name, relation: reporter.relation, anonymous: reporter.anonymous, channel, severity,
    },
  };
}
