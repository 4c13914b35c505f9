import { expect, test } from 'vitest';
import { HandoverContent, type HandoverRecord } from '../../contract/documents/handover.ts';
import { withTyped } from '../../contract/handovers.ts';
import { newId } from '../../contract/ids.ts';
import { partsOf, scopeOf } from '../../renderer/screens/handover/parts.ts';

const T = Date.UTC(2026, 10, 24, 2);
const record = (some: Partial<HandoverRecord> = {}): HandoverRecord =>
  ({ id: newId(T), no: '115-2026-000001', service: '115', severity: 'P2', state: 'received', words: 'ngã xe', place: '', dueAtMs: null, reason: 'urgent', unsent: false, next: '', ...some });
const content = (some: Partial<HandoverContent> = {}): HandoverContent => ({
  lines: ['115'], shiftName: 'Ca đêm', fromMs: T - 1, toMs: T, figures: [{ service: '115', open: 4, overdue: 1, urgent: 1, waiting: 0, received: 2, closed: 0 }],
  records: [record()], recordsLeft: 0, warnings: [], faults: [], instructions: '', notes: '', ...some,
});

test('parts 1 and 2 count what is worked beside the figures, once; the sentence says what is counted, also of what was signed before it was told', () => {
  const beside = { open: 3, overdue: 2, elsewhere: 2 };
  const parts = partsOf(content({ beside }));
  expect([parts.open.count, parts.open.rest, parts.overdue.count]).toEqual([7, 6, 3]);
  expect(scopeOf({ beside })).toEqual({ key: 'both', facts: { n: 3, elsewhere: 2, otherLines: 1 } });
  const keys = [[0, 0], [2, 2], [2, 0]].map(([open, elsewhere]) => scopeOf({ beside: { open: open!, overdue: 0, elsewhere: elsewhere! } }).key);
  expect(keys).toEqual(['alone', 'elsewhere', 'otherLines']);
  const old = HandoverContent.parse(content());
  expect([partsOf(old).open.count, scopeOf(old).key, 'beside' in old, 'site' in old.records[0]!]).toEqual([4, 'old', false, false]);
});

test('what is to be done next about a record that only part 2 lists is in what is signed; part 1 says how many stand there', () => {
  const [urgent, late, both] = [record(), record({ severity: 'P4', reason: 'overdue', dueAtMs: T - 1 }), record({ reason: 'overdue', dueAtMs: T - 2 })];
  const typed = { shiftName: 'Ca đêm', fromMs: null, next: { [late.id]: ' Gọi lại đơn vị ', [both.id]: 'Chờ xe' }, warnings: [], faults: [], instructions: '', notes: '' };
  const filled = withTyped(content({ records: [urgent, late, both], beside: { open: 0, overdue: 0, elsewhere: 0 } }), typed);
  const { open, overdue } = partsOf(HandoverContent.parse(filled));
  expect(overdue.records.map(({ id, next }) => [id, next])).toEqual([[late.id, 'Gọi lại đơn vị'], [both.id, 'Chờ xe']]);
  expect([open.records.map(({ id }) => id), open.rest, open.restOverdue]).toEqual([[urgent.id, both.id], 2, 1]);
});
