import { useState } from 'react';
import type { Issue } from '../../../contract/issue.ts';
import { useLive } from '../../live-query.ts';
import { phoneOf, pointOf } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';
import { UnitPicker } from './unit-picker.tsx';

const CO_UNITS_MAX = 12;

/** Sends the record to a lead unit (chủ trì) and units that work with it. Q3.6: handling units only. `issue.dispatch`: life first, before anyone has verified it. */
export function ForwardForm({ issue, action, ...end }: FormEnd & { issue: Issue; action: 'issue.forward' | 'issue.dispatch' }) {
  const t = useT();
  const text = useRemembered<{ leadUnitId: string | null; coUnitIds: string[]; note: string }>(issue.id, action, { leadUnitId: null, coUnitIds: [], note: '' });
  const { fields, change } = text;
  const units = useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true })).data ?? [];
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? [];
  const from = pointOf(issue.place, areas);
  const [isAdding, setAdding] = useState(false);
  const [isPicked, setPicked] = useState(false);
  const suggested = issue.state === 'returned' ? units.find(unit => unit.id === issue.returned?.suggestedUnitId) : undefined;
  const lead = units.find(unit => unit.id === fields.leadUnitId);
  const rest = units.filter(unit => unit.id !== fields.leadUnitId && !fields.coUnitIds.includes(unit.id));
  const verb = t(issue.class === 'incident' ? 'issue.dispatch' : 'domain.act.issue.forward');
  return (
    <FormShell issue={issue} action={action} title={verb} verb={verb} problem={fields.leadUnitId === null ? t('issue.form.chooseUnit') : null} payload={() => fields} text={text} {...end}>
      {lead === undefined && suggested !== undefined && <div><Button kind="outline" onClick={() => { change({ leadUnitId: suggested.id }); setPicked(true); }}>{t('steps.suggests', { unit: suggested.name })}</Button></div>}
      {lead === undefined
        ? <UnitPicker label={t('issue.form.lead')} units={rest} issue={issue} from={from} isFirst onPick={unit => { change({ leadUnitId: unit.id }); setPicked(true); }} />
        : (
          <div className="chosen">
            <span><span className="muted">{t('issue.form.lead')}</span><br /><b>{lead.name}</b><br />
              {lead.focalPoint !== null && <span>{t('issue.form.focal')}: {lead.focalPoint.name} · {phoneOf(lead) ?? t('intake.units.noPhone')}</span>}
            </span>
            <Button onClick={() => { change({ leadUnitId: null }); }}>{t('issue.form.change')}</Button>
          </div>
        )}
      {lead !== undefined && lead.focalPoint === null && <NobodyAccepts phone={phoneOf(lead)} />}
      {fields.coUnitIds.map(id => (
        <div key={id} className="chosen">
          <span><span className="muted">{t('issue.form.co')}</span><br />{units.find(unit => unit.id === id)?.name ?? t('app.unknown')}</span>
          <Button onClick={() => { change({ coUnitIds: fields.coUnitIds.filter(other => other !== id) }); }}>{t('issue.form.remove')}</Button>
        </div>
      ))}
      {lead !== undefined && (isAdding
        ? <UnitPicker label={t('issue.form.co')} units={rest} issue={issue} from={from} onPick={unit => { change({ coUnitIds: [...fields.coUnitIds, unit.id] }); setAdding(false); }} />
        : fields.coUnitIds.length < CO_UNITS_MAX && <div><Button onClick={() => { setAdding(true); }}>{t('issue.form.addCo')}</Button></div>)}
      <NoteBox key={String(isPicked)} label={t('issue.form.note')} text={fields.note} rows={2} autoFocus={isPicked} onChange={note => { change({ note }); }} />
    </FormShell>
  );
}

/** Q13.5: such a unit can still be sent out by telephone, but only by someone who knows that nobody there sees the record. */
function NobodyAccepts({ phone }: { phone: string | null }) {
  const t = useT();
  return (
    <Notice tone="warning" title={t('issue.form.nobodyAccepts')}>
      {phone === null ? t('issue.form.callNoNumber') : t('issue.form.callThem', { phone })} {t('issue.form.orAnother')}
    </Notice>
  );
}
