import { beforeAll, describe, expect, test } from 'vitest';
import type { AttentionEntry } from '../../contract/console.ts';
import type { Issue } from '../../contract/issue.ts';
import { attentionCsv, attentionJson, type ShowValue } from '../../renderer/screens/health/attention-export.ts';
import { formOfRefused } from '../../renderer/screens/health/refused-form.ts';
import { valueWords } from '../../renderer/screens/health/value-words.ts';
import { startTexts } from '../../renderer/strings/text.ts';

const PLACE = { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null };
const REPORTER = { anonymous: false, name: 'Phan Mẫu', phone: '0900000001', relation: '' };
const ISSUE = { description: 'Đang có', severity: 'P3', category: 'water', place: PLACE, reporter: { ...REPORTER, name: '•••' } } as Issue;
const entry = (some: Partial<AttentionEntry>): AttentionEntry => ({
  n: 2, name: 'issue.edit', issueId: 'x', issueNo: '1022-2026-000001', description: 'Đèn tắt', status: 'conflict', error: null, lost: [], payload: {}, byName: 'Trần Minh Họa',
  atMs: 0, judgedAtMs: 0, isMine: true, again: 'issue.edit', ...some,
});
const show: ShowValue = (field, value) => valueWords(field, value, new Map());
const lost = (field: string, mine: unknown, present: unknown) => ({ field, mine, theirs: present, present, presentBy: 'Đinh Mẫu', presentAtMs: 1 });

beforeAll(() => startTexts('vi'));

describe('what was refused, back in its form', () => {
  test.each<[AttentionEntry['again'], Record<string, unknown>, Record<string, unknown>]>([
    ['issue.verify', { method: 'camera', note: 'thấy rồi' }, { method: 'camera', note: 'thấy rồi' }],
    ['issue.close', { outcome: 'fixed', reply: 'đã sửa' }, { outcome: 'fixed', reply: 'đã sửa' }],
    ['issue.forward', { leadUnitId: 'u', coUnitIds: ['v'], note: '' }, { leadUnitId: 'u', coUnitIds: ['v'], note: '' }],
    ['issue.resolve', { result: 'xong' }, { text: 'xong' }],
    ['issue.resolve', { result: 'xong', noEvidence: 'máy hỏng' }, { text: 'xong', without: true, why: 'máy hỏng' }],
    ['issue.accept', { note: 'đi ngay' }, { text: 'đi ngay' }],
    ['issue.note', { note: 'ghi' }, { text: 'ghi' }],
    ['issue.note', { outcome: 'fixed', reply: 'trả lời' }, { text: 'trả lời' }],
  ])('%s of %o', (again, payload, fields) => {
    expect(formOfRefused(entry({ name: again ?? '', again, payload, status: 'rejected' }), ISSUE)).toEqual(fields);
  });

  test('an edit starts from what the record has now, with mine put in where it lost', () => {
    const payload = { fields: { severity: { from: 'P4', to: 'P1' }, description: { from: 'a', to: 'b' } } };
    const form = formOfRefused(entry({ status: 'merged', payload, lost: [lost('severity', 'P1', 'P3')] }), ISSUE);
    expect(form).toMatchObject({ base: { severity: 'P3', description: 'Đang có' }, now: { severity: 'P1', description: 'Đang có' }, hasReporter: false });
  });

  test('a refused edit puts in all that was changed, and takes an unmasked reporter from what it met', () => {
    const payload = { fields: { description: { from: 'a', to: 'b' }, reporter: { from: REPORTER, to: { ...REPORTER, phone: '0911' } } } };
    expect(formOfRefused(entry({ status: 'rejected', payload }), ISSUE)).toMatchObject({ base: { reporter: REPORTER }, now: { description: 'b', reporter: { phone: '0911' } }, hasReporter: true });
  });

  test('a receiving becomes the form it was sent from', () => {
    const payload = {
      id: '0192d3a0-0000-7000-8000-000000000001', class: 'issue', service: '1022', siteId: '0192d3a0-0000-7000-8000-000000000002', channel: 'phone', receivedAtMs: 1_000, severity: 'P2', description: 'Vỡ ống', place: PLACE, reporter: REPORTER,
    };
    expect(formOfRefused(entry({ name: 'issue.receive', again: 'issue.receive', payload }), null)).toMatchObject({ description: 'Vỡ ống', placeText: 'Đường Mẫu 1', severity: 'P2', phone: '0900000001', startedAtMs: 1_000 });
  });
});

describe('entries as files', () => {
  const one = entry({ payload: { id: 'x', fields: { severity: { from: 'P3', to: 'P1' } } }, lost: [lost('severity', 'P1', 'P2'), lost('place', PLACE, { ...PLACE, text: '=1+1; "x"' })] });

  test('JSON tells all in words and keeps the mutation as it was', () => {
    const file = JSON.parse(attentionJson([one], show, 0)) as { entries: unknown[] };
    expect(file.entries).toMatchObject([{ kind: 'Giá trị bị thay', no: '1022-2026-000001', by: 'Trần Minh Họa', values: [{ field: 'Mức ưu tiên', mine: expect.stringContaining('P1 ·') }, { mine: 'Đường Mẫu 1' }], mutation: { n: 2, payload: one.payload } }]);
  });

  test('CSV has one line each, in words, and no cell that a spreadsheet would run', () => {
    const formula = entry({ description: '=HYPERLINK("x")', issueNo: '=1+1', status: 'rejected', error: { code: 'issue/wrong-state', facts: { state: 'closed' } } });
    const csv = attentionCsv([one, formula], show);
    expect(csv.startsWith('\uFEFF"Loại";"Số vụ việc";')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(`"'=1+1"`);
    expect(csv).not.toMatch(/[{}[\]]/);
  });
});
