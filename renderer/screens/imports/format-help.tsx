import { saveFile } from '../../save-file.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { csvTemplate, REQUIRED_COLUMNS, TEMPLATE_COLUMNS, type TemplateColumn } from './csv-template.ts';

const EXAMPLE_COLUMNS = ['noi_dung', 'dia_diem', 'thoi_diem'] as const;

/** What files may look like, and a template to begin with. */
export function FormatHelp() {
  const t = useT();
  const example: Readonly<Partial<Record<TemplateColumn, string>>> = {
    linh_vuc: '1022', tieu_de: '', noi_dung: t('imports.exampleText'), dia_diem: t('imports.examplePlace'), xa_phuong: 'Xã Tân Hưng, huyện Hớn Quản', thoi_diem: '24/11/2026 14:30', muc_do: 'P4',
    vi_do: '11,5346', kinh_do: '106,8832',
  };
  const download = (): void => {
    saveFile(t('imports.templateName'), csvTemplate(example), 'text/csv;charset=utf-8');
  };
  return (
    <div className="job help">
      <header><h2>{t('imports.accepted')}</h2><Button size="md" onClick={download}>{t('imports.template')}</Button></header>
      <div className="text" tabIndex={0} role="region" aria-label={t('imports.accepted')}>
        <p>{t('imports.acceptedCsv')}</p>
        <p>{t('imports.acceptedExample')}</p>
        <table className="example">
          <thead><tr>{EXAMPLE_COLUMNS.map(column => <th key={column} scope="col"><code>{column}</code></th>)}</tr></thead>
          <tbody><tr>{EXAMPLE_COLUMNS.map(column => <td key={column}>{example[column]}</td>)}</tr></tbody>
        </table>
        <p>{t('imports.acceptedOpen311')}</p>
        <h3>{t('imports.columns')}</h3>
        <dl>
          {TEMPLATE_COLUMNS.map(column => (
            <div key={column}><dt><code>{column}</code></dt><dd>{t(`imports.column.${column}`)}{REQUIRED_COLUMNS.includes(column) && <b> · {t('imports.must')}</b>}</dd></div>
          ))}
        </dl>
      </div>
    </div>
  );
}
