import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTACHMENT_LIMITS, attachmentType, tidyName, type Attachment } from '../../contract/attachment.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { attachmentsOf, Issue, RECORD_LIMITS } from '../../contract/issue.ts';
import type { Facts } from '../../contract/mutations/facts.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { applyIssueMutation, possibleActions } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import type { Role } from '../../contract/org.ts';

const AT_MS = Date.UTC(2026, 10, 24, 2);
const SITE = newId(1), DEVICE = newId(2), PERSON = newId(3), ISSUE = newId(4);
const facts = (atMs = AT_MS, roles: Role[] = ['truc_ban']): Facts => ({
  actor: { personId: PERSON, unitId: null, roles, scope: { siteIds: null, services: null } }, deviceId: DEVICE, atMs, provisionalNo: 'T-1', nextDisplayNo: null, arrivedAtMs: null, policy: policyBook([DEFAULT_PACK]), record: () => undefined, unit: () => undefined,
});
const IDS = Array.from({ length: 100 }, (_, n) => newId(1_000 + n));
const hex = (n: number): string => n.toString(16).padStart(64, '0');
const file = (n: number, more: Partial<Attachment> = {}): Attachment => ({ id: IDS[n] ?? newId(0), sha256: hex(n), bytes: n + 1, mime: 'image/jpeg', name: `anh-${n}.jpg`, thumb: null, ...more });

interface Act { name: MutationName; payload: PayloadOf<MutationName> }
const attach = (attachment: Attachment): Act => ({ name: 'issue.attach', payload: { id: ISSUE, attachment } });
const detach = (attachmentId: Id): Act => ({ name: 'issue.detach', payload: { id: ISSUE, attachmentId, reason: 'nhầm' } });

function fresh(): Issue {
  const { row } = applyIssueMutation('issue.receive', undefined, PAYLOADS['issue.receive'].parse({
    id: ISSUE, class: 'issue', service: '1022', siteId: SITE, channel: 'phone', receivedAtMs: AT_MS, severity: 'P3', description: 'Cây đổ',
    place: { text: 'Đường Mẫu', areaId: null, lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
  }), facts());
  return row;
}

/** What is left when the acts are done one after the other; a refused one changes nothing. */
function after(acts: readonly Act[], start: Issue = fresh()): { row: Issue; refused: string[] } {
  const refused: string[] = [];
  let row = start;
  for (const { name, payload } of acts) {
    try {
      ({ row } = applyIssueMutation(name, row, payload, facts()));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push(error.code);
    }
  }
  return { row, refused };
}
const codeOf = (acts: readonly Act[], start?: Issue): string | undefined => after(acts, start).refused.at(-1);

describe('files of a record', () => {
  test('end as the same list whoever came first, among whatever else is done to the record', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { minLength: 2 }), fc.integer(), (numbers, seed) => {
      const start = after([attach(file(90)), attach(file(91))]).row;
      const acts: Act[] = [
        ...numbers.map(n => attach(file(n))), detach(file(90).id), { name: 'issue.note', payload: { id: ISSUE, note: 'ghi' } }, { name: 'issue.startVerification', payload: { id: ISSUE } },
        { name: 'issue.edit', payload: { id: ISSUE, fields: { severity: { from: 'P3', to: 'P2' } } } },
      ];
      const shuffled = acts.map((act, i) => ({ act, at: Math.imul(seed ^ (i + 1) * 2_654_435_761, 1_597_334_677) >>> 0 })).sort((a, b) => a.at - b.at).map(({ act }) => act);
      const [one, two] = [after(acts, start), after(shuffled, start)];
      expect(one.row.attachments).toEqual(two.row.attachments);
      expect([one.refused, two.refused, one.row.severity, two.row.severity, one.row.state, two.row.state]).toEqual([[], [], 'P2', 'P2', 'verifying', 'verifying']);
      expect(one.row.history.length).toBe(two.row.history.length);
      expect(Issue.parse(one.row)).toEqual(one.row);
    }), { numRuns: 100 });
  });

  test('are told of in the history: who added what, who removed it and why', () => {
    const { row } = after([attach(file(1)), detach(file(1).id)]);
    expect(attachmentsOf(row)).toEqual([]);
    expect(row.history.slice(1)).toEqual([
      { atMs: AT_MS, byId: PERSON, deviceId: DEVICE, action: 'issue.attach', file: 'anh-1.jpg' },
      { atMs: AT_MS, byId: PERSON, deviceId: DEVICE, action: 'issue.detach', file: 'anh-1.jpg', note: 'nhầm' },
    ]);
  });

  test('are twenty at most, each once, and removed only where they are', () => {
    const full = after(Array.from({ length: ATTACHMENT_LIMITS.perIssue }, (_, n) => attach(file(n)))).row;
    expect(codeOf([attach(file(50))], full)).toBe('attachment/too-many');
    expect(codeOf([detach(file(3).id), attach(file(50))], full)).toBeUndefined();
    expect(codeOf([attach(file(1)), attach(file(2, { sha256: hex(1) }))])).toBe('attachment/already-attached');
    expect(codeOf([detach(file(1).id)])).toBe('attachment/not-found');
    const told = { ...fresh(), history: Array.from({ length: RECORD_LIMITS.history }, () => ({ atMs: 1, byId: PERSON, deviceId: DEVICE, action: 'issue.note' })) };
    expect([codeOf([attach(file(1))], told)]).toEqual(['issue/history-full']);
    const can = (row: Issue) => possibleActions(row, facts()).filter(name => name === 'issue.attach' || name === 'issue.detach');
    expect([can(fresh()), can(full), can(after([attach(file(1))]).row)]).toEqual([['issue.attach'], ['issue.detach'], ['issue.attach', 'issue.detach']]);
  });

  test('of rows from before there were any are none, and such rows read as they did', () => {
    const before = fresh();
    expect('attachments' in before).toBe(false);
    expect(Issue.parse(before)).toEqual(before);
    expect(attachmentsOf(before)).toEqual([]);
  });

  test('are named with a hash, a size within bounds and a known type', () => {
    const parses = (more: object): boolean => PAYLOADS['issue.attach'].safeParse({ id: ISSUE, attachment: { ...file(1), ...more } }).success;
    expect(parses({})).toBe(true);
    for (const bad of [{ sha256: 'AB'.repeat(32) }, { bytes: 0 }, { bytes: ATTACHMENT_LIMITS.fileBytes + 1 }, { mime: 'image/svg+xml' }, { name: '  ' }, { thumb: { sha256: hex(2), bytes: 90_000, mime: 'image/jpeg' } }]) {
      expect([bad, parses(bad)]).toEqual([bad, false]);
    }
  });
});

test('a type has one name here, whatever a tool calls it; what is not taken has none', () => {
  expect(['audio/x-m4a', 'audio/ogg; codecs=opus', 'audio/vnd.wave', 'image/jpeg'].map(attachmentType)).toEqual(['audio/mp4', 'audio/ogg', 'audio/wav', 'image/jpeg']);
  expect(['image/svg+xml', 'text/html', 'application/x-msdownload', 'application/zip', undefined].map(attachmentType)).toEqual([null, null, null, null, null]);
});

test('a file’s name loses its folders and what no file system takes, and keeps its end when it is shortened', () => {
  expect(tidyName('C:\\Ảnh\\cây đổ?.jpg')).toBe('cây đổ.jpg');
  expect(tidyName('../../etc/passwd')).toBe('passwd');
  expect(tidyName('\u202Egpj.exe')).toBe('gpj.exe');
  expect(tidyName(' \n')).toBe('tep');
  const long = tidyName(`${'đ'.repeat(300)}.pdf`);
  expect([long.length, long.endsWith('đ.pdf')]).toEqual([ATTACHMENT_LIMITS.name, true]);
});
