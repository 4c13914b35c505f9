import { Menu } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Service } from '../../../contract/org.ts';
import { servicesIn } from '../../../contract/org.ts';
import { formatTime } from '../../../contract/time.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ServiceTag } from '../../ui/marks.tsx';

const AFTER_TRAP_MS = 30;

/** What tells one draft from another: where, and what. */
function draftWords(fields: Record<string, unknown>): string {
  return [fields['placeText'], fields['description']].filter(text => typeof text === 'string' && text.trim() !== '').join(' · ');
}

function receive(service: Service, draftId: string | null): void {
  goTo({ screen: 'intake', service, draftId });
}

/**
 * Begins an intake: at once for who has one service, else by a menu of services and of drafts not finished. `isAside`: where
 * another step is the next one.
 */
export function ReceiveMenu({ opened, onChange, isAside = false }: { opened: boolean; onChange: (opened: boolean) => void; isAside?: boolean }) {
  const t = useT();
  const { scope } = useSession();
  const mayReceive = useMay('issue.receive');
  const first = useRef<HTMLButtonElement>(null);
  const services = servicesIn(scope);
  const [only, second] = services;
  const drafts = useLive(['issues.drafts'], ['draft', 'session'], core => core.issues.drafts({}), { enabled: mayReceive }).data ?? [];
  const direct = mayReceive && second === undefined && drafts.length === 0 ? only : undefined;
  // The key, the button and the empty list all ask to open; with nothing to choose, opening is the form itself.
  useEffect(() => {
    if (opened && direct !== undefined) { onChange(false); receive(direct, null); }
  }, [opened, direct, onChange]);
  // The menu's own trap puts the focus on an empty line first; Enter must begin a call without an arrow before it.
  const isMenu = opened && direct === undefined;
  useEffect(() => {
    if (!isMenu) return;
    const timer = setTimeout(() => { first.current?.focus(); }, AFTER_TRAP_MS);
    return () => { clearTimeout(timer); };
  }, [isMenu]);
  if (!mayReceive) return null;
  return (
    <Menu opened={isMenu} onChange={onChange} position="bottom-start" withinPortal shadow="md" width={300} trapFocus>
      <Menu.Target><Button kind={isAside ? 'plain' : 'primary'} hint="N">{t('queue.receive')}{drafts.length > 0 && <span className="drafts-left"> · {t('queue.draftsLeft', { count: drafts.length })}</span>}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('queue.receiveFor')}</Menu.Label>
        {services.map((service, i) => <Menu.Item key={service} ref={i === 0 ? first : undefined} onClick={() => { receive(service, null); }}>{t(`domain.serviceLong.${service}`)}</Menu.Item>)}
        {drafts.length > 0 && <Menu.Label>{t('queue.drafts')}</Menu.Label>}
        {drafts.map(draft => (
          <Menu.Item key={draft.id} leftSection={<ServiceTag service={draft.service} />} onClick={() => { receive(draft.service, draft.id); }}>
            {draft.provisionalNo} · {t('queue.draftAt', { at: formatTime(draft.savedAtMs) })}
            <div className="muted draft-words">{draftWords(draft.fields) || t('queue.draftEmpty')}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
