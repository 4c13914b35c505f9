import { useMutation } from '@tanstack/react-query';
import { HANDOVER_LIMITS } from '../../../contract/documents/handover.ts';
import type { HandoverDetail } from '../../../contract/handovers.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useForms, useRemembered } from '../queue/form-memory.ts';
import { NoteBox } from '../queue/note-box.tsx';

/** What was added after the first signature, and room to add: the signed words never change. */
export function Remarks({ detail: { handover, names, mayRemark } }: { detail: HandoverDetail }) {
  const t = useT();
  const { id, remarks, readBy } = handover;
  const isKnown = useForms(id).data !== undefined;
  return (
    <div className="since">
      {readBy.length > 0 && <p className="muted">{t('handover.readBy', { who: readBy.map(one => names[one.byId] ?? t('app.unknown')).join(', ') })}</p>}
      {remarks.length > 0 && <h3>{t('handover.remarks')}</h3>}
      <ul>{remarks.map((remark, i) => <li key={i}><span className="muted">{formatDateTime(remark.atMs)} · {names[remark.byId] ?? t('app.unknown')}</span><div className="text">{remark.text}</div></li>)}</ul>
      {mayRemark && isKnown && <AddRemark id={id} />}
    </div>
  );
}

function AddRemark({ id }: { id: string }) {
  const t = useT();
  const { fields: { text }, change, flush, forget, failure } = useRemembered(id, 'handover.remark', { text: '' });
  const add = useMutation({
    mutationFn: async () => {
      await flush().catch(() => undefined);
      await client.handovers.remark({ id, text });
      await forget();
    },
    onSuccess: () => { change({ text: '' }); },
  });
  const error = add.error ?? failure;
  return (
    <form className="aside-form" onSubmit={event => { event.preventDefault(); if (text.trim() !== '' && !add.isPending) add.mutate(); }}>
      <NoteBox label={t('handover.addRemark')} rows={2} limit={HANDOVER_LIMITS.text} text={text} onChange={words => { change({ text: words }); }} />
      {error !== null && <ErrorNotice error={error} />}
      {text.trim() !== '' && <Button type="submit" disabled={add.isPending}>{t('handover.add')}</Button>}
    </form>
  );
}
