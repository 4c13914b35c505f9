import { useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { DUTY_LIMITS, undoneBy } from '../../../contract/documents/duty-roster.ts';
import type { RosterCheck, RosterPlan } from '../../../contract/roster.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useWhy, WhyField } from './why-field.tsx';
import { askWords, dayWords, differences, lacksOf, rulesWords } from './duty-words.ts';

/** So many changed cells are listed. */
const LISTED = 8;
/** What was typed as the reason of a month, by whom, while the window is open. */
const reasons = new Map<string, string>();

interface PublishProps { plan: RosterPlan; check: RosterCheck; published: DutyView | null; onTake: (plan: RosterPlan) => void; onClose: () => void }

/** Before a month is published: what changes for whom, what it lacks and breaks, and why that is accepted. */
export function PublishCard({ plan, check, published, onTake, onClose }: PublishProps) {
  const t = useT();
  const place = `${useSession().personId} ${plan.service} ${plan.month}`;
  // What the planner has seen, not what comes in while they type: over that nobody publishes unseen.
  const [from] = useState({ edition: published?.roster.edition ?? 0, approved: published?.approved ?? 0 });
  const isBehind = from.edition !== (published?.roster.edition ?? 0) || from.approved !== (published?.approved ?? 0);
  const why = useWhy(reasons.get(place) ?? ''), reason = why.text;
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const changes = differences(published?.duty ?? null, plan, t);
  const isOtherwise = published !== null && frameOf(published.duty) !== frameOf(plan);
  const people = new Set(changes.map(({ name }) => name)).size;
  const lacks = lacksOf(check.gaps);
  const isLacking = lacks.seats > 0 || check.lacking.length > 0 || check.broken.length > 0;
  const undone = published === null ? [] : undoneBy(plan, published.roster);
  const canPublish = !isSending && !isBehind && (published === null || changes.length > 0 || isOtherwise);
  const publish = (): void => {
    if (isLacking && why.given() === null) return;
    setSending(true);
    setError(null);
    client.rosters.publish({ plan, from, reason: isLacking ? reason : null }).then(() => {
      reasons.delete(place);
      goTo({ screen: 'roster', service: plan.service, month: plan.month, view: 'published' });
    }, (failed: unknown) => { setError(failed); setSending(false); });
  };
  useShortcuts('screen', [{ keys: 'ctrl+enter', label: t('duty.publishNow', { edition: from.edition + 1 }), hint: 'Ctrl+Enter', run: publish, enabled: canPublish, whileTyping: true }]);
  return (
    <section className="roster-card publish" aria-label={t('duty.publishTitle')}>
      <p className="strong">{t('duty.publishTitle')}</p>
      <p>{published === null ? t('duty.first', { people: plan.members.length }) : changes.length === 0 ? t(isOtherwise ? 'duty.otherwise' : 'duty.same') : t('duty.changes', { edition: published.roster.edition, cells: changes.length, people })}</p>
      {published !== null && changes.length > 0 && (
        <>
          <ul>
            {changes.slice(0, LISTED).map(one => <li key={`${one.name} ${one.day}`}>{t('duty.change', { ...one, date: dayWords(plan.month, one.day) })}</li>)}
            {changes.length > LISTED && <li className="muted">{t('duty.more', { n: changes.length - LISTED })}</li>}
          </ul>
          <Button kind="quiet" title={t('duty.loaded')} onClick={() => { onTake(published.duty); }}>{t('duty.takePublished')}</Button>
        </>
      )}
      {undone.map(ask => <p key={ask.id} className="danger">{t('duty.undoes', { change: askWords(published!, ask, t) })}</p>)}
      {isBehind && <p className="danger" role="alert">{t('duty.behind')}</p>}
      {lacks.seats > 0 && <p className="danger">{t('duty.lacks', lacks)}</p>}
      {check.lacking.length > 0 && <p className="danger">{t('rosterCheck.lacks', { n: check.lacking.length, skills: [...new Set(check.lacking.map(({ skill }) => skill))].join(', ') })}</p>}
      {check.broken.length > 0 && <p className="danger">{t('duty.breaks', { n: check.broken.length, rules: rulesWords(check.broken, t, plan.month) })}</p>}
      {isLacking && (
        <WhyField label={t('duty.reason')} hint={t('duty.reasonHint')} why={{ ...why, set: text => { reasons.set(place, text); why.set(text); } }} limit={DUTY_LIMITS.reason} rows={2} autoFocus />
      )}
      {error !== null && <ErrorNotice error={error} />}
      <p className="row"><Button kind="primary" size="md" hint="Ctrl+Enter" disabled={!canPublish} onClick={publish}>{t('duty.publishNow', { edition: from.edition + 1 })}</Button><Button onClick={onClose}>{t('duty.cancel')}</Button></p>
    </section>
  );
}

/** What of a plan is no cell: seats, rules, the days and hours of its shifts, and what is said of its people. */
function frameOf({ service: _service, month: _month, members, ...desk }: RosterPlan): string {
  return JSON.stringify([Object.entries(desk).sort(([a], [b]) => (a < b ? -1 : 1)), members.map(({ cells: _cells, ...one }) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))]);
}
