import { useState } from 'react';
import { ROSTER_LIMITS, type RosterPlan } from '../../../contract/roster.ts';
import { typedLimit } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { matching } from '../directory/directory-filter.ts';
import { withAdded } from './plan-edits.ts';
import { useDirectory } from './use-directory.ts';

/** So many of the directory are named at once. */
const LISTED = 8;

interface AddProps { plan: RosterPlan; isLocked: boolean; onChange: (plan: RosterPlan) => void; onRow: (row: number) => void; onClose: () => void }

/** Somebody more for a plan: of the directory, whatever their desk or centre (kiêm nhiệm), or by a name that it does not have. Enter takes the first that fits. */
export function AddCard({ plan, isLocked, onChange, onRow, onClose }: AddProps) {
  const t = useT();
  const { search, error, isThere } = useDirectory();
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const [isWrong, setWrong] = useState(false);
  const there = new Set(plan.members.map(({ personId }) => personId));
  const found = matching(search.filter(({ item }) => !there.has(item.id)), text);
  const add = (who: { id: string | null; name: string; agency: string | null }): void => {
    const next = withAdded(plan, who);
    setWrong(typeof next === 'string');
    if (typeof next === 'string') { setTold(t(`rosterPeople.trouble.${next}`)); return; }
    setTold(t('rosterPeople.added', { name: who.name }));
    setText('');
    onChange(next);
    onRow(next.members.length - 1);
  };
  const byName = (): void => { add({ id: null, name: text, agency: null }); };
  const first = found[0];
  return (
    <section className="roster-card people" aria-label={t('rosterPeople.addTitle')}>
      <p className="row"><span className="strong">{t('rosterPeople.addTitle')}</span><Button kind="quiet" hint="Esc" onClick={onClose}>{t('app.close')}</Button></p>
      <Field label={t('rosterPeople.addSearch')} hint={isThere ? t('rosterPeople.addHint') : t('rosterPeople.loading')}>
        {control => (
          <input {...control} className="input" autoFocus value={text} disabled={isLocked} maxLength={typedLimit(ROSTER_LIMITS.name)} onChange={event => { setText(event.target.value); }}
            onKeyDown={event => { if (event.key === 'Enter' && !event.nativeEvent.isComposing && text.trim() !== '') { if (first !== undefined) add(first); else if (isThere) byName(); } }} />
        )}
      </Field>
      {error !== null && <ErrorNotice error={error} />}
      <p className={isWrong ? 'danger' : 'muted'} role="status">{told}</p>
      <ul className="found">
        {found.slice(0, LISTED).map(person => (
          <li key={person.id}><Button kind="quiet" disabled={isLocked} onClick={() => { add(person); }}>{person.name}</Button> <span className="muted">{[person.title, person.agency, person.site].filter(one => one !== null && one !== '').join(' · ')}</span></li>
        ))}
      </ul>
      {found.length > LISTED && <p className="muted">{t('rosterPeople.moreFound', { n: found.length - LISTED })}</p>}
      {text.trim() !== '' && <Button kind="outline" disabled={isLocked} onClick={byName}>{t('rosterPeople.addOutside', { name: text.trim() })}</Button>}
    </section>
  );
}
