import type { RosterBroken, RosterCheck, RosterPlan } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import type { Spot } from './cells.ts';
import { dayWords } from './duty-words.ts';

const HOUR = 60;
/** So many lines of one rule are listed; the rest is a number. */
const LISTED = 5;

/** The sentence of arithmetic: what the line needs, what its people can give, how many would be enough. */
export function CapacityCard({ plan, capacity }: { plan: RosterPlan; capacity: NonNullable<RosterCheck['capacity']> }) {
  const t = useT();
  const { needed, able, missing, missingMinutes, people, eachMost, weekMinutes, weekMost } = capacity;
  const share = Math.min(1, able / Math.max(1, needed));
  return (
    <section className="roster-card" aria-label={t('roster.capacity')}>
      <p className="strong">{t('roster.need', { needed, able, people: plan.members.length, each: eachMost })}</p>
      {missing > 0 ? <p><span className="danger strong">{t('roster.missing', { n: missing })}</span> <span className="strong">{t('roster.least', { people })}</span></p> : <p className="strong good">{t('roster.enough')}</p>}
      <div className="roster-bar" aria-hidden><span style={{ width: `${share * 100}%` }} /></div>
      {missing > 0 && <p className="muted">{t('roster.perWeek', { hours: Math.round(missingMinutes / HOUR), week: Math.round(weekMinutes / HOUR), most: weekMost / HOUR })}</p>}
      <p className="muted">{t('roster.source')}</p>
    </section>
  );
}

/** What is broken, rule by rule, what is law for somebody first; each line leads to its cell. */
export function BrokenList({ plan, broken, onShow }: { plan: RosterPlan; broken: readonly RosterBroken[]; onShow: (spot: Spot) => void }) {
  const t = useT();
  const isHouse = (rule: RosterBroken['rule']): boolean => !broken.some(one => one.rule === rule && one.binds === 'law');
  const rules = [...new Set(broken.map(({ rule }) => rule))].sort((a, b) => Number(isHouse(a)) - Number(isHouse(b)));
  if (rules.length === 0) return <p className="muted">{t('roster.noneBroken')}</p>;
  return (
    <ul className="roster-broken">
      {rules.map(rule => {
        const some = broken.filter(one => one.rule === rule);
        return (
          <li key={rule}>
            <p><span className={isHouse(rule) ? 'ring' : 'diamond'} aria-hidden /> <span className="strong">{t(`roster.rule.${rule}`)}: {some.length}</span> <span className="muted">· {isHouse(rule) ? t('roster.house') : t('roster.law')}</span></p>
            {some.slice(0, LISTED).map(one => <BrokenLine key={`${one.member} ${one.day ?? ''}`} plan={plan} one={one} onShow={onShow} />)}
            {some.length > LISTED && <p className="muted">{t('roster.more', { n: some.length - LISTED })}</p>}
          </li>
        );
      })}
    </ul>
  );
}

function BrokenLine({ plan, one, onShow }: { plan: RosterPlan; one: RosterBroken; onShow: (spot: Spot) => void }) {
  const t = useT();
  const words = `${plan.members[one.member]?.name ?? ''}${one.day === null ? '' : `, ${dayWords(plan.month, one.day)}`}`;
  const figures = one.rule === 'minutes' ? t('roster.isHours', { is: one.is / HOUR, allowed: Math.floor(one.allowed / HOUR) }) : one.rule === 'notNext' || one.rule === 'leave' ? '' : t('roster.isAllowed', { is: one.is, allowed: one.allowed });
  return <p className="line"><Button kind="quiet" onClick={() => { onShow({ row: one.member, day: one.day ?? 0 }); }}>{words}</Button> <span className="muted">{figures}</span></p>;
}

/** Who works how much: hours, nights, Saturdays and Sundays, and how far apart they are. */
export function ShareTable({ plan, shares }: { plan: RosterPlan; shares: RosterCheck['shares'] }) {
  const t = useT();
  const apart = (of: (share: RosterCheck['shares'][number]) => number): number => (shares.length === 0 ? 0 : Math.max(...shares.map(of)) - Math.min(...shares.map(of)));
  return (
    <table className="roster-shares">
      <thead><tr><th scope="col">{t('roster.who')}</th><th scope="col">{t('roster.hours')}</th><th scope="col">{t('roster.nights')}</th><th scope="col">{t('roster.weekends')}</th></tr></thead>
      <tbody>{shares.map((share, row) => <tr key={plan.members[row]?.name ?? row}><th scope="row">{plan.members[row]?.name}</th><td>{share.minutes / HOUR}</td><td>{share.nights}</td><td>{share.weekends}</td></tr>)}</tbody>
      <tfoot><tr><th scope="row" className="muted">{t('roster.apart')}</th><td>{apart(share => share.minutes / HOUR)}</td><td>{apart(share => share.nights)}</td><td>{apart(share => share.weekends)}</td></tr></tfoot>
    </table>
  );
}
