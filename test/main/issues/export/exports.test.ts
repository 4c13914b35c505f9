import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, test } from 'vitest';
import { FILE_PIECE_BYTES } from '../../../../contract/console.ts';
import { newId } from '../../../../contract/ids.ts';
import { allRows } from '../../../../db/database.ts';
import { issueWith, PEOPLE, sessionWith, SITES, T0, UNITS } from '../support.ts';
import { AREA } from '../desk.ts';
import { bytesOf, exportsDesk } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });
async function desk(...given: Parameters<typeof exportsDesk>) {
  const made = await exportsDesk(...given);
  ends.push(made.end);
  return made;
}

const REPORTED = issueWith({
  displayNo: '115-2026-000123', service: '115', class: 'incident', description: 'Khó thở', category: 'breathing', receivedAtMs: T0 + 60_000, leadUnitId: UNITS[0], place: { text: 'Ấp 3', areaId: AREA.id, landmark: '', lat: 11.5, lon: 106.9 },
  reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271555418', relation: 'con' }, victims: [{ who: 'Bà Mẫu', conscious: 'yes', breathing: 'no', bleeding: 'unknown' }], original: { ghi_chu: 'mẹ tôi tên Mẫu' },
});
const rowsOf = (bytes: Buffer) => parse(bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
const audit = (made: Awaited<ReturnType<typeof desk>>) => allRows<{ action: string; subject: string }>(made.desk.reader, `SELECT action, subject FROM audit WHERE action LIKE '%export%' ORDER BY seq`);

describe('a list as a file', () => {
  test('holds the rows of the view in its order, in words', async () => {
    const made = await desk([issueWith({ description: 'Đèn hỏng', receivedAtMs: T0 }), REPORTED]);
    const { name, bytes } = await made.fetch(await made.order('csv'));
    expect(name).toMatch(/^IOC-BP01-260301-\d{4}\.csv$/);
    const rows = rowsOf(bytes);
    expect(rows.map(row => row['description'])).toEqual(['Đèn hỏng', 'Khó thở']);
    expect(rows[1]).toMatchObject({ displayNo: '115-2026-000123', state: 'Mới tiếp nhận', area: AREA.name, site: 'IOC tỉnh', leadUnit: 'Đội chiếu sáng', author: 'Trần Minh Họa', lat: '11,5', lon: '106,9', category: 'breathing' });
    expect(rows[1]!['receivedAt']).toMatch(/^01\/03\/2026 \d\d:\d\d$/);
  });

  test('tells of no person, and the journal says that it was made', async () => {
    const made = await desk([REPORTED, issueWith()]);
    const { bytes } = await made.fetch(await made.order('csv'));
    expect(bytes.toString()).not.toMatch(/Văn Mẫu|0271|555418|Bà Mẫu|mẹ tôi|con"/);
    expect(rowsOf(bytes).map(row => [row['reporter'], row['phone']])).toEqual([['ẩn danh', ''], ['•••', '•••• ••• 418']]);
    expect(Object.keys(rowsOf(bytes)[0]!)).not.toContain('original');
    expect(audit(made)).toEqual([{ action: 'issue.export', subject: 'csv 2' }]);
  });

  test('with persons needs the right and a purpose, which is in the journal before the first byte', async () => {
    const made = await desk([REPORTED]);
    const personal = { purpose: 'Báo cáo quý theo công văn 12' };
    await expect(made.fetch(await made.order('csv', { purpose: 'x' }))).rejects.toThrow('export/purpose-needed');
    const reader = sessionWith({ roles: ['phan_tich'] });
    await expect(made.fetch(await made.order('csv', personal, reader), reader)).rejects.toThrow('auth/forbidden');
    expect(audit(made)).toEqual([]);
    const { id, name } = await made.exports.handlers.begin(await made.order('csv', personal), made.as());
    expect(audit(made)).toEqual([{ action: 'reporter.export', subject: 'csv 1 Báo cáo quý theo công văn 12' }]);
    const bytes = bytesOf(await made.exports.handlers.piece({ id, n: 0 }, made.as()));
    expect(name).toContain('-co-du-lieu-ca-nhan.csv');
    expect(rowsOf(bytes)[0]).toMatchObject({ reporter: 'Nguyễn Văn Mẫu', phone: "'0271555418", relation: 'con', victims: 'Bà Mẫu · conscious: yes · breathing: no · bleeding: unknown', original: 'ghi_chu: mẹ tôi tên Mẫu' });
  });

  test('with persons is for who takes calls on duty, and for who inspects, whose purpose is the reason that is asked of them', async () => {
    const duty = { is: false };
    const made = await desk([REPORTED], () => duty.is);
    const personal = { purpose: 'Kiểm tra việc tiếp nhận' };
    await expect(made.fetch(await made.order('csv', personal))).rejects.toThrow('personal/off-duty');
    const unit = sessionWith({ roles: ['dau_moi'] });
    await expect(made.fetch(await made.order('csv', personal, unit), unit)).rejects.toThrow('auth/forbidden');
    expect(audit(made)).toEqual([]);
    const inspector = sessionWith({ roles: ['kiem_tra'] });
    expect(rowsOf((await made.fetch(await made.order('csv', personal, inspector), inspector)).bytes)[0]).toMatchObject({ reporter: 'Nguyễn Văn Mẫu', relation: 'con' });
    duty.is = true;
    const order = await made.order('csv', personal);
    const { id } = await made.exports.handlers.begin(order, made.as());
    duty.is = false;
    await expect(made.exports.handlers.piece({ id, n: 0 }, made.as())).rejects.toThrow('export/gone');
  });

  test('is not given to another person, not twice, not out of order, not after it was stopped', async () => {
    const made = await desk(Array.from({ length: 1_500 }, (_, i) => issueWith({ description: `Việc ${i} ${'x'.repeat(400)}`, receivedAtMs: T0 + i })));
    const { id } = await made.exports.handlers.begin(await made.order('csv'), made.as());
    const piece = (n: number, session = sessionWith()) => made.exports.handlers.piece({ id, n }, made.as(session));
    await expect(piece(0, sessionWith({ personId: PEOPLE[1] }))).rejects.toThrow('export/gone');
    await expect(piece(1)).rejects.toThrow('export/gone');
    expect(await piece(0)).toMatchObject({ done: false });
    await expect(piece(0)).rejects.toThrow('export/gone');
    await made.exports.handlers.cancel({ id }, made.as(sessionWith({ personId: PEOPLE[1] })));
    expect((await piece(1)).rowsDone).toBeGreaterThan(0);
    await made.exports.handlers.cancel({ id }, made.as());
    await expect(piece(2)).rejects.toThrow('export/gone');
    await expect(made.fetch({ ...await made.order('csv'), viewId: 'another' })).rejects.toThrow('queue/view-gone');
  });

  test('is read as it is fetched, in pieces of one size, and counts what has gone meanwhile', async () => {
    const issues = Array.from({ length: 3_000 }, (_, i) => issueWith({ description: `Việc ${i} ${'x'.repeat(400)}`, receivedAtMs: T0 + i }));
    const made = await desk(issues);
    const { id, rows } = await made.exports.handlers.begin(await made.order('csv'), made.as());
    const first = await made.exports.handlers.piece({ id, n: 0 }, made.as());
    expect([rows, bytesOf(first).length, first.done]).toEqual([3_000, FILE_PIECE_BYTES, false]);
    expect(first.rowsDone).toBeLessThan(1_500);
    await made.desk.writer.call('sync.applyPage', { rows: [{ kind: 'issue', id: issues[2_999]!.id, seq: 9, deleted: true, data: {} }], cursor: 'c2', verdicts: [], atMs: T0 });
    const last = { done: false, left: 0, rowsDone: 0 };
    for (let n = 1; !last.done; n++) Object.assign(last, await made.exports.handlers.piece({ id, n }, made.as()));
    expect(last).toMatchObject({ left: 1, rowsDone: 3_000 });
  });

  test('leaves out what its reader may not see', async () => {
    const session = sessionWith();
    const made = await desk([issueWith({ siteId: SITES[1] }), issueWith()]);
    const wanted = await made.order('csv', null, session);
    const narrowed = sessionWith({ scope: { siteIds: [SITES[0]], services: null } });
    const { bytes, left } = await made.fetch(wanted, narrowed);
    expect([rowsOf(bytes).length, left]).toEqual([1, 1]);
  });

  test('of three that were begun and one more, the oldest ends', async () => {
    const made = await desk([issueWith()]);
    const ids = await Promise.all(Array.from({ length: 4 }, async () => (await made.exports.handlers.begin(await made.order('csv'), made.as())).id));
    await expect(made.exports.handlers.piece({ id: ids[0]!, n: 0 }, made.as())).rejects.toThrow('export/gone');
    expect((await made.exports.handlers.piece({ id: ids[3]!, n: 0 }, made.as())).done).toBe(true);
  });
});

test('ten megabytes in one cell: whole in CSV, refused by name in xlsx', async () => {
  const made = await desk([issueWith({ displayNo: '1022-2026-000007', description: 'Đường ngập '.repeat(750_000) }), issueWith({ id: newId(T0 + 1) })]);
  const { bytes, pieces } = await made.fetch(await made.order('csv'));
  const [long] = rowsOf(bytes).filter(row => row['displayNo'] !== '');
  expect([long!['description'] === 'Đường ngập '.repeat(750_000), pieces > 40]).toEqual([true, true]);
  await expect(made.fetch(await made.order('xlsx'))).rejects.toMatchObject({ code: 'export/cell-too-long', facts: { no: '1022-2026-000007', limit: 32_767 } });
});
