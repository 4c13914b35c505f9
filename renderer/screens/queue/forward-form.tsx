import { useState } from 'react';
import { focalAt, type Reach } from '../../../contract/focal.ts';
import type { Issue } from '../../../contract/issue.ts';
import { needsShiftLead } from '../../../contract/mutations/workflow.ts';
import type { Unit } from '../../../contract/org.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { pointOf } from '../../nearest-units.ts';
import { usePolicy } from '../../policy.ts';
import { ReachLine } from '../../reach-line.tsx';
import { useReach } from '../../reach.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';
import { returnsOf } from './rank-units.ts';
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
  const returns = returnsOf(issue);
  const reachOf = useReach();
  const { roles } = useSession();
  const pack = usePolicy().of(issue.policyId, issue.receivedAtMs);
  const [isAdding, setAdding] = useState(false);
  const [isPicked, setPicked] = useState(false);
  const suggested = issue.state === 'returned' ? units.find(unit => unit.id === issue.returned?.suggestedUnitId) : undefined;
  const lead = units.find(unit => unit.id === fields.leadUnitId);
  const rest = units.filter(unit => unit.id !== fields.leadUnitId && !fields.coUnitIds.includes(unit.id));
  const isHeld = lead !== undefined && needsShiftLead(issue, lead, { actor: { roles }, pack, atMs: clock.nowMs });
  const problem = fields.leadUnitId === null ? t('issue.form.chooseUnit') : isHeld ? t('reach.onlyShiftLead') : null;
  const verb = t(issue.class === 'incident' ? 'issue.dispatch' : 'domain.act.issue.forward');
  return (
    <FormShell issue={issue} action={action} title={verb} verb={verb} problem={problem} payload={() => fields} text={text} {...end}>
      {lead === undefined && suggested !== undefined && <div><Button kind="outline" onClick={() => { change({ leadUnitId: suggested.id }); setPicked(true); }}>{t('steps.suggests', { unit: suggested.name })}</Button></div>}
      {lead === undefined
        ? <UnitPicker label={t('issue.form.lead')} units={rest} issue={issue} from={from} isFirst returns={returns} onPick={unit => { change({ leadUnitId: unit.id }); setPicked(true); }} />
        : (
          <div className="chosen">
            <span><span className="muted">{t('issue.form.lead')}</span><br /><b>{lead.name}</b><br />
              <ReachLine reach={reachOf(lead)} />
            </span>
            <Button onClick={() => { change({ leadUnitId: null }); }}>{t('issue.form.change')}</Button>
          </div>
        )}
      {lead !== undefined && focalAt(lead, clock.nowMs) === null && <WithoutFocal unit={lead} reach={reachOf(lead)} isHeld={isHeld} />}
      {fields.coUnitIds.map(id => (
        <div key={id} className="chosen">
          <span><span className="muted">{t('issue.form.co')}</span><br />{units.find(unit => unit.id === id)?.name ?? t('app.unknown')}</span>
          <Button onClick={() => { change({ coUnitIds: fields.coUnitIds.filter(other => other !== id) }); }}>{t('issue.form.remove')}</Button>
        </div>
      ))}
      {lead !== undefined && (isAdding
        ? <UnitPicker label={t('issue.form.co')} units={rest} issue={issue} from={from} isOptional returns={returns} onPick={unit => { change({ coUnitIds: [...fields.coUnitIds, unit.id] }); setAdding(false); }} />
        : fields.coUnitIds.length < CO_UNITS_MAX && <div><Button onClick={() => { setAdding(true); }}>{t('issue.form.addCo')}</Button></div>)}
      <NoteBox key={String(isPicked)} label={t('issue.form.note')} text={fields.note} rows={2} autoFocus={isPicked} onChange={note => { change({ note }); }} />
    </FormShell>
  );
}

/** Q13.5: what no focal point receives falls to the head of the unit; without one it can still be sent out by telephone, by the shift lead. */
function WithoutFocal({ unit: { head }, reach, isHeld }: { unit: Unit; reach: Reach; isHeld: boolean }) {
  const t = useT();
  const name = head?.name ?? '';
  if (isHeld) return <Notice tone="warning" title={t('reach.onlyShiftLead')}>{t('issue.form.orAnother')}</Notice>;
  return (
    <Notice tone="warning" title={name === '' ? t('issue.form.nobodyAccepts') : t('reach.fallsToHead', { name })}>
      {reach.phone === null ? t('issue.form.callNoNumber') : t(name === '' ? 'issue.form.callThem' : 'reach.headTakes', { phone: reach.phone })} {t('issue.form.orAnother')}
    </Notice>
  );
}
