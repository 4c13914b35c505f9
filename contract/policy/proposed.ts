import { DUTY_HOURS } from '../duty.ts';
import { goesToOf } from './addressees.ts';
import type { PolicyPack } from './pack.ts';
import { requestRetentionDays, retentionDays } from './retention.ts';
import { wholeDuty } from './rosters.ts';
import { askingOf } from './survey.ts';

/** Where a pack says for how long requests about personal data are kept. */
export const REQUESTS_KEPT = 'personalData.retention.requestDays';

/** Whether it says so at all; one that does not keeps them always, and nobody has decided that. */
export function saysRequestsKept({ personalData }: Pick<PolicyPack, 'personalData'>): boolean {
  return personalData.retention?.requestDays !== undefined;
}

/** A pack with what an older one leaves to the proposed values written out, so that each can be seen and edited; it judges as the pack itself does. */
export function withProposed(pack: PolicyPack): PolicyPack {
  const { personalData, survey } = pack;
  const days = (kind: 'incident' | 'issue' | 'false'): number | null => retentionDays(pack, kind);
  return {
    ...pack, ...!saysRequestsKept(pack) && { sources: { [REQUESTS_KEPT]: null, ...pack.sources } }, survey: { ...survey, asking: askingOf(pack) }, rosters: wholeDuty(pack),
    ladder: pack.ladder.map(step => { const goesTo = goesToOf(step); return goesTo === null ? step : { ...step, goesTo }; }),
    personalData: {
      ...personalData, duty: personalData.duty ?? { hours: DUTY_HOURS, source: null },
      retention: { ...(personalData.retention ?? { incidentDays: days('incident'), issueDays: days('issue'), falseDays: days('false'), source: personalData.source }), requestDays: requestRetentionDays(pack) },
    },
  };
}
