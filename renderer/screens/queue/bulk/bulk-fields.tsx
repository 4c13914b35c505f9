import { useState } from 'react';
import type { BulkAction } from '../../../../contract/bulk.ts';
import { SEVERITIES } from '../../../../contract/issue.ts';
import { servicesIn } from '../../../../contract/org.ts';
import { useSession } from '../../../frame/station.ts';
import { ReachLine } from '../../../reach-line.tsx';
import { useReach } from '../../../reach.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Choices } from '../../../ui/choices.tsx';
import { Field } from '../../../ui/field.tsx';
import { useCategories, useHandlingUnits } from '../filter/names.ts';
import { CaseFinder } from '../merge-form.tsx';
import { NoteBox } from '../note-box.tsx';
import { useQueueMemory } from '../queue-memory.ts';
import { filterOf } from '../tabs.ts';
import { UnitPicker } from '../unit-picker.tsx';

interface FieldsProps { given: Record<string, unknown>; change: (part: Record<string, unknown>) => void }

/** The fields of a bulk action, the same for all records. */
export function BulkFields({ action, ...rest }: FieldsProps & { action: BulkAction }) {
  const t = useT();
  switch (action) {
    case 'classify': return <ClassifyFields {...rest} />;
    case 'startVerification': return <p>{t('bulk.startVerificationMore')}</p>;
    case 'forward': return <ForwardFields {...rest} />;
    case 'link': return <LinkFields {...rest} />;
    case 'remind': return <NoteBox label={t('steps.optional', { what: t('steps.note') })} text={textOf(rest.given, 'note')} isFirst onChange={note => { rest.change({ note }); }} />;
    case 'note': return <NoteBox label={t('domain.field.note')} text={textOf(rest.given, 'note')} isFirst onChange={note => { rest.change({ note }); }} />;
  }
}

function textOf(given: Record<string, unknown>, key: string): string {
  const value = given[key];
  return typeof value === 'string' ? value : '';
}

/** An empty value leaves what each record has. */
const KEEP = '';
/** Each level by its own digit, and after them the one that changes nothing. */
const SEVERITY_CHOICES = [...SEVERITIES, KEEP] as const;

/** The numbered choices of a bulk action, as what each gives; none for most. */
export function numberedChoices(action: BulkAction): Record<string, unknown>[] {
  return action === 'classify' ? SEVERITY_CHOICES.map(severity => ({ severity })) : [];
}

function ClassifyFields({ given, change }: FieldsProps) {
  const t = useT();
  const { scope } = useSession();
  const { tab, narrowing } = useQueueMemory();
  const { services } = filterOf(tab, narrowing);
  const categories = useCategories(services.length > 0 ? services : servicesIn(scope), true);
  return (
    <>
      <div className="field"><span className="label">{t('domain.field.severity')}</span>
        <Choices label={t('domain.field.severity')} numbered value={textOf(given, 'severity')} onChange={severity => { change({ severity }); }}
          options={SEVERITY_CHOICES.map(value => ({ value, label: value === KEEP ? t('bulk.keep') : `${value} ${t(`domain.severity.${value}`)}` }))} />
      </div>
      <Field label={t('domain.field.category')} hint={t('bulk.categoryHint')}>
        {control => (
          <select {...control} className="input" value={textOf(given, 'category')} onChange={event => { change({ category: event.target.value }); }}>
            <option value={KEEP}>{t('bulk.keep')}</option>
            {categories.map(category => <option key={category.id} value={category.id}>{category.name}</option>)}
          </select>
        )}
      </Field>
    </>
  );
}

/** The record that stands for all that are marked; it may be one of them. */
function LinkFields({ given, change }: FieldsProps) {
  const t = useT();
  const parentNo = textOf(given, 'parentNo');
  const [isPicked, setPicked] = useState(false);
  return (
    <>
      {textOf(given, 'parentId') === ''
        ? <CaseFinder ownId={null} onPick={hit => { change({ parentId: hit.id, parentNo: hit.displayNo ?? hit.provisionalNo }); setPicked(true); }} />
        : <div className="chosen"><span><span className="muted">{t('steps.mergeInto')}</span><br /><b>{parentNo}</b></span><Button onClick={() => { change({ parentId: '', parentNo: '' }); }}>{t('issue.form.change')}</Button></div>}
      <NoteBox key={String(isPicked)} autoFocus={isPicked} label={t('steps.optional', { what: t('steps.note') })} text={textOf(given, 'note')} rows={2} onChange={note => { change({ note }); }} />
    </>
  );
}

function ForwardFields({ given, change }: FieldsProps) {
  const t = useT();
  const { siteId } = useSession();
  const { tab, narrowing } = useQueueMemory();
  const units = useHandlingUnits();
  const reachOf = useReach();
  const [isPicked, setPicked] = useState(false);
  const lead = units.find(unit => unit.id === given['leadUnitId']);
  return (
    <>
      {lead === undefined
        ? <UnitPicker label={t('issue.form.lead')} units={units} issue={{ siteId, service: filterOf(tab, narrowing).services[0] ?? '1022' }} from={null} isFirst onPick={unit => { change({ leadUnitId: unit.id }); setPicked(true); }} />
        : (
          <div className="chosen">
            <span><span className="muted">{t('issue.form.lead')}</span><br /><b>{lead.name}</b><br /><ReachLine reach={reachOf(lead)} /></span>
            <Button onClick={() => { change({ leadUnitId: '' }); }}>{t('issue.form.change')}</Button>
          </div>
        )}
      <NoteBox key={String(isPicked)} label={t('issue.form.note')} text={textOf(given, 'note')} rows={2} autoFocus={isPicked} onChange={note => { change({ note }); }} />
    </>
  );
}
