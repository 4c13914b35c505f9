import type { LinkStatus } from '../../../contract/console.ts';
import type { Diagnosis } from '../../../contract/diagnosis.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { t, type Language } from '../../strings/text.ts';
import { causeWords, sizeWords } from './words.ts';

export interface TechnicianFacts { diagnosis: Diagnosis; status: LinkStatus; attention: number; stationCode: string; version: string; nowMs: number; language: Language }

/**
 * The chain as text for a technician: states, causes and codes. Of the record that is in the way only the number of its
 * change; no name, no word of a record, no secret is in what it is made of.
 */
export function technicianText({ diagnosis, status, attention, stationCode, version, nowMs, language }: TechnicianFacts): string {
  const codes = [status.lastError, status.pushTrouble?.error, status.pullTrouble?.error].flatMap(error => (error === null || error === undefined ? [] : [`${error.code} ${JSON.stringify(error.facts)}`]));
  return [
    t('diagnosis.reportTitle', { code: stationCode, version, time: formatDateTime(nowMs) }),
    t('diagnosis.reportFigures', {
      pending: status.pending, size: sizeWords(diagnosis.pendingBytes, language), attention, offset: status.serverOffsetMs ?? '?',
      last: status.lastSyncAtMs === null ? t('health.figure.never') : formatDateTime(status.lastSyncAtMs),
    }),
    ...diagnosis.lines.map((line, i) => `${i + 1}. ${t(`diagnosis.check.${line.check}`)}: ${t(`diagnosis.state.${line.state}`)} [${line.cause}] ${causeWords(line, language).what} ${Object.keys(line.facts).length === 0 ? '' : JSON.stringify(line.facts)}`.trimEnd()),
    ...new Set(codes),
  ].join('\n');
}
