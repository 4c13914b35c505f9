import { useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { changeWords, ownLines, type OwnLine } from './act-words.ts';

/** So many of somebody's shifts ahead are listed; the others on demand. */
const AHEAD = 5;

/** What the month means for whoever looks: whether it has changed for them, and their shifts ahead. */
export function OwnShifts({ view, row, nowMs, isLocked }: { view: DutyView; row: number; nowMs: number; isLocked: boolean }) {
  const t = useT();
  const { personId } = useSession();
  const [error, setError] = useState<unknown>(null);
  const { roster } = view;
  const change = roster.changedIn.find(one => one.personId === personId);
  const ahead = ownLines(view, personId, nowMs, t);
  if (row < 0 && change === undefined && ahead.length === 0) return null;
  const list = (lines: readonly OwnLine[]) => <ul>{lines.map(({ words, note }) => <li key={words}>{words}{note !== '' && <span className="muted"> · {note}</span>}</li>)}</ul>;
  return (
    <section className="roster-card" aria-label={t('duty.mine')}>
      <p className="strong">{t('duty.mine')}</p>
      {view.mustAcknowledge ? (
        <>
          <p>{changeWords(view, personId, t)}</p>
          <Button kind="primary" disabled={isLocked} onClick={() => { setError(null); client.rosters.acknowledge({ id: roster.id, changedAtMs: change?.atMs ?? 0 }).catch(setError); }}>{t('duty.acknowledge')}</Button>
        </>
      ) : change !== undefined && <p className="muted">{t('duty.acknowledged')}</p>}
      {error !== null && <ErrorNotice error={error} />}
      {ahead.length === 0 ? <p className="muted">{t('duty.mineNone')}</p> : list(ahead.slice(0, AHEAD))}
      {ahead.length > AHEAD && <details><summary>{t('dutyActs.moreShifts', { n: ahead.length - AHEAD })}</summary>{list(ahead.slice(AHEAD))}</details>}
    </section>
  );
}
