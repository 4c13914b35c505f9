import type { KeyboardEvent } from 'react';
import { SEVERITIES, type Severity } from '../../../contract/issue.ts';
import { useT } from '../../strings/text.ts';
import { Choices } from '../../ui/choices.tsx';
import { SeverityBadge } from '../../ui/marks.tsx';
import type { QuestionProps } from './form-context.ts';
import { severityOf, severityReason } from './intake-form.ts';
import { Question, wrongIdOf } from './question.tsx';
import { TextBox } from './text-box.tsx';

/** Who reports: a number or a name, or nobody on purpose. */
export function WhoQuestion({ form, change, refused, wrong }: QuestionProps) {
  const t = useT();
  const missing = wrong('phone');
  return (
    <Question name="who" ask={t(form.channel === 'phone' ? 'intake.who.ask' : 'intake.who.askReport')} wrong={missing}
      hint={form.anonymous ? t('intake.who.anonymousHint') : t('intake.who.hint')}
      extra={
        <label className="anonymous">
          <input type="checkbox" checked={form.anonymous} onChange={event => { change({ anonymous: event.target.checked }); }} />{t('intake.who.anonymous')}
        </label>
      }>
      <div className="three" inert={form.anonymous}>
        <TextBox field="phone" label={t('intake.who.phone')} inputMode="tel" first value={form.phone} wrong={missing} wrongId={wrongIdOf('who')}
          onChange={phone => { change({ phone }); }} onRefused={refused} />
        <TextBox field="name" label={t('intake.who.name')} value={form.name} onChange={name => { change({ name }); }} onRefused={refused} />
        <TextBox field="relation" label={t(form.channel === 'phone' ? 'intake.who.relation' : 'intake.who.relationReport')} value={form.relation}
          onChange={relation => { change({ relation }); }} onRefused={refused} />
      </div>
    </Question>
  );
}

/** How grave it is: chosen by the operator; a victim's signs propose, they never overrule. */
export function SeverityQuestion({ form, change, wrong }: QuestionProps) {
  const t = useT();
  const reason = severityReason(form);
  const chosen = severityOf(form);
  const proposed = form.severity === null && chosen !== null;
  const hint = reason === null ? t(proposed ? 'intake.severity.usual' : 'intake.severity.hint', { level: form.usual })
    : t(reason.sign === 'unconscious' ? 'intake.severity.suggestUnconscious' : 'intake.severity.suggestNotBreathing', { n: reason.victim });
  const byKey = (event: KeyboardEvent<HTMLElement>): void => {
    const severity = SEVERITIES.find(level => event.key === level.slice(1) || event.code === `Digit${level.slice(1)}`);
    if (severity === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    change({ severity });
    event.currentTarget.querySelectorAll('button')[SEVERITIES.indexOf(severity)]?.focus();
  };
  const label = (level: Severity) => (
    <><SeverityBadge severity={level} />{t(`domain.severity.${level}`)}</>
  );
  return (
    <Question name="severity" ask={t('intake.severity.ask')} wrong={wrong('severity')}
      hint={reason !== null && form.severity !== 'P1' ? <span className="danger">{hint}</span> : hint}>
      <div className={`levels${chosen === 'P1' ? ' life' : ''}${proposed ? ' proposed' : ''}`} data-field="severity" onKeyDown={byKey}>
        <Choices label={t('intake.severity.ask')} value={chosen} onChange={severity => { change({ severity }); }}
          options={SEVERITIES.map(value => ({ value, label: label(value) }))} />
      </div>
    </Question>
  );
}
