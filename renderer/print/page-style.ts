import type { PrintKind } from './print-route.ts';

/**
 * Paper and margins. A4 as Nghị định 30/2020/NĐ-CP, Phụ lục I asks: top and bottom 20–25 mm, left 30–35, right 15–20; the slip, which
 * no rule binds, as wide as an A5 can be used.
 */
const PAPER: Readonly<Record<PrintKind, { size: string; margin: string }>> = {
  slip: { size: '148mm 210mm', margin: '12mm 12mm 16mm 12mm' },
  form: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
  handover: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
  survey: { size: '210mm 297mm', margin: '20mm 15mm 20mm 30mm' },
};

/** The text as a CSS string: whatever a name has in it, it ends no string and begins no rule. */
export function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:/()·-]/gu, sign => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;
}

/** The rules of the printed page; who printed and "page x/y" stand in its lower margin, which no other part of a page can reach. */
export function pageStyle(kind: PrintKind, printedBy: string, pageWord: string): string {
  const { size, margin } = PAPER[kind];
  const face = "font: 400 8.5pt 'Be Vietnam Pro', sans-serif; color: #333; vertical-align: top; padding-top: 3mm;";
  return `@page { size: ${size}; margin: ${margin}; @bottom-left { content: ${cssString(printedBy)}; ${face} } @bottom-right { content: ${cssString(`${pageWord} `)} counter(page) "/" counter(pages); ${face} } }`;
}
