import { useId } from 'react';
import type { Area, Site } from '../../../contract/org.ts';
import { isOffered, useCategories } from '../../policy.ts';
import { parsePosition } from '../../position.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Choices } from '../../ui/choices.tsx';
import { AreaPicker } from './area-picker.tsx';
import type { QuestionProps } from './form-context.ts';
import { isIncident } from './intake-form.ts';
import { Question, wrongIdOf } from './question.tsx';
import { TextBox } from './text-box.tsx';

/** Where it is: asked first, because the call may break off. */
export function PlaceQuestion({ areas, sites, ownSiteId, ...props }: QuestionProps & { areas: readonly Area[]; sites: readonly Site[]; ownSiteId: string | null }) {
  const { form, change, refused, wrong } = props;
  const t = useT();
  const id = useId();
  const unreadable = parsePosition(form.position) === 'unreadable';
  const positionWrong = wrong('position') ?? (unreadable && form.position.length > 12 ? t('intake.problem.positionUnreadable') : undefined);
  const missing = wrong('placeText');
  return (
    <Question name="place" ask={t('intake.place.ask')} hint={t('intake.place.hint')} wrong={missing}>
      <TextBox field="placeText" label={t('intake.place.text')} hideLabel size="lg" first value={form.placeText} wrong={missing} wrongId={wrongIdOf('place')}
        onChange={placeText => { change({ placeText }); }} onRefused={refused} />
      <div className="three place">
        <AreaPicker areas={areas} sites={sites} ownSiteId={ownSiteId} value={form.areaId} onChange={areaId => { change({ areaId }); }} />
        <TextBox field="landmark" label={t('intake.place.landmark')} value={form.landmark} onChange={landmark => { change({ landmark }); }} onRefused={refused} />
        <div className="field">
          <label htmlFor={id}>{positionWrong === undefined ? <span>{t('intake.place.position')}</span> : <span id={`${id}-wrong`} className="danger strong">{positionWrong}</span>}</label>
          <input id={id} type="text" className="input" value={form.position} maxLength={60} spellCheck={false} autoComplete="off" data-field="position"
            aria-label={t('intake.place.position')} aria-invalid={positionWrong === undefined ? undefined : true} aria-describedby={positionWrong === undefined ? undefined : `${id}-wrong`}
            onChange={event => { change({ position: event.target.value }); }} />
        </div>
      </div>
    </Question>
  );
}

/** What happened: one kind as a chip, the rest in the caller's own words. */
export function WhatQuestion({ form, service, change, refused, wrong }: QuestionProps) {
  const t = useT();
  const language = useLanguage();
  const kinds = useCategories().filter(c => c.services.includes(service) && (isOffered(c) || c.code === form.category));
  const options = kinds.map(c => ({ value: c.code, label: c[language] || c.vi }));
  const incident = isIncident(service);
  const missing = wrong('description');
  return (
    <Question name="what" ask={t('intake.what.ask')} hint={t(incident ? 'intake.what.hint' : 'intake.what.hintReport')} wrong={missing}>
      <Choices label={t('intake.what.category')} value={form.category} options={options} onChange={category => { change({ category, usual: kinds.find(c => c.code === category)?.severity ?? null }); }} />
      <TextBox field="description" label={t('intake.what.description')} hideLabel first lines={incident ? 3 : 4} value={form.description} wrong={missing} wrongId={wrongIdOf('what')}
        onChange={description => { change({ description }); }} onRefused={refused} />
    </Question>
  );
}
