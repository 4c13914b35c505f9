import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../../contract/console.ts';
import { Service } from '../../../contract/org.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { IntakeFormView } from './intake-form-view.tsx';
import './intake.css';

/** A call or report being taken in. Without a draft in the address one is started. */
export function IntakeScreen({ service, draftId }: { service: string; draftId: string | null }) {
  const parsed = Service.safeParse(service);
  if (!parsed.success) return <LostDraft service="1022" />;
  return draftId === null ? <StartDraft service={parsed.data} /> : <OpenDraft service={parsed.data} draftId={draftId} />;
}

function StartDraft({ service }: { service: Service }) {
  const t = useT();
  const [error, setError] = useState<unknown>(null);
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    client.issues.startDraft({ service }).then(draft => { goTo({ screen: 'intake', service, draftId: draft.id }, true); }, setError);
  }, [service]);
  return error === null ? <p className="intake-wait muted">{t('app.loading')}</p> : <div className="intake-wait"><ErrorNotice error={error} /></div>;
}

/**
 * Reads the draft once. What comes from the core later never replaces what is being typed; nothing is remembered after the
 * screen has gone, so that an old answer cannot open an old text.
 */
function OpenDraft({ service, draftId }: { service: Service; draftId: string }) {
  const t = useT();
  const draft = useQuery<Draft | null>({
    queryKey: ['intake.open', draftId], staleTime: Infinity, gcTime: 0, meta: { tables: [] },
    queryFn: async () => (await client.issues.drafts({})).find(d => d.id === draftId) ?? null,
  });
  const { siteId } = useSession();
  const first = useRef<Draft>(undefined);
  if (draft.data !== undefined && draft.data !== null) first.current ??= draft.data;

  if (first.current !== undefined) return <IntakeFormView draft={first.current} siteId={siteId} />;
  if (draft.error !== null) return <div className="intake-wait"><ErrorNotice error={draft.error} actions={<Button onClick={() => { void draft.refetch(); }}>{t('app.retry')}</Button>} /></div>;
  if (draft.data === null) return <LostDraft service={service} />;
  return <p className="intake-wait muted">{t('app.loading')}</p>;
}

function LostDraft({ service }: { service: Service }) {
  const t = useT();
  return (
    <EmptyState title={t('intake.lost.title')} actions={
      <>
        <Button onClick={() => { goTo({ screen: 'queue' }); }}>{t('intake.lost.queue')}</Button>
        <Button kind="primary" onClick={() => { goTo({ screen: 'intake', service, draftId: null }); }}>{t('intake.lost.fresh')}</Button>
      </>
    }>{t('intake.lost.body')}</EmptyState>
  );
}
