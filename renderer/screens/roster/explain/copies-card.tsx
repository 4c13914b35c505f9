import { useState } from 'react';
import type { RosterPlan } from '../../../../contract/roster.ts';
import type { RosterCopy, RosterFigures } from '../../../../contract/roster-explain.ts';
import { COPY_LIMITS } from '../../../../contract/roster-save.ts';
import { client } from '../../../client.ts';
import { useSession } from '../../../frame/station.ts';
import { useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { differences } from '../duty-words.ts';
import { forgetCopy } from '../use-plan.ts';

const HOUR = 60;
const LETTERS = 'ABCDEFGH';

interface CopiesProps {
  plan: RosterPlan; published: RosterPlan | null;
  /** The copy that is in hand; null: the draft is. */
  copy: string | null; onCopy: (name: string | null) => void; onTake: (plan: RosterPlan) => void;
}
type Done = { kind: 'saved'; name: string } | { kind: 'removed'; copy: RosterCopy };

/** Copies of the month to try something in (phương án), side by side with the draft: each can be edited, taken as the draft, or removed. */
export function CopiesCard({ plan, published, copy, onCopy, onTake }: CopiesProps) {
  const t = useT();
  const { locked, personId } = useSession();
  const { service, month } = plan;
  const [done, setDone] = useState<Done | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { data: copies = [] } = useLive(['rosters.copies', service, month], ['roster', 'session'], core => core.rosters.copies({ service, month }), { keepPrevious: true });
  const { data: kept } = useLive(['rosters.draft', service, month], ['roster', 'session'], core => core.rosters.open({ service, month }), { enabled: copy !== null });
  const draft = copy === null ? plan : kept?.plan;
  const save = (name: string, what: RosterPlan): void => {
    setError(null);
    client.rosters.saveCopy({ name, plan: what, base: null }).then(() => { forgetCopy(personId, plan, name); setDone({ kind: 'saved', name }); }, setError);
  };
  const remove = (one: RosterCopy): void => {
    setError(null);
    client.rosters.removeCopy({ service, month, name: one.name }).then(() => { forgetCopy(personId, plan, one.name); setDone({ kind: 'removed', copy: one }); }, setError);
  };
  const free = [...LETTERS].map(letter => t('explain.copies.name', { letter })).find(name => !copies.some(one => one.name === name));
  const isFull = copies.length >= COPY_LIMITS.copies;
  return (
    <section aria-label={t('explain.copies.title')}>
      <h2>{t('explain.copies.title')}</h2>
      {copies.length > 0 && draft !== undefined && <Compared {...{ draft, copies, published, copy, locked, onCopy, onTake }} onRemove={remove} />}
      {error !== null && <ErrorNotice error={error} />}
      <p className="roster-ways-row">
        <Button kind="outline" disabled={locked || isFull || free === undefined} onClick={() => { if (free !== undefined) save(free, plan); }}>{t('explain.copies.add')}</Button>
        <span className="muted" role="status">{done === null ? '' : done.kind === 'saved' ? t('explain.copies.saved', { name: done.name }) : t('explain.copies.removed', { name: done.copy.name })}</span>
        {done?.kind === 'removed' && <Button disabled={locked || isFull} onClick={() => { save(done.copy.name, done.copy.plan); }}>{t('explain.copies.restore')}</Button>}
      </p>
      <p className="muted">{t(isFull ? 'explain.copies.full' : 'explain.copies.hint')}</p>
    </section>
  );
}

interface ComparedProps extends Omit<CopiesProps, 'plan'> { draft: RosterPlan; copies: readonly RosterCopy[]; locked: boolean; onRemove: (copy: RosterCopy) => void }

/** A column for the draft and for each copy; a line for what is compared. */
function Compared({ draft, copies, published, copy, locked, onCopy, onTake, onRemove }: ComparedProps) {
  const t = useT();
  const { data: ofDraft } = useLive(['rosters.figures', draft], [], core => core.rosters.figures(draft), { keepPrevious: true });
  const hours = (minutes: number): string => (minutes / HOUR).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  const columns = [{ name: null, plan: draft, figures: ofDraft }, ...copies];
  const from = (base: RosterPlan | null, plan: RosterPlan): string => (base === null ? '–' : String(differences(base, plan, t).length));
  const lines: { label: string; of: (figures: RosterFigures | undefined, plan: RosterPlan) => string }[] = [
    { label: t('explain.copies.empty'), of: figures => String(figures?.empty ?? '') }, { label: t('explain.copies.law'), of: figures => String(figures?.law ?? '') }, { label: t('explain.copies.house'), of: figures => String(figures?.house ?? '') },
    { label: t('explain.copies.minutes'), of: figures => (figures === undefined ? '' : hours(figures.minutesApart)) }, { label: t('explain.copies.nights'), of: figures => String(figures?.nightsApart ?? '') },
    { label: t('explain.copies.fromDraft'), of: (_figures, plan) => (plan === draft ? '–' : from(draft, plan)) }, { label: t('explain.copies.fromPublished'), of: (_figures, plan) => from(published, plan) },
  ];
  return (
    <div className="roster-compared">
      <table className="roster-shares">
        <thead><tr><th scope="col">{t('explain.copies.what')}</th>{columns.map(({ name }) => <th key={name ?? ''} scope="col" aria-current={name === copy ? 'true' : undefined}>{name ?? t('explain.copies.draft')}{name === copy && <small>{t('explain.copies.inHand')}</small>}</th>)}</tr></thead>
        <tbody>{lines.map(({ label, of }) => <tr key={label}><th scope="row">{label}</th>{columns.map(({ name, plan, figures }) => <td key={name ?? ''}>{of(figures, plan)}</td>)}</tr>)}</tbody>
      </table>
      {copies.filter(({ name }) => name !== copy).map(one => (
        <p key={one.name} className="roster-ways-row">
          <span className="strong">{one.name}</span>
          <Button label={`${t('explain.copies.open')}: ${one.name}`} onClick={() => { onCopy(one.name); }}>{t('explain.copies.open')}</Button>
          {copy === null && <Button label={`${t('explain.copies.take')}: ${one.name}`} disabled={locked} onClick={() => { onTake(one.plan); }}>{t('explain.copies.take')}</Button>}
          <Button kind="quiet" label={`${t('explain.copies.remove')}: ${one.name}`} disabled={locked} onClick={() => { onRemove(one); }}>{t('explain.copies.remove')}</Button>
        </p>
      ))}
    </div>
  );
}
