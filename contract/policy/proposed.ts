import { DUTY_HOURS } from '../duty.ts';
import { goesToOf } from './addressees.ts';
import type { PolicyPack } from './pack.ts';
import { requestRetentionDays, retentionDays } from './retention.ts';
import { askingOf } from './survey.ts';

/** A pack with what an older one leaves to the proposed values written out, so that each can be seen and edited; it judges as the pack itself does. */
export function withProposed(pack: PolicyPack): PolicyPack {
  const { personalData, survey } = pack;
  const days = (kind: 'incident' | 'issue' | 'false'): number | null => retentionDays(pack, kind);
  return {
    ...pack, survey: { ...survey, asking: askingOf(pack) },
    ladder: pack.ladder.map(step => { const goesTo = goesToOf(step); return goesTo === null ? step : { ...step, goesTo }; }),
    personalData: {
      ...personalData, duty: personalData.duty ?? { hours: DUTY_HOURS, source: null },
      retention: { ...(personalData.retention ?? { incidentDays: days('incident'), issueDays: days('issue'), falseDays: days('false'), source: personalData.source }), requestDays: requestRetentionDays(pack) },
    },
  };
}
