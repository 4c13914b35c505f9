import { Popover } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { Draft } from '../../../contract/console.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ServiceTag } from '../../ui/marks.tsx';
import { waitingDrafts } from './intake-form.ts';

/** "Nháp chưa gửi: n": the other drafts in which something was typed, to be opened or removed; and the one that is open. */
export function DraftsMenu({ openDraftId }: { openDraftId: string }) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const drafts = useLive(['issues.drafts'], ['draft'], core => core.issues.drafts({}), { keepPrevious: true });
  const waiting = waitingDrafts(drafts.data ?? [], openDraftId);
  const open = (drafts.data ?? []).filter(draft => draft.id === openDraftId);
  // Escape closes the menu only; unclaimed, it would leave the form.
  const claimEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus closeOnEscape={false} width={420} shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button kind="quiet" expanded={opened} onClick={() => { setOpened(!opened); }}>{t('intake.drafts.button', { n: waiting.length })}</Button>
      </Popover.Target>
      <Popover.Dropdown className="drafts-menu" aria-label={t('intake.drafts.title')} onKeyDown={claimEscape}>
        <h2>{t('intake.drafts.title')}</h2>
        <ul>{[...open, ...waiting].map(draft => <DraftRow key={draft.id} draft={draft} isOpen={draft.id === openDraftId} onOpen={() => { setOpened(false); }} />)}</ul>
        {waiting.length === 0 && <p className="muted">{t('intake.drafts.none')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}

function DraftRow({ draft, isOpen, onOpen }: { draft: Draft; isOpen: boolean; onOpen: () => void }) {
  const t = useT();
  const [isSure, setSure] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = [draft.fields['placeText'], draft.fields['description']].filter(part => typeof part === 'string' && part.trim() !== '').join(' · ');
  return (
    <li>
      <div className="words">
        <div><ServiceTag service={draft.service} /> <span className="strong">{draft.provisionalNo}</span> <span className="muted">{formatTime(draft.savedAtMs, true)}</span></div>
        <div className={words === '' ? 'muted clip' : 'clip'}>{words === '' ? t('intake.drafts.empty') : words}</div>
        {error !== null && <ErrorNotice error={error} />}
      </div>
      {isOpen ? <span className="muted">{t('intake.drafts.now')}</span> : (
        <>
          <Button onClick={() => { onOpen(); goTo({ screen: 'intake', service: draft.service, draftId: draft.id }); }}>{t('intake.drafts.open')}</Button>
          <Button kind="quiet" onClick={() => {
            if (isSure) client.issues.removeDraft({ id: draft.id }).catch(setError);
            else setSure(true);
          }}>{t(isSure ? 'intake.drafts.removeSure' : 'intake.drafts.remove')}</Button>
        </>
      )}
    </li>
  );
}
