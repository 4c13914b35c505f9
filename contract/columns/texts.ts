import { damaged } from './bytes.ts';
import { BOUNDS, DIGITS, MAX_DIGITS, TEXT_MODE } from './form.ts';
import { IndexSink, type LayoutReader, type LayoutWriter, type TextSource } from './layout.ts';
import { bestDifferences, FROM, MAX_WHOLE, NumberSink, Reference } from './numbers.ts';

const MAX_GROUPS = 8;

/** The texts of one column in the way that suits them: one after another, as a dictionary, or as counted numbers. */
export function writeTexts(layout: LayoutWriter, texts: readonly string[]): void {
  const distinct = new Set(texts);
  const patterns = distinct.size * 2 > texts.length ? patternsOf(texts) : null;
  if (patterns !== null) writeNumbered(layout, texts, patterns);
  else if (distinct.size * 2 <= texts.length && distinct.size <= BOUNDS.dictionary) writeDictionary(layout, texts, distinct);
  else {
    layout.tree.byte(TEXT_MODE.plain);
    layout.texts(texts);
  }
}

/** Each text with its digits as zeros, or null when that makes too few alike. */
function patternsOf(texts: readonly string[]): string[] | null {
  const patterns: string[] = [];
  const distinct = new Set<string>();
  for (const text of texts) {
    const groups = text.match(DIGITS) ?? [];
    if (groups.length > MAX_GROUPS || groups.some(group => group.length > MAX_DIGITS)) return null;
    const pattern = text.replace(DIGITS, group => '0'.repeat(group.length));
    patterns.push(pattern);
    distinct.add(pattern);
    if (distinct.size > BOUNDS.dictionary || distinct.size * 4 > texts.length + 4) return null;
  }
  return patterns;
}

function writeDictionary(layout: LayoutWriter, texts: readonly string[], distinct: ReadonlySet<string>, mode: number = TEXT_MODE.dictionary): void {
  const words = [...distinct].sort();
  const indexOf = new Map(words.map((word, index) => [word, index]));
  const indexes = new IndexSink();
  for (const text of texts) indexes.put(indexOf.get(text)!);
  layout.tree.byte(mode);
  layout.tree.varint(words.length);
  layout.texts(words);
  layout.indexes(indexes);
}

function writeNumbered(layout: LayoutWriter, texts: readonly string[], patterns: readonly string[]): void {
  writeDictionary(layout, patterns, new Set(patterns), TEXT_MODE.numbered);
  const groups: { values: number[]; contexts: string[] }[] = [];
  texts.forEach((text, at) => {
    let group = 0;
    for (const { 0: digits, index } of text.matchAll(DIGITS)) {
      const { values, contexts } = (groups[group] ??= { values: [], contexts: [] });
      values.push(Number(digits));
      contexts.push(contextOf(patterns[at]!, text.slice(0, index)));
      group += 1;
    }
  });
  layout.tree.byte(groups.length);
  for (const { values, contexts } of groups) writeNumbers(layout, values, contexts);
}

/** A number goes on from the last one that followed the same beginning in a text of the same pattern. */
function contextOf(pattern: string, beginning: string): string { return `${beginning}\n${pattern}`; }

export function writeNumbers<Context>(layout: LayoutWriter, values: readonly number[], contexts: readonly Context[]): void {
  const { from, differences } = bestDifferences(values, contexts);
  const sink = new NumberSink();
  for (const difference of differences) sink.put(difference);
  layout.tree.byte(from);
  layout.numbers(sink);
}

/** Numbers of a column, each counted from one before. */
export interface CountedSource<Context = number> { next(context: Context): number }

export function readNumbers<Context = number>(layout: LayoutReader): CountedSource<Context> {
  const from = layout.tree.byte();
  if (from > FROM.sameContext) throw damaged();
  const reference = new Reference<Context>(from);
  const differences = layout.numbers();
  return {
    next: context => {
      const value = reference.before(context) + differences.next();
      if (Math.abs(value) > MAX_WHOLE) throw damaged();
      return reference.take(context, value);
    },
  };
}

export function readTexts(layout: LayoutReader): TextSource {
  const mode = layout.tree.byte();
  if (mode === TEXT_MODE.plain) return layout.texts();
  const words = readDictionary(layout);
  if (mode === TEXT_MODE.dictionary) return words;
  if (mode !== TEXT_MODE.numbered) throw damaged();
  const count = layout.tree.byte();
  if (count > MAX_GROUPS) throw damaged();
  const groups = Array.from({ length: count }, () => readNumbers<string>(layout));
  return {
    next: maxLength => {
      const pattern = words.next(maxLength);
      let text = '';
      let end = 0;
      let group = 0;
      for (const { 0: zeros, index } of pattern.matchAll(DIGITS)) {
        text += pattern.slice(end, index);
        const value = groups[group]?.next(contextOf(pattern, text));
        const digits = String(value).padStart(zeros.length, '0');
        if (value === undefined || value < 0 || digits.length > zeros.length) throw damaged();
        text += digits;
        end = index + zeros.length;
        group += 1;
      }
      return text + pattern.slice(end);
    },
  };
}

function readDictionary(layout: LayoutReader): TextSource {
  const count = layout.tree.varint();
  if (count > BOUNDS.dictionary) throw damaged();
  const words = layout.words(count);
  const indexes = layout.indexes();
  return {
    next: () => {
      const word = words[indexes.next()];
      if (word === undefined) throw damaged();
      return word;
    },
  };
}
