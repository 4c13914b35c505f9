import { CLOCK_NAMES, SEVERITIES, type IssueClass } from '../../../../contract/issue.ts';
import { ROLES } from '../../../../contract/org.ts';
import { minutesOfDay } from '../../../../contract/policy/calendar.ts';
import { isHeldAt, without, withStep } from '../../../../contract/policy/draft.ts';
import { readCount } from '../../../../contract/policy/readings.ts';
import { LIMIT_KINDS, LIMIT_PATHS, ruleOrNone, sourceOf, valueAt, type LimitPath } from '../../../../contract/policy/values.ts';
import { formatDateTime, nextDay, parseDateTime } from '../../../../contract/time.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock } from '../../../ui/clock.ts';
import { SeverityBadge } from '../../../ui/marks.tsx';
import { allowedWords } from '../spans.ts';
import { ladderWords, limitWords } from '../value-words.ts';
import { Back, Cell, CountCell, PercentCell, Said, SomeCell, SourceCell, SpanCell, TextCell } from './cells.tsx';
import { useEdit } from './editing.ts';
import { GoesToCell } from './goes-to.tsx';

/** What the pack says of itself, and from when it is in force. */
export function AboutPart() {
  const t = useT();
  const { draft, origin, edit, type } = useEdit();
  const rows = [['code', 'policyEdit.code'], ['title', 'policyEdit.name'], ['document', 'policyEdit.document'], ['note', 'policyEdit.note']] as const;
  return (
    <div className="about">
      {rows.map(([path, label]) => (
        <div key={path} className="row"><span>{t(label)}</span>
          <span><TextCell path={path} label={t(label)} {...(path === 'note' ? { lines: 4 } : {})} />
            <Back isChanged={path !== 'code' && draft.pack[path] !== origin[path]} words={origin[path] === '' ? t('policyEdit.empty') : origin[path]} onBack={() => { type(path, origin[path], { value: origin[path] }); }} /></span>
        </div>
      ))}
      <div className="row"><span>{t('policyEdit.effective')}</span>
        <span>
          <span className="with-unit">
            <Cell path="effectiveFromMs" label={t('policyEdit.effective')} shown={formatDateTime(draft.pack.effectiveFromMs)} wrong="policyEdit.unfit.moment" className="moment" disabled={draft.fromNow}
              read={text => { const atMs = parseDateTime(text); return atMs === null ? null : { value: atMs }; }} />
            <Button disabled={draft.fromNow} onClick={() => { type('effectiveFromMs', '', { value: nextDay(clock.exactMs) }); }}>{t('policyEdit.midnight')}</Button>
          </span>
          <label className="check"><input type="checkbox" checked={draft.fromNow} onChange={event => { const fromNow = event.target.checked; edit(now => ({ ...now, fromNow }), 'fromNow'); }} /> {t('policyEdit.fromNow')}</label>
          <span className="muted">{t('policyEdit.effectiveHint')}</span>
        </span>
      </div>
    </div>
  );
}

/** The clocks of a class: each level's time with its calendar and its source. */
export function ClocksPart({ kind }: { kind: IssueClass }) {
  const t = useT();
  const { draft } = useEdit();
  const hours = (minutesOfDay(draft.pack.calendar) / 60).toFixed(1).replace('.0', '').replace('.', ',');
  return (
    <>
      <p className="muted">{t('policyEdit.clockHelp', { hours: t('policy.hours', { n: hours }) })} {t('policyEdit.sourceHelp')}</p>
      <table>
        <thead><tr><th scope="col">{t('policy.clock')}</th><th scope="col">{t('policyEdit.level')}</th><th scope="col">{t('policyEdit.time')}</th><th scope="col">{t('policyEdit.counts')}</th><th scope="col">{t('policy.source')}</th><th /></tr></thead>
        <tbody>
          {CLOCK_NAMES.flatMap(name => SEVERITIES.map(severity => {
            const at = draft.pack.clocks.findIndex(rule => rule.clock === name && rule.class === kind && rule.severity === severity);
            return <ClockRow key={`${name} ${severity}`} at={at} isFirst={severity === 'P1'} />;
          }))}
        </tbody>
      </table>
    </>
  );
}

function ClockRow({ at, isFirst }: { at: number; isFirst: boolean }) {
  const t = useT();
  const { draft, origin, type, restore } = useEdit();
  const rule = draft.pack.clocks[at];
  if (rule === undefined) return null;
  const old = ruleOrNone(origin, rule.clock, rule);
  const path = `clocks.${String(at)}`;
  const what = `${rule.severity} ${t(`domain.clock.${rule.clock}`)}`;
  const oldWords = allowedWords(t, old, minutesOfDay(origin.calendar));
  const isChanged = rule.minutes !== old.minutes || (rule.calendar !== old.calendar && rule.minutes !== null) || rule.from !== old.from || rule.source !== old.source || isHeldAt(draft, path);
  return (
    <tr className={isFirst ? 'first' : undefined}>
      {isFirst && <th scope="rowgroup" rowSpan={SEVERITIES.length}>{t(`domain.clock.${rule.clock}`)}</th>}
      <td><SeverityBadge severity={rule.severity} /></td>
      <td><SpanCell path={`${path}.minutes`} label={`${what}: ${t('policyEdit.time')}`} calendar={rule.calendar} none /></td>
      <td>
        <select className="input sm" aria-label={`${what}: ${t('policyEdit.counts')}`} value={rule.calendar} onChange={event => { type(`${path}.calendar`, '', { value: event.target.value }); }}>
          <option value="around">{t('policyEdit.around')}</option><option value="working">{t('policyEdit.working')}</option>
        </select>
        {rule.clock === 'forward' && <label className="check"><input type="checkbox" data-path={`${path}.from`} checked={rule.from === 'received'} onChange={event => { type(`${path}.from`, '', { value: event.target.checked ? 'received' : undefined }); }} /> {t('policyEdit.received')}</label>}
        <Said path={`${path}.from`} />
      </td>
      <td><SourceCell path={`${path}.source`} what={what} shown={rule.source} /></td>
      <td><Back isChanged={isChanged} words={oldWords} onBack={() => { restore({ [path]: old }); }} /></td>
    </tr>
  );
}

/** Thresholds and limits, each with its source. */
export function LimitsPart() {
  const t = useT();
  return (
    <>
      <p className="muted">{t('policyEdit.sourceHelp')}</p>
      <table>
        <thead><tr><th scope="col">{t('policy.rule')}</th><th scope="col">{t('policy.value')}</th><th scope="col">{t('policy.source')}</th><th /></tr></thead>
        <tbody>{LIMIT_PATHS.map(path => <LimitRow key={path} path={path} />)}</tbody>
      </table>
    </>
  );
}

function LimitRow({ path }: { path: LimitPath }) {
  const t = useT();
  const { draft, origin, restore } = useEdit();
  const label = t(`policy.limit.${path}`);
  const [now, old] = [valueAt(draft.pack, path), valueAt(origin, path)];
  const isChanged = JSON.stringify(now) !== JSON.stringify(old) || sourceOf(draft.pack, path) !== sourceOf(origin, path) || isHeldAt(draft, path) || isHeldAt(draft, `sources.${path}`);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td><LimitCell path={path} label={label} /></td>
      <td><SourceCell path={`sources.${path}`} what={label} shown={sourceOf(draft.pack, path)} /></td>
      <td><Back isChanged={isChanged} words={limitWords(t, origin, path)} onBack={() => { restore({ [path]: old, [`sources.${path}`]: origin.sources?.[path] }); }} /></td>
    </tr>
  );
}

function LimitCell({ path, label }: { path: LimitPath; label: string }) {
  const t = useT();
  const { draft, type } = useEdit();
  const kind = LIMIT_KINDS[path];
  switch (kind) {
    case 'percent': return <PercentCell path={path} label={label} unit={t('policyEdit.percent')} />;
    case 'around': case 'working': return <span className="line"><SpanCell path={path} label={label} calendar={kind} />{kind === 'working' && <span>{t('policyEdit.workingTime')}</span>}</span>;
    case 'severities': return <SomeCell path={path} label={label} words={SEVERITIES} name={severity => severity} />;
    case 'reopenedBy': return (
      <select className="input sm wide" data-path={path} aria-label={label} value={String(valueAt(draft.pack, path))} onChange={event => { type(path, '', { value: event.target.value }); }}>
        {(['none', 'staff', 'reporter'] as const).map(by => <option key={by} value={by}>{t(`policy.reopenedBy.${by}`)}</option>)}
      </select>
    );
    default: {
      const unit = { times: 'perTimes', days: 'days', daysOrNone: 'days', metres: 'metres', seconds: 'seconds', hours: 'hours', points: 'points' } as const;
      return <CountCell path={path} label={label} unit={t(`policy.${unit[kind]}`, { n: '' }).trim()} none={kind === 'daysOrNone'} />;
    }
  }
}

/** The ladder of reminders (Q15.6, Q17.7), step by step. */
export function LadderPart() {
  const t = useT();
  const { draft, origin, edit, restore } = useEdit();
  const { ladder } = draft.pack;
  return (
    <>
      <p className="muted">{t('policyEdit.sourceHelp')}</p>
      {ladder.length === 0 && <p>{t('policyEdit.noSteps')}</p>}
      {ladder.map((step, at) => {
        const path = `ladder.${String(at)}`;
        const name = t('policy.ladder', { n: step.level });
        const old = origin.ladder[at];
        return (
          <fieldset key={at} className="step">
            <legend>{name}</legend>
            <span className="line">
              <PercentCell path={`${path}.atShare`} label={`${name}: ${t('policyEdit.percent')}`} unit={t('policyEdit.percent')} />
              <span className="with-unit"><span>{t('policyEdit.orOverdue')}</span>
                <Cell path={`${path}.orOverdue`} label={`${name}: ${t('policyEdit.orOverdue')}`} shown={step.orOverdue === undefined ? '' : String(step.orOverdue)} wrong="policyEdit.unfit.number" className="short"
                  read={text => { const n = readCount(text); return text.trim() === '' ? { value: undefined } : n === null ? null : { value: n }; }} /></span>
            </span>
            <span className="line"><span>{t('policyEdit.tells')}</span><SomeCell path={`${path}.tells`} label={`${name}: ${t('policyEdit.tells')}`} words={ROLES} name={role => t(`domain.role.${role}`)} /></span>
            <GoesToCell at={at} step={step} name={name} />
            <span className="line"><span>{t('policy.source')}</span><SourceCell path={`${path}.source`} what={name} shown={step.source} />
              {old !== undefined && <Back isChanged={isHeldAt(draft, path) || JSON.stringify(old) !== JSON.stringify(step)} words={ladderWords(t, old)} onBack={() => { restore({ [path]: old }); }} />}
              <Button onClick={() => { edit(now => without(now, 'ladder', at), `${path} gone`); }}>{t('policyEdit.removeStep', { n: step.level })}</Button></span>
          </fieldset>
        );
      })}
      {ladder.length < 3 && <Button size="md" onClick={() => { edit(withStep, 'ladder more'); }}>{t('policyEdit.addStep')}</Button>}
    </>
  );
}
