import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { newId } from '../../contract/ids.ts';
import { Issue } from '../../contract/issue.ts';
import type { Facts } from '../../contract/mutations/facts.ts';
import { isErased, redacted, withoutPersons } from '../../contract/mutations/erase.ts';
import { applyIssueMutation, possibleActions } from '../../contract/mutations/issue.ts';
import type { MutationName, PayloadOf } from '../../contract/mutations/payloads.ts';
import { ROLES, type Role } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { endedAtMs, erasureDueAtMs, retentionDays } from '../../contract/policy/retention.ts';
import { issueWith, T0 } from '../main/issues/support.ts';

const DAY_MS = 86_400_000;
const ME = newId(T0);
const policy = policyBook([DEFAULT_PACK]);
const facts = (roles: Role[]): Facts => ({
  actor: { personId: ME, unitId: null, roles, scope: { siteIds: null, services: null } }, deviceId: ME, atMs: T0 + DAY_MS, arrivedAtMs: null, provisionalNo: '', nextDisplayNo: null, unit: () => undefined, record: () => undefined, policy,
});
const told = issueWith({
  state: 'closed', description: 'Bà Lê Thị Mẫu gọi: cháy bếp nhà LÊ THỊ MẪU', place: { text: 'Nhà bà Mẫu', areaId: null, landmark: 'cạnh nhà Lê Thị Mẫu', lat: null, lon: null }, result: 'Đã chở Lê  Thị Mẫu đi viện',
  reporter: { anonymous: false, name: 'Lê Thị Mẫu', phone: '0912345678', relation: 'mẹ', address: '12 Hoà Bình' } as Issue['reporter'], victims: [{ who: 'Cháu Tí', conscious: 'yes', breathing: 'yes', bleeding: 'no' }], original: { ho_ten: 'Lê Thị Mẫu' },
  history: [{ atMs: T0, byId: ME, deviceId: ME, action: 'issue.receive', to: 'received' }, { atMs: T0 + 5, byId: ME, deviceId: ME, action: 'issue.note', note: 'Gọi lại Lê Thị Mẫu' }, { atMs: T0 + 9, byId: ME, deviceId: ME, action: 'issue.close', to: 'closed' }],
});
const run = <N extends MutationName>(name: N, row: Issue, payload: Omit<PayloadOf<N>, 'id'>, roles: Role[] = ['quan_tri']): Issue => applyIssueMutation(name, row, { id: row.id, ...payload } as PayloadOf<N>, facts(roles)).row;
const erase = (row: Issue, words: string[] = [], roles: Role[] = ['quan_tri']): Issue => run('issue.erasePersonal', row, { basis: 'request', reason: 'Đơn ngày 12/11/2026 của Lê Thị Mẫu', words }, roles);

describe('erasing', () => {
  test('takes reporter, victims and the source’s words away, whatever a later version has written there; the words that are named go from every text', () => {
    const row = erase(told, ['lê thị mẫu', 'bà Mẫu']);
    expect(JSON.stringify(row)).not.toMatch(/lê\s+thị|0912|Cháu|Hoà Bình 12|12 Hoà|bà Mẫu/i);
    expect(row).toMatchObject({ personalErasedAtMs: T0 + DAY_MS, description: 'Bà ••• gọi: cháy bếp nhà •••', place: { text: 'Nhà •••', landmark: 'cạnh nhà •••' }, result: 'Đã chở ••• đi viện', reporter: { anonymous: false, name: '', phone: '', relation: '' }, victims: [], original: null });
    expect(row.history.at(-1)).toMatchObject({ action: 'issue.erasePersonal', note: 'Đơn ngày 12/11/2026 của •••', fields: ['request', 'words'], byId: ME });
    expect(erase(told).description).toBe(told.description);
    expect(() => erase(erase(told))).toThrow('issue/nothing-changed');
    expect(erase(erase(told), ['bếp']).personalErasedAtMs).toBe(T0 + DAY_MS);
  });

  test('is an administrator’s, and of a record on which nobody works any more, or for which another stands', () => {
    for (const role of ROLES.filter(one => one !== 'quan_tri')) expect(() => erase(told, [], [role]), role).toThrow('auth/forbidden');
    expect(() => erase({ ...told, state: 'in_progress' })).toThrow('issue/wrong-state');
    expect(isErased(erase({ ...told, state: 'received', merges: [{ edgeId: ME, parentId: newId(T0), byId: ME, atMs: T0 }] }))).toBe(true);
    expect(possibleActions(told, { actor: facts(['quan_tri']).actor, atMs: T0, policy })).toContain('issue.erasePersonal');
  });

  test('is not undone by what comes later: an edit of the persons is refused, whatever it says of other fields', () => {
    const reopened = { ...erase(told), state: 'reopened' as const };
    const change = { from: told.reporter, to: told.reporter };
    expect(() => run('issue.edit', reopened, { fields: { reporter: change } }, ['truc_ban'])).toThrow('issue/personal-erased');
    expect(() => run('issue.edit', reopened, { fields: { victims: { from: [], to: told.victims }, severity: { from: 'P3', to: 'P2' } } }, ['truc_ban'])).toThrow('issue/personal-erased');
    expect(run('issue.edit', reopened, { fields: { severity: { from: 'P3', to: 'P2' } } }, ['truc_ban']).reporter.name).toBe('');
  });

  test('no named word is left in a text, nothing else of it is lost, and it does not grow beyond its limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ă', 'Đ', '.', '*', '('), minLength: 3, maxLength: 6 });
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(fc.oneof(word, fc.constantFrom(' ', 'xyz '))), (words, parts) => {
      const text = parts.join('');
      const after = redacted(text, words);
      for (const one of words) expect(after.toLowerCase()).not.toContain(one.toLowerCase());
      expect(after.length).toBeLessThanOrEqual(text.normalize('NFC').length);
      if (!words.some(one => text.toLowerCase().includes(one.toLowerCase()))) expect(after).toBe(text.normalize('NFC'));
    }));
  });
});

/** Anything that the schema takes, with every optional field there and `text` in every string that may hold a free text. */
function filled(schema: z.ZodType, text: string, field = ''): unknown {
  const { def } = schema as unknown as { def: { type: string; innerType: z.ZodType; element: z.ZodType; shape: Record<string, z.ZodType>; entries: Record<string, string>; checks?: { _zod: { def: { pattern?: RegExp } } }[] } };
  switch (def.type) {
    case 'optional': case 'nullable': case 'default': return filled(def.innerType, text, field);
    case 'object': return Object.fromEntries(Object.entries(def.shape).map(([name, one]) => [name, filled(one, text, name)]));
    case 'array': return [filled(def.element, text, field)];
    case 'record': return { [text]: text };
    case 'enum': return Object.values(def.entries)[0];
    case 'boolean': return true;
    case 'number': return 1;
    case 'literal': return 'image/jpeg';
    case 'string': {
      const pattern = def.checks?.map(check => check._zod.def.pattern).find(one => one !== undefined);
      return pattern === undefined ? CODES[field] ?? text : [ME, 'a'.repeat(64), 'lan'].find(one => pattern.test(one));
    }
    default: throw new Error(`no value of ${def.type}`);
  }
}
/** Plain strings of the schema that nobody types. */
const CODES: Readonly<Record<string, string>> = { provisionalNo: 'TẠM-lan-01', displayNo: 'lan-2026-000001', category: 'lan', action: 'issue.lan', fields: 'lan' };

describe('a word that is to go', () => {
  const row = filled(Issue, 'của NGUYỄN thị  Lan.') as Issue;
  const strings = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []);

  test('stands in no string of a record in which every field is filled', () => {
    expect(strings(row).filter(text => /nguyễn/i.test(text)).length).toBeGreaterThan(20);
    const after = withoutPersons(row, ['Nguyễn Thị Lan'.normalize('NFD')]);
    expect(strings(after).filter(text => /nguyễn/i.test(text))).toEqual([]);
    expect(Issue.parse(after)).toEqual(after);
    expect([after.history[0]?.file, after.attachments?.[0]?.name, after.history[0]?.noEvidence, after.resources?.[0]?.name, after.advisedBody, after.handOff?.note]).toEqual(Array(6).fill('của •••.'));
  });

  test('is also taken out of what a later version has written, and out of no code, number or id', () => {
    const later = { ...row, story: [{ told: 'Nguyễn Thị Lan' }] };
    expect(withoutPersons(later, ['nguyễn thị lan'])).toMatchObject({ story: [{ told: '•••' }] });
    const codes = (issue: Issue) => strings(issue).filter(text => /lan(?!\.)/i.test(text) || text.includes(ME.slice(0, 8)) || text.startsWith('aaa'));
    expect(codes(row).length).toBeGreaterThan(40);
    // The answers about a victim go with the victims.
    expect(codes(withoutPersons({ ...row, victims: [] }, ['lan', ME.slice(0, 8), 'aaa']))).toEqual(codes({ ...row, victims: [] }));
  });
});

describe('how long persons are kept', () => {
  const due = (some: Partial<Issue>, pack = DEFAULT_PACK, root?: Issue): number | null => erasureDueAtMs({ ...told, ...some }, pack, root);
  test('counts from the end of a record, by its kind, as the pack in force says', () => {
    expect(endedAtMs(told)).toBe(T0 + 9);
    expect([due({}), due({ class: 'incident' }), due({ state: 'false_report' })]).toEqual([T0 + 9 + 730 * DAY_MS, T0 + 9 + 1_825 * DAY_MS, T0 + 9 + 365 * DAY_MS]);
    expect([due({ state: 'in_progress' }), due({ personalErasedAtMs: T0 })]).toEqual([null, null]);
    expect(due({ state: 'received' }, DEFAULT_PACK, told)).toBe(T0 + 9 + 730 * DAY_MS);
  });
  test('a pack of before it erases nothing by itself, unless it has one time for all', () => {
    const { retention: _, ...before } = DEFAULT_PACK.personalData;
    expect(due({}, { ...DEFAULT_PACK, personalData: before })).toBeNull();
    expect(retentionDays({ personalData: { ...before, retentionDays: 90 } }, 'false')).toBe(90);
    expect(retentionDays({ personalData: { ...DEFAULT_PACK.personalData, retention: { incidentDays: null, issueDays: 1, falseDays: 1, source: null } } }, 'incident')).toBeNull();
  });
});
