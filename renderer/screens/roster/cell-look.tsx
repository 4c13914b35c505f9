import { hoursFigure } from '../../../contract/policy/readings.ts';
import { OFF, type RosterCandidate, type RosterChoice, type RosterPlan } from '../../../contract/roster.ts';
import { fold } from '../../../contract/text.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { chipOf, type Spot } from './cells.ts';
import { cellWords, dayWords, rulesWords } from './duty-words.ts';

/** So many candidates are named. */
const NAMED = 4;

interface LookProps { plan: RosterPlan; at: Spot; isLocked: boolean; onPut: (cell: number) => void; onGive: (to: number) => void }

/** The cell under the cursor: what each choice would do, before it is done, and who else might take its shift. */
export function CellLook({ plan, at, isLocked, onPut, onGive }: LookProps) {
  const t = useT();
  const { data } = useLive(['rosters.look', plan, at], [], core => core.rosters.look({ plan, member: at.row, day: at.day }), { keepPrevious: true });
  const member = plan.members[at.row];
  const cell = member?.cells[at.day];
  if (member === undefined || cell === undefined) return null;
  const date = dayWords(plan.month, at.day);
  return (
    <section className="roster-look" aria-label={t('roster.look')}>
      <p><span className="strong">{member.name} · {date}</span> <span className="muted">{t('roster.now', { what: cellWords(cell, plan, t) })}</span></p>
      <div className="choices">
        {data?.choices.map(choice => (
          <button key={choice.cell} type="button" className={choice.cell === cell ? 'choice current' : 'choice'} disabled={isLocked} onClick={() => { onPut(choice.cell); }}>
            <span className="row"><span>{choice.cell !== OFF && <span className={`chip ${chipOf(choice.cell, plan)}`}>{cellWord(choice.cell, plan)}</span>} <b>{cellWords(choice.cell, plan, t)}</b></span>{choice.cell === OFF ? <KeyHint keys="0" /> : fold(cellWord(choice.cell, plan)).length === 1 && <KeyHint keys={fold(cellWord(choice.cell, plan)).toUpperCase()} />}</span>
            <span className={choice.breaks.length > 0 ? 'danger' : 'muted'}>{choiceWords(choice, plan, t)}</span>
          </button>
        ))}
      </div>
      {data !== undefined && data.candidates.length > 0 && (
        <div className="candidates">
          <p className="muted">{t('roster.whoElse', { what: cellWords(cell, plan, t), date })}</p>
          <ul>{data.candidates.slice(0, NAMED).map(candidate => <Candidate key={candidate.member} plan={plan} candidate={candidate} isLocked={isLocked} onGive={onGive} />)}</ul>
        </div>
      )}
    </section>
  );
}

function Candidate({ plan, candidate, isLocked, onGive }: { plan: RosterPlan; candidate: RosterCandidate; isLocked: boolean; onGive: (to: number) => void }) {
  const t = useT();
  const { member, was, breaks, empties, share } = candidate;
  return (
    <li>
      <span className="strong">{plan.members[member]?.name}</span>
      <span className="muted">{t('roster.works', { hours: hoursFigure(share.minutes), nights: share.nights })}{was === OFF ? '' : `, ${t('roster.has', { what: cellWords(was, plan, t) })}`}</span>
      {empties !== null && <span className="danger">{t('rosterCheck.empties', { code: cellWord(empties, plan) })}</span>}
      {breaks.length === 0 ? <Button disabled={isLocked} onClick={() => { onGive(member); }}>{t('roster.give')}</Button> : <span className="danger">{rulesWords(breaks, t, plan.month)}</span>}
    </li>
  );
}

type T = ReturnType<typeof useT>;
/** "Trái: …", "Hết: …", and which shifts of the day would miss somebody, or somebody with a skill. */
function choiceWords({ breaks, mends, gaps, lacking }: RosterChoice, plan: RosterPlan, t: T): string {
  const code = (shift: number): string => plan.shifts[shift]?.code ?? '';
  const missing = gaps.filter(({ is, need }) => is < need).map(({ shift, is, need }) => `${code(shift)} ${need - is}`).join(', ');
  // Mended on one day and broken on the next is broken.
  const broken = rulesWords(breaks, t, plan.month), mended = rulesWords(mends.filter(one => !breaks.some(other => other.rule === one.rule)), t, plan.month);
  return [
    broken === '' ? '' : t('roster.wouldBreak', { rules: broken }), mended === '' ? '' : t('roster.wouldMend', { rules: mended }), missing === '' ? t('roster.dayFull') : t('roster.dayMisses', { missing }),
    lacking.length === 0 ? '' : t('rosterCheck.dayLacks', { missing: lacking.map(({ shift, is, need, skill }) => t('rosterCheck.shiftLacks', { code: code(shift), n: need - is, skill })).join('; ') }),
  ].filter(words => words !== '').join(' ');
}
