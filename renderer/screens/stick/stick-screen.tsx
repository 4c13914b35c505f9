import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { CarriedFiles } from './carried-files.tsx';
import { ExportPanel } from './export-panel.tsx';
import { ReceivePanel } from './receive-panel.tsx';
import './stick.css';

/** "Gửi bằng USB": what takes the place of the link when there is none. */
export function StickScreen() {
  const t = useT();
  return useMay('stick.use') ? <Stick /> : <EmptyState title={t('stick.title')}>{t('stick.notAllowed')}</EmptyState>;
}

function Stick() {
  const t = useT();
  const { locked } = useSession();
  const { data: state, error } = useLive(['stick.state'], ['sync'], core => core.stick.state({}));
  const goBack = (): void => { goTo({ screen: 'health' }); };
  useShortcuts('screen', [{ keys: 'escape', label: t('health.keys.back'), hint: 'Esc', run: goBack, enabled: !locked }]);
  return (
    <div className="stick" tabIndex={0} role="region" aria-label={t('stick.title')}>
      <header>
        <div><h1>{t('stick.title')}</h1><p className="muted">{t('stick.lead')}</p></div>
        <Button kind="quiet" hint="Esc" onClick={goBack}>{t('app.back')}</Button>
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {state !== undefined && (
        <>
          <div className="two"><ExportPanel state={state} /><ReceivePanel /></div>
          <CarriedFiles files={state.carried} />
        </>
      )}
    </div>
  );
}
