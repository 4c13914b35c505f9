import { goTo, useRoute } from '../route.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { sentences } from '../ui/error-text.ts';
import { useLinkStatus } from './station.ts';

/** On every screen but the one that says more about it: a new copy was stopped before it took records away. */
export function RemovalBanner() {
  const t = useT();
  const route = useRoute();
  const error = useLinkStatus()?.lastError ?? null;
  if (error?.code !== 'sync/mass-removal' || route.screen === 'health') return null;
  const { what, todo } = sentences(error);
  return (
    <div className="wire-banner" role="status">
      <b>{what}</b> {todo} <Button onClick={() => { goTo({ screen: 'health' }); }}>{t('frame.health')}</Button>
    </div>
  );
}
