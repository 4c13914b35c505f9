/** What can be printed: of a record, and a shift handover. */
export const PRINT_KINDS = ['slip', 'form', 'survey', 'handover'] as const;
export type PrintKind = (typeof PRINT_KINDS)[number];
/** What is of a record. */
export type RecordPaper = Exclude<PrintKind, 'handover'>;

export interface PrintRoute { kind: PrintKind; id: string }

/** What the address part `#/slip/<id>` asks for; null when it asks for nothing that is printed. */
export function parsePrintRoute(hash: string): PrintRoute | null {
  const [, kind, id] = /^#\/([a-z]+)\/([0-9a-f-]{36})$/.exec(hash) ?? [];
  const known = PRINT_KINDS.find(one => one === kind);
  return known === undefined || id === undefined ? null : { kind: known, id };
}

export function formatPrintRoute({ kind, id }: PrintRoute): string {
  return `#/${kind}/${id}`;
}
