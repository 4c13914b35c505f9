import { cellText, guarded } from '../../../contract/cell-text.ts';
import type { AttentionEntry } from '../../../contract/console.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { t } from '../../strings/text.ts';
import { typedLines } from './attention-text.ts';
import { kindWords, reasonOf, titleOf } from './attention-words.ts';
import { fieldWords } from './value-words.ts';

/** How a value of a field is told in words. */
export type ShowValue = (field: string, value: unknown) => string;

interface Told {
  kind: string; no: string; what: string; reason: string; by: string; at: string; judged: string;
  values: { field: string; mine: string; present: string }[]; typed: string[];
}

function told(entry: AttentionEntry, show: ShowValue): Told {
  return {
    kind: kindWords(entry), no: entry.issueNo, what: titleOf(entry), reason: reasonOf(entry), by: entry.byName, at: formatDateTime(entry.atMs), judged: formatDateTime(entry.judgedAtMs),
    values: entry.lost.map(({ field, mine, present }) => ({ field: fieldWords(field), mine: show(field, mine), present: show(field, present) })),
    typed: typedLines(entry.payload, fieldWords, show),
  };
}

/** Entries as JSON for people and programs: in words, and beside them the mutation as it was, so that nothing is left behind. */
export function attentionJson(entries: readonly AttentionEntry[], show: ShowValue, nowMs: number): string {
  return JSON.stringify({
    title: t('health.attention.fileTitle', { time: formatDateTime(nowMs) }),
    entries: entries.map(entry => ({ ...told(entry, show), mutation: { n: entry.n, name: entry.name, atMs: entry.atMs, payload: entry.payload } })),
  }, null, 2);
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  return `"${guarded(cellText(text)).replaceAll('"', '""')}"`;
}

/** Entries as a table that Excel of a Vietnamese Windows opens: UTF-8 with BOM, `;`, CRLF, one line each. */
export function attentionCsv(entries: readonly AttentionEntry[], show: ShowValue): string {
  const head = (['columnKind', 'columnNo', 'columnWhat', 'columnReason', 'columnBy', 'columnAt', 'columnJudged', 'mine', 'theirs', 'columnTyped'] as const).map(key => t(`health.attention.${key}`));
  const lines = entries.map(entry => {
    const { kind, no, what, reason, by, at, judged, values, typed } = told(entry, show);
    const of = (side: 'mine' | 'present'): string => values.map(value => `${value.field}: ${value[side]}`).join('\n');
    return [kind, no, what, reason, by, at, judged, of('mine'), of('present'), typed.join('\n')];
  });
  return `\uFEFF${[head, ...lines].map(line => line.map(cell).join(';')).join('\r\n')}\r\n`;
}
