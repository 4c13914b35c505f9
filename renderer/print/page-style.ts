import type { PrintKind, RosterPaperSize } from './print-route.ts';

export type PaperKind = PrintKind | `roster-${RosterPaperSize}`;

/**
 * Paper and margins. A4 as Nghị định 30/2020/NĐ-CP, Phụ lục I asks: top and bottom 20–25 mm, left 30–35, right 15–20; the slip, which
 * no rule binds, as wide as an A5 can be used; a month of duty, a table that is hung up, across the paper with what 31 days leave of it.
 */
const PAPER: Readonly<Record<PaperKind, { size: string; margin: string }>> = {
  slip: { size: '148mm 210mm', margin: '12mm 12mm 16mm 12mm' },
  form: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
  handover: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
  survey: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
  'roster-a4': { size: '297mm 210mm', margin: '12mm 12mm 14mm 12mm' },
  'roster-a3': { size: '420mm 297mm', margin: '15mm 15mm 16mm 15mm' },
};

/** The text as a CSS string: whatever a name has in it, it ends no string and begins no rule. */
export function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:/()·-]/gu, sign => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;
}

/** What further pages say above what goes on on them; the first one says it in its heading. */
export interface Running { title: string; mark: string }

/** The rules of the printed page; who printed and "page x/y" stand in its lower margin, which no other part of a page can reach. */
export function pageStyle(kind: PaperKind, printedBy: string, pageWord: string, running?: Running): string {
  const { size, margin } = PAPER[kind];
  const face = "font: 400 8.5pt 'Be Vietnam Pro', sans-serif; color: #333; vertical-align: top; padding-top: 3mm;";
  const page = `@page { size: ${size}; margin: ${margin}; @bottom-left { content: ${cssString(printedBy)}; ${face} } @bottom-right { content: ${cssString(`${pageWord} `)} counter(page) "/" counter(pages); ${face} }`;
  if (running === undefined) return `${page} }`;
  const above = "font: 600 8.5pt 'Be Vietnam Pro', sans-serif; color: #333; vertical-align: bottom; padding-bottom: 1.5mm;";
  return `${page} @top-left { content: ${cssString(running.title)}; ${above} } @top-right { content: ${cssString(running.mark)}; ${above} } } @page :first { @top-left { content: none } @top-right { content: none } }`;
}
