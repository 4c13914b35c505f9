import { daysOf, ROSTER_LIMITS, type RosterPlan } from '../../../contract/roster.ts';
import { RULE_PROFILES } from '../../../contract/roster-desks.ts';
import { fold } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { daysOfText, seatsOf, withDesk } from './plan-edits.ts';
import { ShiftList } from './shift-list.tsx';
import { Typed } from './typed.tsx';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const WORKING_DAYS = [1, 2, 3, 4, 5];

interface DeskProps { plan: RosterPlan; isLocked: boolean; onChange: (plan: RosterPlan) => void; onClose: () => void }

/** What a desk's month stands on: seats, rules, the pattern of its shifts, on which days it is open, holidays, needed skills. Each change is one step that can be taken back. */
export function DeskCard({ plan, isLocked, onChange, onClose }: DeskProps) {
  const t = useT();
  const days = daysOf(plan.month);
  const put = (part: Parameters<typeof withDesk>[1]): null => { onChange(withDesk(plan, part)); return null; };
  return (
    <section className="roster-card people" aria-label={t('rosterPeople.desk')}>
      <p className="row"><span className="strong">{t('rosterPeople.desk')}</span><Button kind="quiet" hint="Esc" onClick={onClose}>{t('app.close')}</Button></p>
      <Typed label={t('rosterPeople.seats')} value={String(plan.seats)} disabled={isLocked} onTake={text => { const seats = seatsOf(text, 1); return seats === null ? t('rosterPeople.trouble.seats', { from: 1, to: ROSTER_LIMITS.seats }) : put({ seats }); }} />
      <Field label={t('rosterPeople.planProfile')}>
        {control => (
          <select {...control} className="input sm" value={plan.profile} disabled={isLocked} onChange={event => { put({ profile: RULE_PROFILES.find(one => one === event.target.value) ?? plan.profile }); }}>
            {RULE_PROFILES.map(one => <option key={one} value={one}>{t(`rosterPeople.profiles.${one}`)}</option>)}
          </select>
        )}
      </Field>
      <ShiftList plan={plan} isLocked={isLocked} onChange={onChange} />
      <Open plan={plan} isLocked={isLocked} onOpen={openOn => { put({ openOn }); }} />
      <Typed label={t('rosterPeople.holidays')} hint={t(plan.openOn === undefined ? 'rosterPeople.holidaysAround' : 'rosterPeople.holidaysHint')} value={(plan.holidays ?? []).map(day => day + 1).join(', ')} disabled={isLocked}
        onTake={text => { const holidays = daysOfText(text, days); return holidays === null ? t('rosterPeople.trouble.days', { days }) : put({ holidays }); }} />
      <Needs plan={plan} isLocked={isLocked} onNeeds={needs => { put({ needs: needs.length === 0 ? undefined : needs }); }} />
    </section>
  );
}

/** Around the clock, or on some weekdays and on no public holiday. */
function Open({ plan, isLocked, onOpen }: { plan: RosterPlan; isLocked: boolean; onOpen: (openOn: number[] | undefined) => void }) {
  const t = useT();
  const { openOn } = plan;
  const toggle = (weekday: number): void => {
    const next = openOn!.includes(weekday) ? openOn!.filter(one => one !== weekday) : [...openOn!, weekday].sort((a, b) => a - b);
    if (next.length > 0) onOpen(next);
  };
  return (
    <fieldset disabled={isLocked}>
      <legend>{t('rosterPeople.open')}</legend>
      <label className="check"><input type="checkbox" checked={openOn === undefined} onChange={event => { onOpen(event.target.checked ? undefined : WORKING_DAYS); }} /> {t('rosterPeople.around')}</label>
      {openOn !== undefined && (
        <span className="days">
          {WEEKDAYS.map(weekday => <label key={weekday} className="check"><input type="checkbox" checked={openOn.includes(weekday)} onChange={() => { toggle(weekday); }} /> {t(`roster.weekday.${String(weekday - 1) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`)}</label>)}
        </span>
      )}
    </fieldset>
  );
}

type Needed = NonNullable<RosterPlan['needs']>;

/** How many of each shift's people have to have a skill. */
function Needs({ plan, isLocked, onNeeds }: { plan: RosterPlan; isLocked: boolean; onNeeds: (needs: Needed) => void }) {
  const t = useT();
  const needs = plan.needs ?? [];
  const known = [...new Set(plan.members.flatMap(({ skills }) => skills ?? []))];
  const put = (at: number, part: Partial<Needed[number]>): null => { onNeeds(needs.map((one, i) => (i === at ? { ...one, ...part } : one))); return null; };
  const add = (text: string): string | null => {
    const typed = text.trim(), skill = known.find(one => fold(one) === fold(typed)) ?? typed;
    if (skill === '') return null;
    if (skill.length > ROSTER_LIMITS.skill || needs.some(one => fold(one.skill) === fold(skill))) return t('rosterPeople.trouble.need', { letters: ROSTER_LIMITS.skill });
    onNeeds([...needs, { skill, seats: 1 }]);
    return null;
  };
  return (
    <fieldset disabled={isLocked}>
      <legend>{t('rosterPeople.needs')}</legend>
      {needs.map((need, at) => (
        <span key={need.skill} className="need">
          <span>{need.skill}</span>
          <Typed label={t('rosterPeople.needSeats')} value={String(need.seats)} disabled={isLocked} onTake={text => { const seats = seatsOf(text, 1); return seats === null ? t('rosterPeople.trouble.seats', { from: 1, to: ROSTER_LIMITS.seats }) : put(at, { seats }); }} />
          <Button kind="quiet" label={t('rosterPeople.needGone', { skill: need.skill })} onClick={() => { onNeeds(needs.filter((_, i) => i !== at)); }}>✕</Button>
        </span>
      ))}
      {needs.length < ROSTER_LIMITS.skills && <Typed label={t('rosterPeople.needNew')} value="" list="roster-skills" disabled={isLocked} onTake={add} />}
      <datalist id="roster-skills">{known.map(skill => <option key={skill} value={skill} />)}</datalist>
    </fieldset>
  );
}
