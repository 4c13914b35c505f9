import { useEffect, useRef, useState } from 'react';
import type { RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { PRESET_NAMES, withPreset, type PresetName } from '../../../contract/roster-presets.ts';
import { monthDayOf, monthName } from '../../../contract/roster-days.ts';
import { formatTime } from '../../../contract/time.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { AbsenceCard } from './absence-card.tsx';
import { ApartNotice } from './apart-notice.tsx';
import { CellLook } from './cell-look.tsx';
import { CellMarks } from './cell-marks.tsx';
import { given, insideOf, withCell, type Chosen } from './cells.ts';
import { DutyBoard } from './duty-board.tsx';
import { differences, lacksOf, type Difference } from './duty-words.ts';
import { ConflictCard } from './explain/conflict-card.tsx';
import { Explained } from './explain/explained.tsx';
import { WhyNotCard } from './explain/why-not-card.tsx';
import { PublishCard } from './publish-card.tsx';
import { PublishedMonth } from './published-month.tsx';
import { GridTrouble } from './grid-trouble.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { OutMenu } from './out-menu.tsx';
import { PeopleTools } from './people-tools.tsx';
import { RosterGrid } from './roster-grid.tsx';
import { CapacityCard } from './roster-panel.tsx';
import { SolveCard, SolveLine } from './solve-card.tsx';
import { useFocusKept } from './use-focus-kept.ts';
import { useToday } from './use-today.ts';
import { usePlan, type PlanInHand } from './use-plan.ts';
import { useSolve } from './use-solve.ts';
import './roster.css';

const START: Chosen = { from: { row: 0, day: 0 }, at: { row: 0, day: 0 } };

interface RosterProps { service: string | null; month: string | null; view: 'board' | 'published' | null }

/** "Lịch trực": who is on duty, a month of a line as it is published, and, for whoever plans, the one that is being planned (Đ.8.2). */
export function RosterScreen({ service, month, view }: RosterProps) {
  const t = useT();
  const [opened, setOpened] = useState<{ place: string; name: string } | null>(null);
  const [mayPlan, mayRead] = [useMay('roster.plan'), useMay('roster.read')];
  useFocusKept();
  const { month: current } = monthDayOf(useMinute());
  const { data, error } = useLive(['rosters.desks'], ['session', 'org'], core => core.rosters.desks({}), { enabled: mayRead });
  const lines = data?.desks ?? [];
  const line = lines.find(one => one === service) ?? lines[0];
  if (mayRead && data === undefined) return error === null ? null : <ErrorNotice error={error} />;
  if (!mayRead || line === undefined) return <EmptyState title={t('frame.roster')}>{t('roster.notAllowed')}</EmptyState>;
  const shown = month ?? current, place = `${line} ${month ?? current}`;
  // Whoever comes back to a month begins with its draft.
  if (opened !== null && opened.place !== place) setOpened(null);
  const isBoard = view === 'board' || (!mayPlan && service === null);
  const isPublished = view === 'published' || !mayPlan;
  const to = (more: { view?: 'board' | 'published' }, service = line): string => formatRoute({ screen: 'roster', service, month: shown, ...more });
  return (
    <div className="roster">
      <nav className="roster-lines" aria-label={t('roster.lines')}>
        <a href={to({ view: 'board' })} aria-current={isBoard ? 'page' : undefined}>{t('duty.board')}</a>
        {lines.map(one => <a key={one} href={to(isPublished && !isBoard ? { view: 'published' } : {}, one)} aria-current={!isBoard && one === line ? 'page' : undefined}>{t(`roster.desk.${one}`)}</a>)}
        {mayPlan && !isBoard && (
          <span className="roster-views" role="group" aria-label={t('duty.views')}>
            <a href={to({})} aria-current={isPublished || opened !== null ? undefined : 'true'} onClick={() => { setOpened(null); }}>{t('duty.draft')}</a><a href={to({ view: 'published' })} aria-current={isPublished ? 'true' : undefined}>{t('duty.published')}</a>
          </span>
        )}
      </nav>
      {isBoard ? <DutyBoard /> : isPublished ? <PublishedMonth key={place} service={line} month={shown} /> : <Month key={place} service={line} month={shown} copy={opened?.name ?? null} onCopy={name => { setOpened(name === null ? null : { place, name }); }} />}
    </div>
  );
}

interface CopyProps { copy: string | null; onCopy: (name: string | null) => void }

/** `taking`: a copy that becomes the draft as soon as that is in hand, as a step that can be taken back. */
function Month({ copy, onCopy, ...place }: CopyProps & { service: DutyDesk; month: string }) {
  const [taking, setTaking] = useState<RosterPlan | null>(null);
  return <MonthInHand key={copy ?? ''} {...place} copy={copy} onCopy={onCopy} taking={taking} onTaken={() => { setTaking(null); }} onTake={plan => { setTaking(plan); onCopy(null); }} />;
}

interface InHandProps extends CopyProps { onTake: (plan: RosterPlan) => void }

/** The draft of a month, or one of its copies. */
function MonthInHand({ service, month, taking, onTaken, ...inCopy }: InHandProps & { service: DutyDesk; month: string; taking: RosterPlan | null; onTaken: () => void }) {
  const inHand = usePlan(service, month, inCopy.copy);
  const { plan, error } = inHand;
  useEffect(() => {
    if (taking === null || inCopy.copy !== null || plan === undefined) return;
    inHand.change(taking);
    onTaken();
  });
  if (plan !== undefined) return <Planner inHand={inHand} plan={plan} {...inCopy} />;
  return error === null ? null : <ErrorNotice error={error} />;
}

function Planner({ inHand, plan, copy, onCopy, onTake }: InHandProps & { inHand: PlanInHand; plan: RosterPlan }) {
  const t = useT();
  const { locked } = useSession();
  const grid = useRef<HTMLDivElement>(null);
  const [held, setChosen] = useState(START);
  const chosen = insideOf(held, plan);
  const [trouble, setTrouble] = useState('');
  const [isPublishing, setPublishing] = useState(false);
  const { data: published } = useLive(['rosters.published', plan.service, plan.month], ['document', 'session'], core => core.rosters.published({ service: plan.service, month: plan.month }));
  const { data: check } = useLive(['rosters.check', plan], [], core => core.rosters.check(plan), { keepPrevious: true });
  const today = useToday(plan.month);
  const { size, choose, goMonth } = useGridKeys({ plan, check, inHand, chosen, setChosen, onTrouble: setTrouble });
  const fill = (cells: number[][]): void => { inHand.change({ ...plan, members: plan.members.map((member, row) => ({ ...member, cells: cells[row] ?? member.cells })) }); };
  const solve = useSolve({ plan, copy, isLocked: locked, onFound: fill });
  // The cell under the cursor has the focus, so that a screen reader reads it out; not taken away from a field.
  useEffect(() => {
    if (document.activeElement === document.body || grid.current?.contains(document.activeElement) === true) grid.current?.querySelector<HTMLElement>(`[data-spot="${chosen.at.row} ${chosen.at.day}"]`)?.focus();
  }, [chosen, plan.month]);
  return (
    <div className="roster-month">
      <div className="roster-main" ref={grid}>
        <header className="planned">
          <h1>{t('roster.title', { desk: t(`roster.deskIn.${plan.service}`), month: monthName(plan.month) })}</h1>
          <span className="tag">{copy ?? t('roster.draft')}</span>
          <span className="roster-said">
            {published !== undefined && published !== null && <span className="muted">{differsWords(differences(published.duty, plan, t), t)}</span>}
            <span className="muted" role="status">{savedWords(inHand, t)}</span>
            {trouble !== '' && <GridTrouble key={trouble} words={trouble} plan={plan} onGone={() => { setTrouble(''); }} />}
          </span>
          <span className="space" />
          <span className="months"><Button label={t('roster.before')} onClick={() => { goMonth(-1); }}>‹</Button><Button label={t('roster.after')} onClick={() => { goMonth(1); }}>›</Button></span>
          <PresetChoice isLocked={locked || size.row === 0} onChoose={name => { inHand.change(withPreset(plan, name)); }} />
          <Button disabled={inHand.undo === null} hint="Ctrl+Z" onClick={() => { inHand.undo?.(); }}>{t('roster.undo')}</Button>
          <Button disabled={locked} onClick={inHand.startOver}>{t('roster.startOver')}</Button>
          {size.row > 0 && <OutMenu plan={plan} row={chosen.at.row} isCopy={copy !== null} />}
          <Button kind="outline" disabled={locked || size.row === 0 || published === undefined || copy !== null || inHand.apart !== null} expanded={isPublishing} {...copy !== null && { title: t('rosterSearch.noPublish') }} onClick={() => { setPublishing(!isPublishing); }}>{t('duty.publish')}</Button>
        </header>
        {copy !== null && <p className="roster-solving"><span>{t('rosterSearch.copyOpen', { name: copy })}</span><Button kind="outline" disabled={locked} onClick={() => { onTake(plan); }}>{t('explain.copies.take')}</Button><Button onClick={() => { onCopy(null); }}>{t('explain.copies.back')}</Button></p>}
        <SolveLine solve={solve} />
        <ApartNotice plan={plan} inHand={inHand} isLocked={locked} />
        {inHand.saved.kind === 'failed' && !inHand.saved.willRetry && <ErrorNotice error={inHand.saved.error} />}
        {size.row === 0 ? <EmptyState title={t('roster.nobody')}>{t('rosterPeople.nobodyHint', { desk: t(`roster.deskIn.${plan.service}`) })}</EmptyState>
          : (
            <>
              <div className="roster-scroll"><RosterGrid plan={plan} check={check} chosen={chosen} today={today} hasMarks onChoose={choose} /></div>
              <CellMarks plan={plan} chosen={chosen} isLocked={locked} onChange={inHand.change} />
              <CellLook plan={plan} at={chosen.at} isLocked={locked} onPut={cell => { inHand.change(withCell(plan, { from: chosen.at, at: chosen.at }, cell)); }} onGive={to => { inHand.change(given(plan, chosen.at, to)); }} />
            </>
          )}
      </div>
      <aside className="roster-panel" aria-label={t('roster.panel')}>
        <PeopleTools plan={plan} row={chosen.at.row} isLocked={locked} onChange={inHand.change} onRow={row => { const at = { row, day: chosen.at.day }; setChosen({ from: at, at }); }} />
        {check !== undefined && size.row > 0 && <WhyNotCard plan={plan} gaps={check.gaps} at={chosen.at} />}
        {isPublishing && check !== undefined && published !== undefined && <PublishCard plan={plan} check={check} published={published} onTake={inHand.change} onClose={() => { setPublishing(false); }} />}
        {check !== undefined && check.capacity !== null && <CapacityCard plan={plan} capacity={check.capacity} rules={check.rules} />}
        {check !== undefined && check.capacity !== null && lacksOf(check.gaps).seats > 0 && <ConflictCard plan={plan} isShort={check.capacity.missing > 0} />}
        <SolveCard plan={plan} solve={solve} />
        <AbsenceCard plan={plan} chosen={chosen} isLocked={locked} onDays={(row, from, to) => { setChosen({ from: { row, day: from }, at: { row, day: to } }); }} onTake={fill} />
        {check !== undefined && size.row > 0 && <Explained plan={plan} check={check} at={chosen.at} published={published?.duty ?? null} copy={copy} onCopy={onCopy} onShow={spot => { choose(spot, false); }} onChange={inHand.change} />}
      </aside>
    </div>
  );
}

/** Turns that crews take one after another (mẫu xoay ca): chosen, the month is filled by it. */
function PresetChoice({ isLocked, onChoose }: { isLocked: boolean; onChoose: (name: PresetName) => void }) {
  const t = useT();
  return (
    <select className="input sm" aria-label={t('roster.preset')} value="" disabled={isLocked} onChange={event => { const name = PRESET_NAMES.find(one => one === event.target.value); if (name !== undefined) onChoose(name); }}>
      <option value="">{t('roster.preset')}</option>
      {PRESET_NAMES.map(name => <option key={name} value={name}>{t(`roster.presets.${name}`)}</option>)}
    </select>
  );
}

type T = ReturnType<typeof useT>;
function differsWords(some: readonly Difference[], t: T): string {
  return some.length === 0 ? t('duty.same') : t('duty.differs', { cells: some.length, people: new Set(some.map(({ name }) => name)).size });
}
function savedWords({ saved, kept, apart, joined }: PlanInHand, t: T): string {
  if (saved.kind === 'failed') return saved.willRetry ? t('roster.notSaved') : '';
  if (apart !== null) return '';
  if (joined !== null) return t('rosterApart.joined', { by: joined.by, at: formatTime(joined.atMs) });
  if (saved.kind === 'saved') return t('roster.saved', { at: formatTime(saved.atMs) });
  return kept === undefined || kept.savedAtMs === null ? t('roster.untouched') : t('roster.savedBy', { at: formatTime(kept.savedAtMs), by: kept.savedBy });
}
