import { useState } from 'react';
import { ROSTER_LIMITS, type RosterMember, type RosterPlan } from '../../../contract/roster.ts';
import { RULE_PROFILES } from '../../../contract/roster-desks.ts';
import { skillsOf } from '../../../contract/roster-import.ts';
import { exactForm, fold } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { holdingsOf, withMember, withMoved, withoutMember } from './plan-edits.ts';
import { Typed } from './typed.tsx';

interface MemberProps { plan: RosterPlan; row: number; isLocked: boolean; onChange: (plan: RosterPlan) => void; onRow: (row: number) => void; onClose: () => void }

/** Somebody of the plan: their home agency, the rules that bind them, what they can, whether they have a seat (Đ.8.3), their place in the list. Each change is one step that can be taken back. */
export function MemberCard({ plan, row, isLocked, onChange, onRow, onClose }: MemberProps) {
  const t = useT();
  const member = plan.members[row];
  if (member === undefined) return null;
  const put = (part: Partial<RosterMember>): null => { onChange(withMember(plan, row, part)); return null; };
  const move = (by: 1 | -1): void => { onChange(withMoved(plan, row, by)); onRow(row + by); };
  const rename = (text: string): string | null => {
    const name = text.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (name === '') return t('rosterPeople.trouble.name');
    return plan.members.some((one, at) => at !== row && one.personId === null && exactForm(one.name) === exactForm(name)) ? t('rosterPeople.trouble.there') : put({ name });
  };
  return (
    <section className="roster-card people" aria-label={t('rosterPeople.member')}>
      <p className="row"><span className="strong">{member.name}</span><Button kind="quiet" hint="Esc" onClick={onClose}>{t('app.close')}</Button></p>
      {member.personId === null ? <Typed key={`name ${row}`} label={t('rosterPeople.nameOutside')} value={member.name} maxLength={ROSTER_LIMITS.name} disabled={isLocked} onTake={rename} /> : <p className="muted">{t('rosterPeople.fromDirectory')}</p>}
      <Typed key={`agency ${row}`} label={t('rosterPeople.agency')} value={member.agency ?? ''} maxLength={ROSTER_LIMITS.agency} disabled={isLocked} onTake={text => put({ agency: text.trim() === '' ? undefined : text.trim() })} />
      <Field label={t('rosterPeople.profile')}>
        {control => (
          <select {...control} className="input sm" value={member.profile ?? ''} disabled={isLocked} onChange={event => { put({ profile: RULE_PROFILES.find(one => one === event.target.value) }); }}>
            <option value="">{t('rosterPeople.profileOfPlan', { profile: plan.profile })}</option>
            {RULE_PROFILES.map(one => <option key={one} value={one}>{t(`rosterPeople.profiles.${one}`)}</option>)}
          </select>
        )}
      </Field>
      <Typed key={`skills ${row}`} label={t('rosterPeople.skills')} hint={t('rosterPeople.skillsHint')} value={(member.skills ?? []).join(', ')} disabled={isLocked} onTake={text => {
        const skills = skillsOf(text);
        return skills === null ? t('rosterPeople.trouble.skills', { n: ROSTER_LIMITS.skills, letters: ROSTER_LIMITS.skill }) : put({ skills: skills.length === 0 ? undefined : skills.map(skill => plan.needs?.find(one => fold(one.skill) === fold(skill))?.skill ?? skill) });
      }} />
      <label className="check"><input type="checkbox" checked={member.offSite === true} disabled={isLocked} onChange={event => { put({ offSite: event.target.checked ? true : undefined }); }} /> {t('rosterPeople.offSite')}</label>
      <p className="row days">
        <Button disabled={isLocked || row === 0} label={t('rosterPeople.up')} onClick={() => { move(-1); }}>↑</Button>
        <Button disabled={isLocked || row === plan.members.length - 1} label={t('rosterPeople.down')} onClick={() => { move(1); }}>↓</Button>
        <Removal key={`${row} ${member.personId ?? member.name}`} member={member} isLocked={isLocked} onRemove={() => { onChange(withoutMember(plan, row)); onClose(); }} />
      </p>
    </section>
  );
}

/** Taking somebody out: what they had is said before, and goes only then. */
function Removal({ member, isLocked, onRemove }: { member: RosterMember; isLocked: boolean; onRemove: () => void }) {
  const t = useT();
  const [isAsked, setAsked] = useState(false);
  const has = holdingsOf(member);
  const isEmpty = has.shifts + has.away + has.pins + has.wishes === 0;
  if (!isAsked) return <Button disabled={isLocked} onClick={() => { if (isEmpty) onRemove(); else setAsked(true); }}>{t('rosterPeople.remove')}</Button>;
  return (
    <span className="asked" role="alert">
      {t('rosterPeople.removeTold', { name: member.name, ...has })}{' '}
      <Button kind="outline" disabled={isLocked} onClick={onRemove}>{t('rosterPeople.removeNow')}</Button> <Button onClick={() => { setAsked(false); }}>{t('rosterPeople.keep')}</Button>
    </span>
  );
}
