import { useState } from 'react';
import { LIMITS, type Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { useLive } from '../../live-query.ts';
import { pointOf } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { clock } from '../../ui/clock.ts';
import { LineField } from '../../ui/line-field.tsx';
import { openForms, useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';
import { stepProblem, type Question, type StepFields, type StepSpec } from './step-specs.ts';
import { UnitPicker } from './unit-picker.tsx';

/** The form of a step that is nothing but questions (step-specs.ts). Digits answer its choices one after the other: the one that has the focus, or the first without an answer. */
export function StepForm({ issue, action, spec, ...end }: FormEnd & { issue: Issue; action: MutationName; spec: StepSpec }) {
  const t = useT();
  const [given] = useState(() => openForms.given(issue.id, action));
  const text = useRemembered<StepFields>(issue.id, action, given);
  const { fields, change } = text;
  const [focused, setFocused] = useState<string | null>(null);
  // What came with the form needs no digits.
  const choices = spec.questions.filter(question => question.kind === 'choice' && given[question.name] === undefined);
  const open = choices.find(({ name }) => (fields[name] ?? null) === null);
  const asked = spec.questions.find(({ name }) => name === focused) ?? open;
  const turn = asked ?? choices.at(-1);
  const options = turn?.kind === 'choice' ? turn.options(issue) : [];
  const choose = turn === undefined ? {} : { choose: { count: Math.min(9, options.length), take: (index: number) => { change({ [turn.name]: options[index] ?? null }); }, thenNext: true, isAsked: asked !== undefined } };
  return (
    <FormShell issue={issue} action={action} title={t(`domain.done.${action}`)} verb={t(`domain.done.${action}`)} problem={stepProblem(spec, fields, t)} {...choose}
      payload={() => spec.payload(fields, issue, clock.exactMs)} text={text} {...end}>
      {action === 'issue.erasePersonal' && <p className="muted">{t('personal.erase.what')}</p>}
      {spec.questions.map((question, at) => (
        <Answer key={question.name} question={question} issue={issue} fields={fields} isFirst={at === 0} isNumbered={question === turn} onFocused={setFocused} onChange={value => { change({ [question.name]: value }); }} />
      ))}
    </FormShell>
  );
}

interface AnswerProps { question: Question; issue: Issue; fields: StepFields; isFirst: boolean; isNumbered: boolean; onFocused: (choice: string | null) => void; onChange: (value: string | string[] | null) => void }

function Answer({ question, issue, fields, isFirst, isNumbered, onFocused, onChange }: AnswerProps) {
  const t = useT();
  const label = question.isNeeded ? question.ask(t) : t('steps.optional', { what: question.ask(t) });
  const given = fields[question.name] ?? null;
  const value = typeof given === 'string' ? given : '';
  switch (question.kind) {
    case 'words': return <NoteBox label={label} text={value} rows={2} isFirst={isFirst} onChange={onChange} />;
    case 'line': case 'moment':
      return <LineField label={label} value={value} limit={question.max ?? LIMITS.placeText} spellCheck={false} placeholder={question.kind === 'moment' ? t('steps.momentForm') : undefined} onChange={onChange} />;
    case 'choice':
      return (
        <div className="field" onFocus={() => { onFocused(question.name); }} onBlur={() => { onFocused(null); }}><span className="label">{label}</span>
          <Choices label={label} numbered={isNumbered} value={value === '' ? null : value} onChange={onChange} options={question.options(issue).map(option => ({ value: option, label: question.word(t, option) }))} />
        </div>
      );
    case 'some': return <Some label={label} question={question} issue={issue} given={Array.isArray(given) ? given : []} onChange={onChange} />;
    case 'unit': return <UnitAnswer label={label} isFirst={isFirst} isOptional={!question.isNeeded} issue={issue} among={question.among} unitId={value === '' ? null : value} onChange={onChange} />;
  }
}

function Some({ label, question, issue, given, onChange }: { label: string; question: Question & { kind: 'choice' | 'some' }; issue: Issue; given: readonly string[]; onChange: (value: string[]) => void }) {
  const t = useT();
  return (
    <fieldset className="field some"><legend className="label">{label}</legend>
      {question.options(issue).map(option => (
        <label key={option}><input type="checkbox" checked={given.includes(option)} onChange={event => { onChange(event.target.checked ? [...given, option] : given.filter(other => other !== option)); }} /> {question.word(t, option)}</label>
      ))}
    </fieldset>
  );
}

function UnitAnswer({ label, issue, among, unitId, isFirst, isOptional, onChange }: { label: string; issue: Issue; among: 'any' | 'its own'; unitId: string | null; isFirst: boolean; isOptional: boolean; onChange: (unitId: string | null) => void }) {
  const t = useT();
  const units = useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true })).data ?? [];
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? [];
  const own = [issue.leadUnitId, ...issue.coUnitIds];
  const offered = among === 'any' ? units : units.filter(unit => own.includes(unit.id));
  const chosen = units.find(unit => unit.id === unitId);
  if (chosen === undefined) return <UnitPicker label={label} units={offered} issue={issue} from={pointOf(issue.place, areas)} isFirst={isFirst} isOptional={isOptional} onPick={unit => { onChange(unit.id); }} />;
  return (
    <div className="chosen"><span><span className="muted">{label}</span><br /><b>{chosen.name}</b></span><Button onClick={() => { onChange(null); }}>{t('issue.form.change')}</Button></div>
  );
}
