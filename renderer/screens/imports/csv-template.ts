/** Columns of the CSV template in their order; the importer knows them (and many others) by these names. */
export const TEMPLATE_COLUMNS = [
  'ma_nguon', 'linh_vuc', 'tieu_de', 'noi_dung', 'dia_diem', 'xa_phuong', 'vi_do', 'kinh_do', 'thoi_diem', 'muc_do', 'nguoi_bao', 'dien_thoai',
] as const;
export type TemplateColumn = (typeof TEMPLATE_COLUMNS)[number];

/** Columns without which a line says nothing. */
export const REQUIRED_COLUMNS: readonly TemplateColumn[] = ['noi_dung'];

/** The number of the example line: the importer refuses numbers of this kind, so that the example never becomes a record. */
export const EXAMPLE_REF = 'VI-DU-0001';

/** A CSV that Excel of a Vietnamese Windows opens as a table: UTF-8 with BOM, `;`, CRLF, every text quoted; one example line. */
export function csvTemplate(example: Readonly<Partial<Record<TemplateColumn, string>>>): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = [TEMPLATE_COLUMNS.join(';'), TEMPLATE_COLUMNS.map(column => quoted(column === 'ma_nguon' ? EXAMPLE_REF : example[column] ?? '')).join(';')];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
