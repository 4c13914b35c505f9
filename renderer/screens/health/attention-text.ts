import type { Attention } from '../../../contract/console.ts';

/** A run of words, and whether the other side says something else there. */
export interface DiffPart { text: string; differs: boolean }

/**
 * Two texts cut into runs, the words that differ marked: what is underlined when mine and theirs stand side by side.
 * Word by word, longest common subsequence; over 400 words a side the whole text counts as different.
 */
export function diffWords(mine: string, theirs: string): { mine: DiffPart[]; theirs: DiffPart[] } {
  const [a, b] = [tokens(mine), tokens(theirs)];
  if (a.length > 400 || b.length > 400) return { mine: [{ text: mine, differs: true }], theirs: [{ text: theirs, differs: true }] };
  const keepA = new Set<number>();
  const keepB = new Set<number>();
  const table = lcsTable(a, b);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { keepA.add(i++); keepB.add(j++); }
    else if (at(table, i + 1, j) >= at(table, i, j + 1)) i++;
    else j++;
  }
  return { mine: runs(a, keepA), theirs: runs(b, keepB) };
}

function tokens(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

function at(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function lcsTable(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i];
    if (row === undefined) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function runs(words: readonly string[], kept: ReadonlySet<number>): DiffPart[] {
  const parts: DiffPart[] = [];
  for (const [index, text] of words.entries()) {
    const differs = !kept.has(index);
    const last = parts.at(-1);
    if (last !== undefined && last.differs === differs) last.text += text;
    else parts.push({ text, differs });
  }
  return parts;
}

/** Label and value of every word that a person typed into a mutation: enough to type it in again elsewhere. */
export function typedLines(payload: Attention['payload'], label: (key: string) => string, show: (key: string, value: unknown) => string): string[] {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(payload)) {
    if (HIDDEN.includes(key)) continue;
    if (key === 'fields' && typeof value === 'object' && value !== null) {
      for (const [field, change] of Object.entries(value)) {
        if (typeof change === 'object' && change !== null && 'to' in change) lines.push(`${label(field)}: ${show(field, change.to)}`);
      }
      continue;
    }
    const text = show(key, value);
    if (text !== '') lines.push(`${label(key)}: ${text}`);
  }
  return lines;
}

/** Ids and machine words of a payload that mean nothing to a reader. */
const HIDDEN: readonly string[] = ['id', 'siteId', 'class', 'sourceRef', 'original', 'attachmentId', 'issueIds', 'digest', 'from'];
