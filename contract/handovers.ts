import { z } from 'zod';
import { Handover, HandoverContent, HandoverRecord, HANDOVER_LIMITS, HANDOVER_STATES } from './documents/handover.ts';
import { Id } from './ids.ts';
import { SERVICES } from './org.ts';
import { SyncState } from './queue.ts';
import { wordOf } from './words.ts';

/** A box as it is typed, line by line; empty ones too. */
const Lines = z.array(z.string().max(HANDOVER_LIMITS.fault)).max(HANDOVER_LIMITS.fault);

/** What whoever goes writes beside what the queue says; kept as it is typed. `fromMs` null: since the handover before. `lines`: those that are handed over, absent: all of the person's. */
export const HandoverTyped = z.strictObject({
  shiftName: z.string().max(HANDOVER_LIMITS.shiftName), fromMs: z.number().nullable(), lines: z.array(z.enum(SERVICES)).max(SERVICES.length).optional(),
  next: z.record(Id, z.string().max(HANDOVER_LIMITS.next)).describe('by record'),
  warnings: Lines, faults: Lines,
  instructions: z.string().max(HANDOVER_LIMITS.text), notes: z.string().max(HANDOVER_LIMITS.text),
});
export type HandoverTyped = z.infer<typeof HandoverTyped>;

/** A handover's content with what is typed in its form, in the place of what was typed before. */
export function withTyped(content: HandoverContent, typed: HandoverTyped): HandoverContent {
  return {
    ...content, shiftName: typed.shiftName.trim(), records: content.records.map(record => ({ ...record, next: (typed.next[record.id] ?? '').trim() })),
    warnings: said(typed.warnings), faults: [...content.faults.filter(({ kind }) => kind !== 'typed'), ...said(typed.faults).map(text => ({ kind: 'typed' as const, text, count: null, sinceMs: null }))],
    instructions: typed.instructions.trim(), notes: typed.notes.trim(),
  };
}

const said = (lines: readonly string[]): string[] => lines.map(line => line.trim()).filter(line => line !== '');

/** The form of a handover: what is typed, and what would be handed over at this moment. */
export const HandoverDraft = z.object({
  typed: HandoverTyped, savedAtMs: z.number().nullable(), content: HandoverContent, site: z.string().describe('whose figures they are'),
  digest: z.string().describe('names exactly this content; signing names it'),
});
export type HandoverDraft = z.infer<typeof HandoverDraft>;

/** A handover as a line of their list. */
export const HandoverLine = z.object({
  id: Id, lines: z.array(wordOf(SERVICES)), shiftName: z.string(), fromMs: z.number(), toMs: z.number(), state: wordOf(HANDOVER_STATES),
  givenBy: z.string(), takenBy: z.string().nullable(), sync: SyncState, unread: z.boolean(),
});
export type HandoverLine = z.infer<typeof HandoverLine>;

export const HandoverDetail = z.object({
  handover: Handover, sync: SyncState, names: z.record(z.string(), z.string()).describe('id → name of every person and workstation in it, and of its site'),
  intact: z.boolean().describe('what is here is what was signed'), unread: z.boolean(),
  since: z.array(HandoverRecord.pick({ id: true, no: true, service: true, severity: true, words: true }).extend({ receivedAtMs: z.number() }))
    .describe('records of its lines that were saved or came to the province between the first signature and the second, or until now; the first of them'),
  takers: z.array(z.object({ login: z.string(), name: z.string(), title: z.string() })).describe('who of this site beside who asks works all its lines and may sign for it, while it waits'),
  mayTake: z.boolean().describe('somebody else than who gave it may sign for it now, here'), mayWithdraw: z.boolean(), mayRemark: z.boolean(),
});
export type HandoverDetail = z.infer<typeof HandoverDetail>;

/** What the rail and the frame say of handovers to whoever is signed in. */
export const HandoverNews = z.object({ unread: z.number().int(), offered: Id.nullable().describe('one that waits for them to take it over') });
export type HandoverNews = z.infer<typeof HandoverNews>;

export const HANDOVER_PAGE = 50;
