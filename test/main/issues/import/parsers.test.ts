import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../../../contract/errors.ts';
import { PAYLOADS } from '../../../../contract/mutations/payloads.ts';
import { mapRecord } from '../../../../main/issues/import/map.ts';
import { context, readAll } from './support.ts';

const REAL = readFileSync(new URL('../fixtures/open311-two-requests.xml', import.meta.url), 'utf8');
const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<service_requests>\n${body}\n</service_requests>`;
const request = (id: number, more = '') => `<request><service_request_id>${id}</service_request_id><description>Đèn hỏng ${id}</description>${more}</request>`;
const codes = (file: { error: AppError | null }) => file.error?.code ?? null;

test('the two real requests of a city are read with the lines on which they stand, in pieces of any size', async () => {
  for (const size of [1, 13, 4_096]) {
    const { records, broken, error, format } = await readAll(REAL, size);
    expect({ broken, error, format, lines: records.map(r => r.line) }).toEqual({ broken: [], error: null, format: 'open311-xml', lines: [3, 22] });
    expect(records[0]!.fields).toMatchObject({ service_request_id: '101005420892', status: 'open', service_name: 'Road - Pot hole', lat: '43.691104288' });
    expect(records[0]!.fields).not.toHaveProperty('description');
  }
});

test('loose XML: nil, CDATA, prefixes, nested elements and markup inside a text', async () => {
  const { records } = await readAll(xml(`<o:request xmlns:o="urn:x" xmlns:xsi="urn:y"><address xsi:nil="true">?</address><description>Hố <b>lớn</b> quá</description>
    <note><![CDATA[a < b & c]]></note><attributes><attribute><code>A1</code></attribute><attribute><code>B2</code></attribute></attributes></o:request>`));
  expect(records.map(r => r.fields)).toEqual([{ description: 'Hố lớn quá', note: 'a < b & c', 'attributes.attribute.code': 'A1\nB2' }]);
});

test('a bare & or < in a text is mended and said; broken markup costs one request, not the file', async () => {
  const { records, broken, error } = await readAll(xml([
    request(1, '<address>Hẻm A & B <5 m</address>'), request(2, '<address>x</adress>'), request(3, '<a b=c>x</a>'), request(4),
  ].join('\n')));
  expect(error).toBeNull();
  expect(records.map(r => [r.line, r.fields['service_request_id'], r.warnings])).toEqual([[3, '1', ['markup-mended:address']], [6, '4', []]]);
  expect(records[0]!.fields['address']).toBe('Hẻm A & B <5 m');
  expect(broken.map(b => [b.line, b.code])).toEqual([[4, 'import/not-well-formed'], [5, 'import/not-well-formed']]);
});

test('a file that breaks off gives what came before and says where it ends', async () => {
  const cutInRequest = await readAll(xml(`${request(1)}\n${request(2)}`).slice(0, -60));
  expect([cutInRequest.records.length, cutInRequest.broken.map(b => b.line), cutInRequest.error]).toEqual([1, [4], null]);
  const cutBetween = await readAll(`<service_requests>${request(1)}`);
  expect([cutBetween.records.length, cutBetween.broken.length, cutBetween.error]).toEqual([1, 1, null]);
  const cutJson = await readAll('[{"description":"a"},\n{"description":');
  expect([cutJson.records.length, cutJson.broken.map(b => b.line)]).toEqual([1, [2]]);
});

test('declared entities are refused, whatever they would expand to, and nothing is expanded', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><service_requests>${request(1, '<address>&lol2;</address>')}</service_requests>`;
  expect(codes(await readAll(laughs))).toBe('import/entity-bomb');
  expect(codes(await readAll(laughs, 5))).toBe('import/entity-bomb');
  expect(codes(await readAll(laughs.replace('<!ENTITY lol "lol">', '<!ENTITY % x SYSTEM "file:///etc/passwd">')))).toBe('import/entity-bomb');
});

test('hostile sizes are refused: a 10 MB line in each format, depth, mistakes without end', async () => {
  const long = 'x'.repeat(10 * 1024 * 1024);
  expect(codes(await readAll(xml(request(1, `<address>${long}</address>`)), 65_536))).toBe('import/line-too-long');
  expect(codes(await readAll(xml(request(1, `<address a="${long}">x</address>`)), 65_536))).toBe('import/line-too-long');
  expect(codes(await readAll(`[{"description":"${long}"}]`, 65_536))).toBe('import/line-too-long');
  expect(codes(await readAll(`ma;noi_dung\n1;${long}\n2;ok\n`, 65_536))).toBe('import/line-too-long');
  expect(codes(await readAll(`${long};noi_dung`, 65_536))).toBe('import/line-too-long');
  expect(codes(await readAll(xml('<a>'.repeat(40)), 64))).toBe('import/not-well-formed');
  expect(codes(await readAll(`${'['.repeat(50)}{"a":1}`))).toBe('import/not-well-formed');
  expect(codes(await readAll(xml(request(1)) + '<'.repeat(1_000_000), 65_536))).toBe('import/not-well-formed');
});

test('what is not text in UTF-8 is refused', async () => {
  const text = 'ma;noi_dung\n1;Đường Hoà Bình ngập nước, đèn hỏng\n';
  expect(codes(await readAll(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toBe('import/not-text');
  expect(codes(await readAll(Buffer.from(text, 'utf16le')))).toBe('import/not-text');
  expect(codes(await readAll(Buffer.from([0xfe, 0xff, 0, 0x6d, 0, 0x61])))).toBe('import/not-text');
  expect(codes(await readAll(Buffer.from('ma;noi_dung\n1;§\xad\xeang Ho\xb5 B\xd7nh\n', 'latin1')))).toBe('import/not-text');
  expect(codes(await readAll(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2])))).toBe('import/not-text');
  // The same mistakes once saved as UTF-8: TCVN3, VNI, and UTF-8 read as Latin-1.
  expect(codes(await readAll('ma;noi_dung\n1;§\u00ADêng Hoµ B×nh ngËp n\u00ADíc, ®Ìn háng, r¸c th¶i\n'))).toBe('import/not-text');
  expect(codes(await readAll('ma;noi_dung\n1;Ñöôøng Hoøa Bình ngaäp nöôùc, ñeøn hoûng, ñaõ baùo\n'))).toBe('import/not-text');
  expect(codes(await readAll(`ma;noi_dung\n${Buffer.from('1;đường Hoà Bình ngập nước, đèn hỏng\n').toString('latin1').replace(/[\u0080-\u009f]/g, '\u00a0')}`))).toBe('import/not-text');
  expect(codes(await readAll('id,description\n1,"Où est la poubelle ? Là où le trottoir est cassé, où ça déborde, où tout est sale"\n'))).toBeNull();
});

test('files that are none of our formats are refused', async () => {
  for (const content of ['   \n ', 'chỉ một dòng chữ không có cột', '<html><body>hi</body></html>', '{"errors":[]}', '[]', '[1,2]', '<errors><error/></errors>']) {
    expect(codes(await readAll(content))).toBe('import/unknown-format');
  }
  expect(codes(await readAll('ma;so_luong\n1;2\n'))).toBe('import/missing-column');
});

test('JSON: a list or a list inside an object, brackets and quotes in texts, a broken request among good ones', async () => {
  const list = [{ service_request_id: 7, description: 'dấu } ] " \\ trong chữ', lat: 11.5, media_url: null, tags: ['a', 'b'] }];
  for (const text of [JSON.stringify(list), JSON.stringify({ jurisdiction: 'x', service_requests: list }, null, 2), `\uFEFF\n ${JSON.stringify({ a: { b: list } })}`]) {
    const { records, broken, format } = await readAll(text);
    expect([records.map(r => r.fields), broken, format]).toEqual([[{ service_request_id: '7', description: 'dấu } ] " \\ trong chữ', lat: '11.5', 'tags.0': 'a', 'tags.1': 'b' }], [], 'open311-json']);
  }
  const { records, broken } = await readAll('[{"description":"a"},{"description":oops},{"description":"c"}]');
  expect([records.map(r => [r.line, r.fields['description']]), broken.map(b => b.line)]).toEqual([[[1, 'a'], [3, 'c']], [2]]);
});

test('CSV: BOM or none, ; or , or tab, LF or CRLF, quoted newlines, empty lines; lines as an editor counts them', async () => {
  const rows = [['ma', 'noi_dung', 'dia_diem'], ['1', 'dòng một\r\ndòng hai', 'a;b,c'], ['2', 'nói "to"', ''], ['3', 'ba', 'x']];
  for (const bom of ['', '\uFEFF']) for (const delimiter of [';', ',', '\t']) for (const end of ['\n', '\r\n']) for (const size of [1, 5, 1_000]) {
    const quoted = rows.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(delimiter));
    quoted.splice(2, 0, '');
    const { records, broken, error, format } = await readAll(bom + quoted.join(end), size);
    expect({ broken, error, format }).toEqual({ broken: [], error: null, format: 'csv' });
    expect(records.map(r => r.line)).toEqual([2, 5, 6]);
    expect(records.map(r => r.fields)).toEqual([
      { ma: '1', noi_dung: 'dòng một\r\ndòng hai', dia_diem: 'a;b,c' }, { ma: '2', noi_dung: 'nói "to"' }, { ma: '3', noi_dung: 'ba', dia_diem: 'x' },
    ]);
  }
});

test('a row with too many or too few values, or a quote never closed, is told by its number; the rest goes in', async () => {
  const { records, broken } = await readAll('ma;noi_dung\n1;a\n2;b;c\n3\n4;d\n5;"không đóng\n6;e\n');
  expect(records.map(r => [r.line, r.fields['noi_dung']])).toEqual([[2, 'a'], [5, 'd'], [7, 'e']]);
  expect(broken.map(b => [b.line, b.code])).toEqual([[3, 'import/line-broken'], [4, 'import/line-broken'], [6, 'import/line-broken']]);
});

test('two quotes never closed meet each other, and cost their own lines only; however many there are', async () => {
  const { records, broken } = await readAll('ma;noi_dung;lat\nR900;a;1\nX1;"mở;2\nR901;b;3\nX2;"mở;4\nR902;"c\nd";5\n');
  expect(records.map(r => [r.line, r.fields['ma']])).toEqual([[2, 'R900'], [4, 'R901'], [6, 'R902']]);
  expect(records[2]!.fields['noi_dung']).toBe('c\nd');
  expect(broken.map(b => b.line)).toEqual([3, 5]);
  for (const end of ['\n', '\r\n']) {
    const lines = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? `R${i};tốt;1` : `X${i};"mở;2`));
    const many = await readAll(['ma;noi_dung;lat', ...lines, ''].join(end), 37);
    expect(many.error).toBeNull();
    expect(many.records.map(r => [r.line, r.fields['ma']])).toEqual(Array.from({ length: 10 }, (_, i) => [i * 6 + 2, `R${i * 6}`]));
    expect(many.broken).toHaveLength(50);
  }
});

test('well-formed CSV with quotes and lines in its values is read as it was written', async () => {
  const value = fc.array(fc.constantFrom('a', 'đ', '"', '\n', ';', ' '), { minLength: 1, maxLength: 8 }).map(signs => `x${signs.join('')}x`);
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
    const text = ['ma;noi_dung', ...rows.map(row => row.map(one => `"${one.replaceAll('"', '""')}"`).join(';')), ''].join('\n');
    const { records, broken } = await readAll(text, size);
    expect(broken).toEqual([]);
    expect(records.map(r => [r.fields['ma'], r.fields['noi_dung']])).toEqual(rows);
  }), { numRuns: 300 });
});

test('any bytes give records, reports or a named refusal: nothing else is thrown, lines rise, and every record is a fit payload', async () => {
  const scraps = fc.constantFrom(
    '<request>', '</request>', '<service_requests>', '<description>', '</description>', '<![CDATA[', ']]>', '<!DOCTYPE x [', '<!ENTITY a "b">', ']>', '&', '&#x0;', '&amp;',
    '[', ']', '{', '}', '"', '\\', ',', ';', ':', '\n', '\r\n', '"description":"x"', '{"description":"a"}', 'noi_dung;', 'lat', '__proto__', '<', '>', '/', '=', ' ', 'đ', '\t', '<?xml', '?>', '<!--', '-->',
  );
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 120, unit: 'grapheme' }),
    fc.tuple(fc.constantFrom('<service_requests>', '[', '{"a":[', 'ma;noi_dung\n', 'id,description\n'), fc.array(scraps, { maxLength: 40 })).map(([head, parts]) => head + parts.join('')),
  );
  await fc.assert(fc.asyncProperty(content, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
    const { records, broken } = await readAll(bytes, size);
    const lines = [...records, ...broken].map(r => r.line);
    expect(new Set(lines).size).toBe(lines.length);
    for (const record of records) expect(PAYLOADS['issue.receive'].safeParse(mapRecord(record, context).payload).success).toBe(true);
  }), { numRuns: 400 });
});
