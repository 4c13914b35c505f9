import type { HandoverContent, HandoverFault, HandoverRecord } from '../../../contract/documents/handover.ts';

/** The seven parts of a handover, in the order in which they are read. */
export const PARTS = ['open', 'overdue', 'unsent', 'alarms', 'equipment', 'instructions', 'notes'] as const;
export type Part = (typeof PARTS)[number];

/** What of a handover belongs to each part. `rest`: open records that stand in no list of part 1, `restOverdue` of them in part 2. */
export interface Parts {
  open: { count: number; records: HandoverRecord[]; rest: number; restOverdue: number };
  overdue: { count: number; records: HandoverRecord[] };
  unsent: { faults: HandoverFault[]; records: HandoverRecord[] };
  alarms: { records: HandoverRecord[]; warnings: string[] };
  equipment: { faults: HandoverFault[] };
  instructions: string;
  notes: string;
}

const WAY: readonly string[] = ['unsent-changes', 'refused-changes'];
/** What stands in the sentence of which site's and lines' figures these are, and what they leave out. */
export function scopeOf({ beside }: Pick<HandoverContent, 'beside'>): { key: 'old' | 'alone' | 'both' | 'elsewhere' | 'otherLines'; facts: { n: number; elsewhere: number; otherLines: number } } {
  const { open, elsewhere } = beside ?? { open: 0, elsewhere: 0 };
  const kind = open === 0 ? 'alone' : elsewhere === open ? 'elsewhere' : elsewhere === 0 ? 'otherLines' : 'both';
  return { key: beside === undefined ? 'old' : kind, facts: { n: open, elsewhere, otherLines: open - elsewhere } };
}

const isUrgent = ({ severity }: HandoverRecord): boolean => severity === 'P1' || severity === 'P2';

/** Takes a handover's content apart for reading. */
export function partsOf({ figures, beside, records, recordsLeft, warnings, faults, instructions, notes, toMs }: HandoverContent): Parts {
  const count = figures.reduce((sum, one) => sum + one.open, beside?.open ?? 0);
  const open = records.filter(record => isUrgent(record) || (record.reason !== 'overdue' && record.reason !== 'alarm'));
  const overdue = records.filter(({ dueAtMs }) => dueAtMs !== null && dueAtMs < toMs);
  const restOverdue = overdue.filter(record => !open.includes(record)).length;
  return {
    open: { count, records: open, rest: Math.max(recordsLeft + restOverdue, count - open.length), restOverdue },
    overdue: { count: figures.reduce((sum, one) => sum + one.overdue, beside?.overdue ?? 0), records: overdue },
    unsent: { faults: faults.filter(({ kind }) => WAY.includes(kind)), records: records.filter(record => record.unsent) },
    alarms: { records: records.filter(({ reason }) => reason === 'alarm'), warnings },
    equipment: { faults: faults.filter(({ kind }) => !WAY.includes(kind)) },
    instructions, notes,
  };
}

/** Whether there is nothing in a part: it needs no reading. */
export function isEmptyPart(parts: Parts, part: Part): boolean {
  switch (part) {
    case 'open': return parts.open.count === 0 && parts.open.records.length === 0;
    case 'overdue': return parts.overdue.count === 0 && parts.overdue.records.length === 0;
    case 'unsent': return parts.unsent.faults.length === 0 && parts.unsent.records.length === 0;
    case 'alarms': return parts.alarms.records.length === 0 && parts.alarms.warnings.length === 0;
    case 'equipment': return parts.equipment.faults.length === 0;
    case 'instructions': return parts.instructions === '';
    case 'notes': return parts.notes === '';
  }
}

/** The number beside a part's title; null for a text. */
export function countOf(parts: Parts, part: Part): number | null {
  switch (part) {
    case 'open': return parts.open.count;
    case 'overdue': return parts.overdue.count;
    case 'unsent': return parts.unsent.faults.reduce((sum, { count }) => sum + (count ?? 1), 0);
    case 'alarms': return parts.alarms.records.length + parts.alarms.warnings.length;
    case 'equipment': return parts.equipment.faults.length;
    default: return null;
  }
}

/** The check code that people compare: the first eight digits of the digest. */
export function checkCode(digest: string): string {
  return `${digest.slice(0, 4)}-${digest.slice(4, 8)}`.toUpperCase();
}

/** Which of three shifts of a day a moment lies in, by its hour in Vietnam: 6 to 14, 14 to 22, 22 to 6 (Q8.2, three shifts a day). */
export function shiftOfHour(hour: number): 'morning' | 'afternoon' | 'night' {
  if (hour >= 6 && hour < 14) return 'morning';
  return hour >= 14 && hour < 22 ? 'afternoon' : 'night';
}

/** Parts that a person has read, by handover: kept while the window lives, so that a look at a record loses no mark. */
export class ReadMarks {
  readonly #read = new Map<string, Set<Part>>();

  of(key: string): ReadonlySet<Part> {
    return this.#read.get(key) ?? new Set();
  }

  add(key: string, part: Part): void {
    this.#read.set(key, new Set([...this.of(key), part]));
  }
}

export const readMarks = new ReadMarks();
