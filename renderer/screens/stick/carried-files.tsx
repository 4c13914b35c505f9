import { useState } from 'react';
import type { StickCarriedFile } from '../../../contract/stick-desk.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { saveFile } from '../../save-file.ts';
import { bytesOf } from '../../ui/base64.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { sentences } from '../../ui/error-text.ts';
import { Panel } from '../../ui/panel.tsx';
import { rangeWords } from './range-words.ts';

const TONES: Readonly<Record<StickCarriedFile['status'], string>> = { waiting: 'waiting', answered: 'good', refused: 'danger' };
const MARKS: Readonly<Record<StickCarriedFile['status'], string>> = { waiting: '○', answered: '✓', refused: '◆' };

/** Files of other workstations: where each is, and its answer once there is one. */
export function CarriedFiles({ files }: { files: readonly StickCarriedFile[] }) {
  const t = useT();
  const [error, setError] = useState<unknown>(null);
  const run = (work: Promise<unknown>): void => {
    setError(null);
    work.catch(setError);
  };
  const save = (id: string): void => { run(client.stick.answerFile({ id }).then(({ name, base64 }) => { saveFile(name, bytesOf(base64), 'application/octet-stream'); })); };
  return (
    <Panel title={t('stick.carriedTitle')}>
      {error !== null && <ErrorNotice error={error} />}
      {files.length === 0 ? <p className="muted">{t('stick.noneCarried')}</p> : (
        <table className="carried">
          <thead><tr>{(['station', 'numbers', 'taken', 'status', 'action'] as const).map(column => <th key={column} scope="col">{t(`stick.column.${column}`)}</th>)}</tr></thead>
          <tbody>
            {files.map(file => (
              <tr key={file.id}>
                <th scope="row">{file.stationCode}</th>
                <td>{rangeWords(file)} <span className="muted">({bytesWords(file.bytes)})</span></td>
                <td>{formatDateTime(file.takenAtMs)}</td>
                <td><span className={`${TONES[file.status]} strong`}><span aria-hidden>{MARKS[file.status]}</span> {t(`stick.status.${file.status}`)}</span>{file.error !== null && <div className="muted">{sentences(file.error).what} {sentences(file.error).todo}</div>}</td>
                <td>
                  {file.status === 'answered' && <Button kind="outline" onClick={() => { save(file.id); }}>{t('stick.saveAnswer')}</Button>}
                  {file.status === 'refused' && <Button onClick={() => { run(client.stick.sendAgain({ id: file.id })); }}>{t('stick.sendAgain')}</Button>}
                  <Button kind="quiet" onClick={() => { run(client.stick.drop({ id: file.id })); }}>{t(file.status === 'waiting' ? 'stick.dropWaiting' : 'stick.drop')}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
