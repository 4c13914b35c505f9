/** What every workbook (xlsx, ECMA-376) is made with: names of its formats, text as XML, columns by their letters. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML holds it; also `_x0041_`, which spreadsheets would read as "A". */
export function escapeXml(text: string): string {
  const safe = text.includes('_x') ? text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : text;
  return /[&<>"]/.test(safe) ? safe.replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign) : safe;
}

/** The name of a column by its number from 1: A … Z, AA … */
export function letters(n: number): string {
  const before = Math.floor((n - 1) / 26);
  return `${before === 0 ? '' : letters(before)}${String.fromCharCode(65 + ((n - 1) % 26))}`;
}

/** The parts that say what else is in the package, for so many sheets: `xl/worksheets/sheet1.xml` is `rId1` … and the styles come last. */
export function packageParts(sheets: number): Record<string, string> {
  const all = Array.from({ length: sheets }, (_, at) => at + 1);
  const contents = all.map(n => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('');
  const related = all.map(n => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('');
  return {
    '[Content_Types].xml': `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${contents}<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${related}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  };
}
