import { DUTY_DESKS, type DutyDesk } from '../../contract/roster-desks.ts';

/** What can be printed by its id: of a record, and a shift handover. */
export const PRINT_KINDS = ['slip', 'form', 'survey', 'handover'] as const;
export type PrintKind = (typeof PRINT_KINDS)[number];
/** What is of a record. */
export type RecordPaper = Exclude<PrintKind, 'handover'>;
/** Papers that a month of duty is printed on, on their long side. */
export const ROSTER_PAPERS = ['a4', 'a3'] as const;
export type RosterPaperSize = (typeof ROSTER_PAPERS)[number];

/** `isPublished`: the month as it is published, not the one that is being planned. */
export interface RosterRoute { kind: 'roster'; service: DutyDesk; month: string; size: RosterPaperSize; isPublished: boolean }
export type PrintRoute = { kind: PrintKind; id: string } | RosterRoute;

/** What the address part `#/slip/<id>` or `#/roster/115/2026-08/a4` asks for; null when it asks for nothing that is printed. */
export function parsePrintRoute(hash: string): PrintRoute | null {
  const [, kind, id] = /^#\/([a-z]+)\/([0-9a-f-]{36})$/.exec(hash) ?? [];
  const known = PRINT_KINDS.find(one => one === kind);
  return known === undefined || id === undefined ? rosterRoute(hash) : { kind: known, id };
}

function rosterRoute(hash: string): RosterRoute | null {
  const [, line, month, paper, published] = /^#\/roster\/(\d{3})\/(20\d\d-(?:0[1-9]|1[0-2]))\/(a\d)(\/published)?$/.exec(hash) ?? [];
  const service = DUTY_DESKS.find(one => one === line);
  const size = ROSTER_PAPERS.find(one => one === paper);
  return service === undefined || size === undefined || month === undefined ? null : { kind: 'roster', service, month, size, isPublished: published !== undefined };
}

export function formatPrintRoute(route: PrintRoute): string {
  return route.kind === 'roster' ? `#/roster/${route.service}/${route.month}/${route.size}${route.isPublished ? '/published' : ''}` : `#/${route.kind}/${route.id}`;
}
