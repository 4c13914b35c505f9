import { useState } from 'react';
import { client } from '../../client.ts';
import { useLinkStatus, useMay } from '../../frame/station.ts';
import { queries } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { sentences } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';

/** A new copy that would take very many records away: what would go, that nothing has, and for whom it is to say so, a button. */
export function RemovalNotice() {
  const t = useT();
  const mayApprove = useMay('sync.approveRemoval');
  const error = useLinkStatus()?.lastError ?? null;
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  if (error?.code !== 'sync/mass-removal') return null;
  const { rows, copy } = error.facts;
  const approve = (): void => {
    setSending(true);
    setTrouble(null);
    client.sync.approveRemoval({ copy: String(copy), rows: Number(rows) })
      .then(status => { queries.setQueryData(['sync.status'], status); }, setTrouble)
      .finally(() => { setSending(false); });
  };
  const { what, todo } = sentences(error);
  return (
    <>
      <Notice tone="warning" title={what} actions={mayApprove && <Button disabled={isSending} onClick={approve}>{t('health.removal.approve', { rows: Number(rows) })}</Button>}>
        {mayApprove ? t('health.removal.approveWhen') : todo}
      </Notice>
      {trouble !== null && <ErrorNotice error={trouble} />}
    </>
  );
}
