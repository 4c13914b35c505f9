import { areaNames } from '../../../contract/area-names.ts';
import type { IssueDetail } from '../../../contract/console.ts';
import { LIMITS, Severity, type Issue } from '../../../contract/issue.ts';
import { isErased } from '../../../contract/mutations/erase.ts';
import { useLive } from '../../live-query.ts';
import { isOffered, usePolicy } from '../../policy.ts';
import { parsePosition } from '../../position.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Choices } from '../../ui/choices.tsx';
import { Field } from '../../ui/field.tsx';
import { LineField } from '../../ui/line-field.tsx';
import { editChanges, type EditFields } from './edit-changes.ts';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';
import { PositionField, positionText } from './position-field.tsx';

function fieldsOf({ description, severity, category, place, reporter }: Issue): EditFields {
  return { description, severity, category, place, reporter };
}

/** `position`: as it has been typed; left out until it has been. */
type Written = { base: EditFields; now: EditFields; hasReporter: boolean; position?: string };

/** Corrects a record. What is sent is each change with the value it started from, so that nobody else's newer value is lost. */
export function EditForm({ detail: { issue, reporterMasked }, ...end }: FormEnd & { detail: IssueDetail }) {
  const t = useT();
  const language = useLanguage();
  const { categories } = usePolicy().of(issue.policyId, issue.receivedAtMs);
  const start = fieldsOf(issue);
  const text = useRemembered<Written>(issue.id, 'issue.edit', { base: start, now: start, hasReporter: false },
    written => Object.keys(editChanges(written.base, written.now, written.hasReporter)).length === 0 && parsePosition(written.position ?? '') !== 'unreadable');
  const { fields, change } = text;
  // A reporter that was masked when the form opened is taken as it is now; an edited one starts from what was shown then.
  const base = fields.hasReporter ? fields.base : { ...fields.base, reporter: start.reporter };
  const now = fields.hasReporter ? fields.now : { ...fields.now, reporter: start.reporter };
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? [];
  const sites = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({})).data ?? [];
  const namesOfAreas = areaNames(areas, sites);
  const set = (part: Partial<EditFields>, more: Pick<Written, 'position'> = {}) => { change({ base, now: { ...now, ...part }, ...more }); };
  const setPlace = (part: Partial<Issue['place']>) => { set({ place: { ...now.place, ...part } }); };
  const setReporter = (part: Partial<Issue['reporter']>) => { change({ base, now: { ...now, reporter: { ...now.reporter, ...part } }, hasReporter: true }); };
  const changes = editChanges(base, now, fields.hasReporter);
  const position = fields.position ?? positionText(now.place);
  const problem = now.description.trim() === '' ? t('errors.issue/field-required.what', { fieldWord: t('domain.field.description') }) : parsePosition(position) === 'unreadable' ? t('map.position.wrong') : Object.keys(changes).length === 0 ? t('errors.issue/nothing-changed.what') : null;
  return (
    <FormShell issue={issue} action="issue.edit" title={t('domain.act.issue.edit')} verb={t('app.save')} problem={problem}
      choose={{ count: Severity.options.length, take: index => { set({ severity: Severity.options[index] ?? now.severity }); }, thenNext: false }} payload={() => ({ fields: changes })} text={text} {...end}>
      <NoteBox label={t('domain.field.description')} text={now.description} rows={4} limit={LIMITS.description} isFirst onChange={description => { set({ description }); }} />
      <div className="field"><span className="label">{t('domain.field.severity')}</span>
        <Choices label={t('domain.field.severity')} value={now.severity} onChange={severity => { set({ severity }); }} options={Severity.options.map(value => ({ value, label: `${value} ${t(`domain.severity.${value}`)}` }))} />
      </div>
      <Field label={t('domain.field.category')}>
        {control => (
          <select {...control} className="input" value={now.category} onChange={event => { set({ category: event.target.value }); }}>
            {categories.filter(c => (isOffered(c) && c.services.includes(issue.service)) || c.code === now.category).map(c => <option key={c.code} value={c.code}>{c[language]}</option>)}
          </select>
        )}
      </Field>
      <LineField label={t('domain.field.place')} value={now.place.text} limit={LIMITS.placeText} onChange={text => { setPlace({ text }); }} />
      <Field label={t('issue.form.area')}>
        {control => (
          <select {...control} className="input" value={now.place.areaId ?? ''} onChange={event => { setPlace({ areaId: event.target.value === '' ? null : event.target.value }); }}>
            <option value="">{t('app.unknown')}</option>
            {areas.map(area => <option key={area.id} value={area.id}>{namesOfAreas.get(area.id)}</option>)}
          </select>
        )}
      </Field>
      <LineField label={t('issue.landmark')} value={now.place.landmark} limit={LIMITS.landmark} onChange={landmark => { setPlace({ landmark }); }} />
      <PositionField issue={issue} place={now.place} areas={areas} text={position}
        onChange={(typed, point) => { set(point === undefined ? {} : { place: { ...now.place, lat: point?.lat ?? null, lon: point?.lon ?? null } }, { position: typed }); }} />
      {(!reporterMasked || fields.hasReporter) && !now.reporter.anonymous && !isErased(issue) && (
        <>
          <LineField label={t('issue.form.reporterName')} value={now.reporter.name} limit={LIMITS.name} onChange={name => { setReporter({ name }); }} />
          <LineField label={t('issue.form.reporterPhone')} value={now.reporter.phone} limit={LIMITS.phone} onChange={phone => { setReporter({ phone }); }} />
        </>
      )}
    </FormShell>
  );
}
