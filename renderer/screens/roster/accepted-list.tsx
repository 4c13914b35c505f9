import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import type { RosterBroken } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { breachLine } from './act-words.ts';
import { breachWords, lacksOf } from './duty-words.ts';

/** So many breaches of one rule are listed; the others on demand. */
const LISTED = 3;

/** What was accepted when the month was published, by whom and why, and each breach of a rule with its figures. */
export function AcceptedList({ view: { roster: { accepted, plan }, names } }: { view: DutyView }) {
  const t = useT();
  if (accepted === null) return null;
  const groups = new Map<string, RosterBroken[]>();
  for (const one of accepted.broken) groups.set(breachWords(one, t), [...groups.get(breachWords(one, t)) ?? [], one]);
  const list = (some: readonly RosterBroken[]) => <ul>{some.map(one => <li key={`${one.member} ${one.rule} ${one.day ?? ''}`}>{breachLine(one, plan, t, false)}</li>)}</ul>;
  return (
    <section aria-label={t('duty.accepted')}>
      <h2>{t('duty.accepted')}</h2>
      <p>{t('duty.acceptedWords', { seats: lacksOf(accepted.gaps).seats, n: accepted.broken.length + accepted.more, by: names[accepted.byId] ?? '', reason: accepted.reason })}</p>
      <ul className="roster-broken">
        {[...groups].map(([words, some]) => (
          <li key={words}><p className="strong">{words}: {some.length}</p>{list(some.slice(0, LISTED))}{some.length > LISTED && <details><summary>{t('roster.more', { n: some.length - LISTED })}</summary>{list(some.slice(LISTED))}</details>}</li>
        ))}
      </ul>
    </section>
  );
}
