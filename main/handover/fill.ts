import { createHash } from 'node:crypto';
import type { AlarmState } from '../../contract/alarms.ts';
import type { LinkStatus } from '../../contract/console.ts';
import { HANDOVER_LIMITS, handoverText, type HandoverContent, type HandoverFault } from '../../contract/documents/handover.ts';
import { withTyped, type HandoverTyped } from '../../contract/handovers.ts';
import type { Database } from '../../db/database.ts';
import { readBeside, readHandoverFigures, readHandoverRecords, type HandoverPlace } from '../../db/stores/handover-figures.ts';

/** What the machine knows of itself. */
export interface DeskFacts { alarms: Pick<AlarmState, 'alarms' | 'soundTest'>; link: LinkStatus }

/** A clock that is further off than this is worth a line. */
const CLOCK_OFF_MS = 60_000;

/** SHA-256 of what is handed over, hexadecimal: what both sign. */
export function digestOf(content: HandoverContent): string {
  return createHash('sha256').update(handoverText(content)).digest('hex');
}

interface FillInput { reader: Database; place: HandoverPlace; nowMs: number; typed: HandoverTyped; fromMs: number; facts: DeskFacts }

/** What would be handed over at this moment: the queue of these lines at this site, what they work for others, the state of the desk, and what was typed (Q6.5: equipment too). */
export function fill({ reader, place, nowMs, typed, fromMs, facts }: FillInput): HandoverContent {
  const ringing = facts.alarms.alarms.map(alarm => alarm.issueId);
  const { records, total } = readHandoverRecords(reader, place, { nowMs, limit: HANDOVER_LIMITS.records, ringing });
  return withTyped({
    lines: [...place.lines], shiftName: '', fromMs: Math.min(fromMs, nowMs), toMs: nowMs,
    figures: readHandoverFigures(reader, place, { fromMs, nowMs }), beside: readBeside(reader, place, { nowMs, ringing }), records: records.map(record => ({ ...record, next: '' })), recordsLeft: total - records.length,
    warnings: [], faults: faultsOf(facts), instructions: '', notes: '',
  }, typed);
}

function faultsOf({ alarms, link }: DeskFacts): HandoverFault[] {
  const fault = (kind: HandoverFault['kind'], isThere: boolean, more: Partial<HandoverFault> = {}): HandoverFault[] => (isThere ? [{ kind, text: '', count: null, sinceMs: null, ...more }] : []);
  return [
    ...fault('link-down', link.link !== 'up', { sinceMs: link.sinceMs }),
    ...fault('unsent-changes', link.pending > 0, { count: link.pending, sinceMs: link.oldestPendingAtMs }),
    ...fault('refused-changes', link.refused > 0, { count: link.refused }),
    ...fault('clock-off', Math.abs(link.serverOffsetMs ?? 0) > CLOCK_OFF_MS, { count: Math.round(Math.abs(link.serverOffsetMs ?? 0) / 1_000) }),
    ...fault('sound-not-heard', alarms.soundTest?.heard === false),
  ];
}
