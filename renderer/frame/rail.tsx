import { IconDeviceTv, IconLock, IconTextSize } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { may } from '../../contract/permissions.ts';
import { openPage } from '../open-page.ts';
import { formatRoute, type Route } from '../route-path.ts';
import { RAIL, type RailEntry } from '../screens.tsx';
import { useT } from '../strings/text.ts';
import { DisplayMenu } from './display-menu.tsx';
import { useSession } from './station.ts';

/** After a click the keys belong to the screen: Enter opens what is chosen there, it does not press the link again. */
function letGo(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 0) event.currentTarget.blur();
}

/** The screens at the left; a record and an intake belong to the queue, files as a link to the link. */
export function Rail({ route, onLock }: { route: Route; onLock: () => void }) {
  const t = useT();
  const { roles } = useSession();
  const current = route.screen === 'issue' || route.screen === 'intake' || route.screen === 'survey' ? 'queue' : route.screen === 'stick' ? 'health' : route.screen;
  const entry = ({ route: to, icon: Icon, label, count: Count }: RailEntry) => (
    <a key={to.screen} href={formatRoute(to)} onClick={letGo} aria-current={to.screen === current ? 'page' : undefined}><Icon aria-hidden /><span>{t(label)}</span>{Count !== undefined && <Count />}</a>
  );
  const allowed = RAIL.filter(({ needs }) => may(roles, needs));
  return (
    <nav className="rail" aria-label={t('frame.nav')}>
      {allowed.filter(e => e.end !== true).map(entry)}
      <div className="space" />
      {allowed.filter(e => e.end === true).map(entry)}
      {may(roles, 'queue.read') && <button type="button" onClick={event => { letGo(event); openPage('wallboard'); }} title={t('wallboard.openLong')}><IconDeviceTv aria-hidden /><span>{t('wallboard.open')}</span></button>}
      <DisplayMenu><button type="button"><IconTextSize aria-hidden /><span>{t('frame.display')}</span></button></DisplayMenu>
      <button type="button" onClick={onLock} title="Ctrl+L"><IconLock aria-hidden /><span>{t('frame.lock')}</span></button>
    </nav>
  );
}
