import { useId, useState, type KeyboardEvent } from 'react';
import { ROSTER_LIMITS, type RosterPlan } from '../../../contract/roster.ts';
import { typedLimit } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { foundPeople } from './find-people.ts';
import { withAdded } from './plan-edits.ts';
import { useDirectory } from './use-directory.ts';

/** So many of the directory are named at once. */
const LISTED = 8;

interface AddProps { plan: RosterPlan; isLocked: boolean; onChange: (plan: RosterPlan) => void; onRow: (row: number) => void; onClose: () => void }

/** Somebody more for a plan: of the directory, whatever their desk or centre (kiêm nhiệm), or by a name that it does not have. The arrows choose among those who fit, Enter takes the one chosen. */
export function AddCard({ plan, isLocked, onChange, onRow, onClose }: AddProps) {
  const t = useT();
  const listId = useId();
  const { people, error, isThere } = useDirectory();
  const [text, setText] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const [isWrong, setWrong] = useState(false);
  const there = new Set(plan.members.map(({ personId }) => personId));
  const found = foundPeople(people.filter(({ id }) => !there.has(id)), text);
  const listed = found.slice(0, LISTED);
  // With nothing typed nobody is meant until an arrow says so.
  const current = at === null && text.trim() === '' ? undefined : listed[Math.min(at ?? 0, listed.length - 1)];
  const add = (who: { id: string | null; name: string; agency: string | null }): void => {
    const next = withAdded(plan, who);
    setWrong(typeof next === 'string');
    if (typeof next === 'string') { setTold(t(`rosterPeople.trouble.${next}`)); return; }
    setTold(t('rosterPeople.added', { name: who.name }));
    setText('');
    setAt(null);
    onChange(next);
    onRow(next.members.length - 1);
  };
  const byName = (): void => { add({ id: null, name: text, agency: null }); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step !== undefined) setAt(current === undefined ? 0 : Math.min(Math.max(listed.indexOf(current) + step, 0), listed.length - 1));
    else if (current !== undefined) add(current);
    else if (isThere && text.trim() !== '') byName();
  };
  return (
    <section className="roster-card people" aria-label={t('rosterPeople.addTitle')}>
      <p className="row"><span className="strong">{t('rosterPeople.addTitle')}</span><Button kind="quiet" hint="Esc" onClick={onClose}>{t('app.close')}</Button></p>
      <Field label={t('rosterPeople.addSearch')} hint={isThere ? t('rosterPeople.addHint') : t('rosterPeople.loading')}>
        {control => (
          <input {...control} className="input" role="combobox" aria-expanded={listed.length > 0} aria-controls={listId} aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`} autoComplete="off" spellCheck={false}
            autoFocus value={text} disabled={isLocked} maxLength={typedLimit(ROSTER_LIMITS.name)} onChange={event => { setText(event.target.value); setAt(null); }} onKeyDown={onKeyDown} />
        )}
      </Field>
      {error !== null && <ErrorNotice error={error} />}
      <p className={isWrong ? 'danger' : 'muted'} role="status">{told}</p>
      <div id={listId} className="found" role="listbox" aria-label={t('rosterGrid.found')}>
        {listed.map(person => (
          // Pressed, it takes no focus from the field.
          <div key={person.id} id={`${listId}-${person.id}`} role="option" aria-selected={person === current} aria-disabled={isLocked} onPointerDown={event => { event.preventDefault(); }} onClick={() => { if (!isLocked) add(person); }}>
            <b>{person.name}</b><span className="muted">{[person.title, person.agency, person.site].filter(one => one !== null && one !== '').join(' · ')}</span>
          </div>
        ))}
      </div>
      {found.length > LISTED && <p className="muted">{t('rosterPeople.moreFound', { n: found.length - LISTED })}</p>}
      {text.trim() !== '' && <Button kind="outline" disabled={isLocked} onClick={byName}>{t('rosterPeople.addOutside', { name: text.trim() })}</Button>}
    </section>
  );
}
