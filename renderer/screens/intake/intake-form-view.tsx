import { useEffect, useMemo, useRef } from 'react';
import { areaNames } from '../../../contract/area-names.ts';
import type { Draft } from '../../../contract/console.ts';
import { isOpen } from '../../../contract/issue.ts';
import type { Unit } from '../../../contract/org.ts';
import type { SimilarRecord } from '../../../contract/similar.ts';
import { usePolicy } from '../../policy.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { unitToSend, type Offered } from '../../nearest-units.ts';
import { parsePosition } from '../../position.ts';
import { useT } from '../../strings/text.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clock } from '../../ui/clock.ts';
import { useShortcuts, type Shortcut } from '../../ui/shortcuts.ts';
import type { QuestionProps } from './form-context.ts';
import { IntakeActions, IntakeHeader } from './intake-bars.tsx';
import { FIELD_LIMITS, isIncident, numberOf, questionOf, questionsOf, type Problem, type Question } from './intake-form.ts';
import { IntakeMap } from './intake-map.tsx';
import { PlaceQuestion, WhatQuestion } from './place-what-questions.tsx';
import { LETTERS, SimilarPanel, useSimilar } from './similar-panel.tsx';
import { UnitsPanel, useOffered } from './units-panel.tsx';
import { useIntake } from './use-intake.ts';
import { stepsAfter, wayOn, type WayOn } from './way-on.ts';
import { VictimsQuestion, withVictim } from './victims-question.tsx';
import { SeverityQuestion, WhoQuestion } from './who-severity-questions.tsx';

/** The form of one draft: questions at the left, whom to call at the right, what is saved below. */
export function IntakeFormView({ draft, siteId }: { draft: Draft; siteId: string }) {
  const t = useT();
  const intake = useIntake(draft, siteId);
  const root = useRef<HTMLDivElement>(null);
  const areas = useLive(['directory.areas'], ['org'], core => core.directory.areas({}));
  const sites = useLive(['directory.sites'], ['org'], core => core.directory.sites({}));
  const { form } = intake;
  const { service } = draft;
  const incident = isIncident(service);

  useEffect(() => { focusQuestion(root.current, 'place'); }, []);

  const position = parsePosition(form.position);
  const point = position === 'unreadable' ? null : position;
  const area = areas.data?.find(a => a.id === form.areaId) ?? null;
  const namesOfAreas = useMemo(() => areaNames(areas.data ?? [], sites.data ?? []), [areas.data, sites.data]);
  const similar = useSimilar(draft.id, service, form, point);
  const offered = useOffered(service, point, area, siteId);
  const unit = unitToSend(offered, service, form.unitId, clock.nowMs);
  const { dispatchFirst } = usePolicy().at(form.startedAtMs);
  const way = wayOn(form, service, unit, dispatchFirst.severities);
  const send = (next: boolean): void => {
    void intake.receive(next, next && way !== 'join' ? [] : stepsAfter(way, form, unit)).then(problems => {
      const first = problems[0];
      if (first !== undefined) focusProblem(root.current, first);
    });
  };
  useIntakeKeys(intake, send, question => { focusQuestion(root.current, question); }, incident, { similar, offered, unit, way });

  const props: QuestionProps = {
    form, service, change: intake.change, refused: intake.refused,
    wrong: field => {
      const problem = intake.problems.find(p => p.field === field && p.code !== 'tooLong');
      return problem === undefined ? undefined : t(`intake.problem.${problem.code}`, { n: problem.over });
    },
  };
  return (
    <div className="intake" ref={root}>
      <IntakeHeader draft={draft} form={form} change={intake.change} />
      <div className="intake-body">
        <div className="intake-form" inert={intake.isSending}>
          {intake.receivedBefore !== null && <Notice tone="good">{t('intake.readyForNext', { no: intake.receivedBefore })}</Notice>}
          {intake.refusal !== null && (
            <Notice tone="danger">{t('intake.tooMuch', { n: intake.refusal.length.toLocaleString('vi-VN'), limit: FIELD_LIMITS[intake.refusal.field].toLocaleString('vi-VN') })}</Notice>
          )}
          {intake.error !== null && <ErrorNotice error={intake.error} />}
          <PlaceQuestion {...props} areas={areas.data ?? []} sites={sites.data ?? []} ownSiteId={siteId} />
          <WhatQuestion {...props} />
          {incident && <VictimsQuestion {...props} />}
          <WhoQuestion {...props} />
          <SeverityQuestion {...props} />
        </div>
        <aside className="intake-side" aria-label={t('intake.side')}>
          <SimilarPanel similar={similar} form={form} change={intake.change} />
          <UnitsPanel offered={offered} position={point} areaName={area === null ? null : namesOfAreas.get(area.id) ?? area.name} chosenId={unit?.id ?? null} onChoose={way === 'dispatch' ? unitId => { intake.change({ unitId }); } : null} />
          <IntakeMap form={form} service={service} area={area} areas={areas.data ?? []} siteId={siteId} exceptId={draft.id} change={intake.change} isSending={intake.isSending} />
        </aside>
      </div>
      <IntakeActions way={way} letter={LETTERS[similar.findIndex(one => one.id === form.mergeInto)] ?? ''} unitName={unit?.name ?? ''} form={form} save={intake.save} problems={intake.problems} isSending={intake.isSending} onReceive={send}
        onFocus={problem => { focusProblem(root.current, problem); }} />
    </div>
  );
}

function useIntakeKeys(intake: ReturnType<typeof useIntake>, send: (next: boolean) => void, focus: (question: Question) => void, incident: boolean, side: { similar: readonly SimilarRecord[]; offered: Offered; unit: Unit | null; way: WayOn }): void {
  const t = useT();
  const typing = { whileTyping: true, enabled: !useSession().locked };
  const questions = questionsOf(incident).map((question, index): Shortcut => ({
    keys: `alt+${numberOf(question)}`, label: t(index === 0 ? 'intake.keys.question' : `intake.${question}.ask`), run: () => { focus(question); }, ...typing,
    ...(index === 0 ? { hint: incident ? 'Alt 1–5' : 'Alt 1, 2, 4, 5' } : {}),
  }));
  useShortcuts('screen', [
    ...questions,
    { keys: 'alt+n', label: t('intake.keys.victim'), hint: 'Alt N', ...typing, enabled: incident && typing.enabled, run: () => {
      intake.change({ victims: withVictim(intake.form.victims) });
      requestAnimationFrame(() => { [...document.querySelectorAll<HTMLElement>('[data-question=victims] [data-field=victims]')].at(-1)?.focus(); });
    } },
    ...side.similar.map((one, at): Shortcut => ({
      keys: `alt+${(LETTERS[at] ?? '').toLowerCase()}`, label: t('intake.similar.join', { letter: LETTERS[at] ?? '' }), ...typing, enabled: typing.enabled && (isOpen(one.state) || one.id === intake.form.mergeInto), ...(at === 0 ? { hint: 'Alt A–D' } : {}),
      run: () => { intake.change({ mergeInto: intake.form.mergeInto === one.id ? null : one.id, notSimilar: false }); },
    })),
    { keys: 'alt+0', label: t('intake.similar.none'), ...typing, enabled: typing.enabled && side.similar.length > 0, run: () => { intake.change({ notSimilar: true, mergeInto: null }); } },
    { keys: 'alt+u', label: t('intake.units.other'), hint: 'Alt U', ...typing, enabled: typing.enabled && side.way === 'dispatch', run: () => {
      const { near } = side.offered;
      const next = near[(near.findIndex(entry => entry.unit.id === side.unit?.id) + 1) % Math.max(1, near.length)];
      if (next !== undefined) intake.change({ unitId: next.unit.id });
    } },
    { keys: 'ctrl+s', label: t('intake.keys.receiveNext'), ...typing, run: () => { send(true); } },
    { keys: 'ctrl+enter', label: t(`intake.way.${side.way}`), ...typing, run: () => { send(false); } },
    { keys: 'escape', label: t('intake.keys.leave'), hint: 'Esc', ...typing, run: intake.leave },
  ]);
}

function focusQuestion(root: HTMLElement | null, question: Question): void {
  const section = root?.querySelector(`[data-question="${question}"]`);
  const target = section?.querySelector<HTMLElement>('[data-first]') ?? section?.querySelector<HTMLElement>('[tabindex="0"], input');
  target?.focus();
  section?.scrollIntoView({ block: 'nearest' });
}

function focusProblem(root: HTMLElement | null, problem: Problem): void {
  const field = root?.querySelector<HTMLElement>(`[data-field="${problem.field}"]`);
  const target = field?.matches('input, textarea') === true ? field : field?.querySelector<HTMLElement>('[tabindex="0"]');
  if (target === undefined || target === null) focusQuestion(root, questionOf(problem.field));
  else target.focus();
}
