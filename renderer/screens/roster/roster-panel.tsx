import { useState } from 'react';
import { hoursFigure } from '../../../contract/policy/readings.ts';
import { daysOf, type RosterBroken, type RosterCheck, type RosterPlan } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import type { Spot } from './cells.ts';
import { breachSource, breachWords, dayWords, weekFigure } from './duty-words.ts';
import { WaysOut } from './explain/ways-out.tsx';
import { skillsShort } from './skill-words.ts';

const HOUR = 60, WEEK_DAYS = 7;
/** So many lines of one rule are listed; the rest is a number. */
const LISTED = 5;

/** The sentence of arithmetic: what the line needs, what its people can give, how many would be enough. */
export function CapacityCard({ plan, capacity, rules }: { plan: RosterPlan; capacity: NonNullable<RosterCheck['capacity']>; rules: RosterCheck['rules'] }) {
  const t = useT();
  const { needed, able, missing, missingMinutes, people, eachMost, weekMinutes, weekMost } = capacity;
  const seated = plan.members.filter(one => one.offSite !== true).length;
  // As shifts are not cut, somebody has the part that is left over too.
  const share = Math.ceil(needed / Math.max(1, seated));
  return (
    <section className="roster-card" aria-label={t('roster.capacity')}>
      <p className="strong">{t('roster.need', { needed, able, people: seated, each: eachMost })}</p>
      {missing > 0 ? <p><span className="danger strong">{t('roster.missing', { n: missing })}</span> <span className="strong">{t('roster.least', { people })}</span></p> : <p className="strong good">{t('roster.enough')}</p>}
      <div className="roster-bar" aria-hidden><span style={{ width: `${Math.min(1, able / Math.max(1, needed)) * 100}%` }} /></div>
      {missing > 0 && <p className="muted">{t('rosterCheck.missingHours', { hours: hoursFigure(missingMinutes) })}{share > eachMost && ` ${t('roster.perWeek', { share, week: weekFigure(weekMinutes * daysOf(plan.month) / WEEK_DAYS, plan.month), each: eachMost, most: hoursFigure(weekMost) })}`}</p>}
      {skillsShort(plan, eachMost, t).map(words => <p key={words} className="danger">{words}</p>)}
      {rules !== undefined && <p>{establishmentWords(plan, rules, t)}</p>}
      {rules !== undefined && <p className="muted">{sourceWords(plan, rules, t)}</p>}
    </section>
  );
}

/** "Định biên 03 · có 04 trong lịch", and how many of them have no seat. */
function establishmentWords({ service, members }: RosterPlan, { establishment }: NonNullable<RosterCheck['rules']>, t: ReturnType<typeof useT>): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const offSite = members.filter(one => one.offSite === true).length;
  return `${t('rosterPeople.establishment', { of: two(establishment.find(({ desk }) => desk === service)?.people ?? 0), n: two(members.length) })}${offSite === 0 ? '' : t('rosterPeople.establishmentOffSite', { n: two(offSite) })}`;
}

/** Where the seats and the hours come from by which it is reckoned. */
function sourceWords({ service, profile }: RosterPlan, { establishment, profiles }: NonNullable<RosterCheck['rules']>, t: ReturnType<typeof useT>): string {
  const limits = profiles.find(one => one.profile === profile)?.limits.filter(({ limit }) => limit === 'weekMinutes' || limit === 'daysOff') ?? [];
  const some = [...new Set(limits.map(({ source, binds }) => source ?? t(`dutyRules.bindsOf.${binds === 'law' ? 'law' : 'house'}`)))];
  return t('dutyRules.from', { establishment: establishment.find(({ desk }) => desk === service)?.source ?? t('dutyRules.unsaid'), profile, limits: some.length === 0 ? t('policy.noLimit') : some.join('; ') });
}

interface BrokenProps { plan: RosterPlan; onShow: (spot: Spot) => void; onTake: (plan: RosterPlan) => void }

/** What is broken, rule by rule with where its limit stands, what is law for somebody first; each line leads to its cell, and to ways out. */
export function BrokenList({ plan, check: { broken, rules }, onShow, onTake }: BrokenProps & { check: Pick<RosterCheck, 'broken' | 'rules'> }) {
  const t = useT();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const groups = new Map<string, { words: string; source: string; isLaw: boolean; some: RosterBroken[] }>();
  for (const one of broken) {
    // People whom other profiles bind have other figures, and other sources.
    const [words, source] = [breachWords(one, t, plan.month), breachSource(one, plan, rules, t)];
    const key = `${words}\n${source}`, group = groups.get(key);
    if (group === undefined) groups.set(key, { words, source, isLaw: one.binds === 'law', some: [one] });
    else group.some.push(one);
  }
  if (groups.size === 0) return <p className="muted">{t('roster.noneBroken')}</p>;
  return (
    <ul className="roster-broken">
      {[...groups].sort(([, a], [, b]) => Number(b.isLaw) - Number(a.isLaw)).map(([key, { words, source, isLaw, some }]) => (
        <li key={key}>
          <p><span className={isLaw ? 'diamond' : 'ring'} aria-hidden /> <span className="strong">{words}: {some.length}</span>{source !== '' && <span className="muted"> · {source}</span>}</p>
          {some.slice(0, opened.has(key) ? some.length : LISTED).map(one => <BrokenLine key={`${one.member} ${one.day ?? ''}`} plan={plan} one={one} onShow={onShow} onTake={onTake} />)}
          {some.length > LISTED && <Button expanded={opened.has(key)} label={`${words}: ${t(opened.has(key) ? 'rosterCheck.fewer' : 'roster.more', { n: some.length - LISTED })}`} onClick={() => { setOpened(opened.has(key) ? new Set([...opened].filter(other => other !== key)) : new Set([...opened, key])); }}>{t(opened.has(key) ? 'rosterCheck.fewer' : 'roster.more', { n: some.length - LISTED })}</Button>}
        </li>
      ))}
    </ul>
  );
}

function BrokenLine({ plan, one, onShow, onTake }: BrokenProps & { one: RosterBroken }) {
  const t = useT();
  const words = `${plan.members[one.member]?.name ?? ''}${one.day === null ? '' : `, ${dayWords(plan.month, one.day)}`}`;
  return (
    <div className="line">
      <Button kind="quiet" onClick={() => { onShow({ row: one.member, day: one.day ?? 0 }); }}>{words}</Button> <span className="muted">{figuresOf(one, plan.month, t)}</span>
      <WaysOut plan={plan} what={words} of={{ kind: 'broken', member: one.member, rule: one.rule, day: one.day }} onTake={onTake} />
    </div>
  );
}

/** How much it is, and how much it may be where the words of the rule do not say that. */
function figuresOf({ rule, is, allowed, limit }: RosterBroken, month: string, t: ReturnType<typeof useT>): string {
  if (rule === 'minutes' && limit === 'weekMinutes') return t('rosterCheck.isWeek', { is: weekFigure(is, month), allowed: weekFigure(allowed, month) });
  if (rule === 'daysOff') return t('rosterCheck.isDaysOff', { is, allowed });
  if (rule === 'minutes') return t('roster.isHours', { is: hoursFigure(is), allowed: Math.floor(allowed / HOUR) });
  if (rule === 'notNext') return limit === undefined ? '' : t('dutyRules.isRest', { is: hoursFigure(is) });
  if (rule === 'elsewhere') return is < 0 ? t('rosterCheck.overlaps') : t('rosterCheck.rest', { is: hoursFigure(is), allowed: hoursFigure(allowed) });
  return rule === 'leave' ? '' : t('roster.isAllowed', { is, allowed });
}
