/** What no cell can hold: control characters but tab and line end (XML forbids them, spreadsheets drop them), and the two that are no characters. */
const UNHOLDABLE = /(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu;
/** What most texts have nothing of: control characters, halves of pairs, no characters. Asked first, since it is asked of every cell. */
const DOUBTFUL = /[\0-\x08\x0B-\x1F\x7F-\x9F\uD800-\uDFFF\uFFFE\uFFFF]/;
/** What shows nothing of itself, or nothing of what was there, at the beginning: a formula may hide behind it. */
const INVISIBLE = /^[\s\p{Z}\p{Cf}\p{Cc}\uFFFD]+/u;
/** Most cells: neither a formula nor a number, seen at once. */
const BEGINS_WORD = /^[a-zA-Z\u00C0-\u024F\u1EA0-\u1EF9]/;
const BEGINS_FIGURE = /^\d/;
const BEGINS_FORMULA = /^[=+\-@]/;
/**
 * What a spreadsheet reads as a number or a moment and shows otherwise: 0271555418 as 271555418, 3-4 as a day, 1E5 as 100000,
 * a long number without its last digits. The numbers of records have six digits at the end and stay as they are.
 */
const CHANGED = /^\s*(0\d+|\d{11,}|\d{1,4}([-/.:]\d{1,4}){1,2}|\d+([.,]\d+)+|\d+([.,]\d+)?(%|E[+-]?\d+))\s*$/i;

/** Text as a cell can hold it: NFC, line ends as one sign, and a visible mark in the place of what cannot be held (NUL, half a surrogate pair). */
export function cellText(text: string): string {
  if (!DOUBTFUL.test(text)) return text.normalize('NFC');
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(UNHOLDABLE, '\uFFFD').normalize('NFC');
}

/** Whether a spreadsheet that opens a CSV may take the text for a formula, also behind spaces and in full-width signs. */
export function mayBeFormula(text: string): boolean {
  if (/^[\t\n]/.test(text)) return true;
  const visible = text.replace(INVISIBLE, '');
  return BEGINS_FORMULA.test(String.fromCodePoint(visible.codePointAt(0) ?? 0).normalize('NFKC'));
}

/**
 * The text as a CSV cell that Excel and LibreOffice show as text: what they would compute, or change into a number, has an
 * apostrophe before it, which both show. CSV knows no other way of saying "text" that both of them understand.
 */
export function guarded(text: string): string {
  if (BEGINS_WORD.test(text)) return text;
  return CHANGED.test(text) || (!BEGINS_FIGURE.test(text) && mayBeFormula(text)) ? `'${text}` : text;
}
