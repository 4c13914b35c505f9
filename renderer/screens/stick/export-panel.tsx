import { useState } from 'react';
import type { ConsoleOutputs } from '../../../contract/console.ts';
import type { StickState } from '../../../contract/stick-desk.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { saveFile } from '../../save-file.ts';
import { bytesOf } from '../../ui/base64.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { rangeWords } from './range-words.ts';

type Made = Omit<ConsoleOutputs['stick']['exportFile'], 'base64'>;

/** What would go into a file now, the file itself, and which ones were made before. */
export function ExportPanel({ state }: { state: StickState }) {
  const t = useT();
  const { locked } = useSession();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [error, setError] = useState<unknown>(null);
  const canExport = state.waiting > 0 && state.hasKeys && !isMaking;
  const make = (): void => {
    setMaking(true);
    setError(null);
    client.stick.exportFile({})
      .then(({ base64, ...file }) => {
        saveFile(file.name, bytesOf(base64), 'application/octet-stream');
        setMade(file);
      }, setError)
      .finally(() => { setMaking(false); });
  };
  useShortcuts('screen', [{ keys: 'x', label: t('stick.export'), hint: 'X', run: make, enabled: canExport && !locked }]);
  const { firstN, lastN, oldestAtMs } = state;
  // Once all that it holds has been answered, nobody is to carry it any more.
  const isStillOut = made !== null && firstN !== null && firstN <= made.lastN;
  return (
    <Panel title={t('stick.exportTitle')}>
      <dl className="facts">
        <div><dt>{t('stick.waiting')}</dt><dd><b>{state.waiting}</b> {t('health.figure.changes')}</dd></div>
        <div><dt>{t('stick.numbers')}</dt><dd>{firstN === null || lastN === null ? t('health.figure.none') : <b>{rangeWords({ firstN, lastN })}</b>}</dd></div>
        <div><dt>{t('health.figure.oldest')}</dt><dd>{oldestAtMs === null ? t('health.figure.none') : <b>{formatDateTime(oldestAtMs)}</b>}</dd></div>
      </dl>
      <p>{t(state.waiting === 0 ? 'stick.nothing' : 'stick.contains', { n: state.waiting })}</p>
      {!state.hasKeys && <Notice tone="warning">{t('errors.stick/no-keys.what')} {t('errors.stick/no-keys.todo')}</Notice>}
      <div className="do"><Button kind="primary" size="md" hint="X" disabled={!canExport} onClick={make}>{t(isMaking ? 'stick.making' : 'stick.export')}</Button><span className="muted">{t('stick.saveWhere')}</span></div>
      {error !== null && <ErrorNotice error={error} />}
      {isStillOut && (
        <Notice tone="good" title={t('stick.made', { name: made.name })}>
          {t('stick.madeMore', { n: made.count, range: rangeWords(made), size: bytesWords(made.bytes) })} {made.left > 0 && t('stick.left', { n: made.left })}
        </Notice>
      )}
      {state.exports.length > 0 && (
        <ul className="before muted" aria-label={t('stick.before')}>
          {state.exports.map(one => <li key={`${one.name} ${one.atMs}`}>{t('stick.exportedAt', { time: formatDateTime(one.atMs), n: one.count, range: rangeWords(one), size: bytesWords(one.bytes) })}</li>)}
        </ul>
      )}
    </Panel>
  );
}
