import { SERVICES } from '../../../../contract/org.ts';
import { SEVERITIES } from '../../../../contract/issue.ts';
import { isHeldAt, withCategory, withDay, withHours, without } from '../../../../contract/policy/draft.ts';
import type { Category, PolicyPack } from '../../../../contract/policy/pack.ts';
import { dayText, hoursText, readDay, readHours } from '../../../../contract/policy/readings.ts';
import { usePolicy } from '../../../policy.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock } from '../../../ui/clock.ts';
import { weekdayWords } from '../value-words.ts';
import { Back, Cell, Said, SourceCell, TextCell } from './cells.tsx';
import { useEdit } from './editing.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Days of the week and hours that are worked. */
export function CalendarPart() {
  const t = useT();
  const { draft, origin, type, edit, restore } = useEdit();
  const { weekdays, spans, source } = draft.pack.calendar;
  return (
    <div className="about">
      <div className="row"><span>{t('policyEdit.weekdays')}</span>
        <span className="line">
          <span className="some" role="group" aria-label={t('policyEdit.weekdays')}>
            {WEEKDAYS.map(day => (
              <label key={day}><input type="checkbox" {...(day === 1 ? { 'data-path': 'calendar.weekdays' } : {})} checked={weekdays.includes(day)} disabled={weekdays.length === 1 && weekdays.includes(day)}
                onChange={event => { type('calendar.weekdays', '', { value: WEEKDAYS.filter(one => (one === day ? event.target.checked : weekdays.includes(one))) }); }} /> {t(`frame.weekday.d${String(day) as `${typeof day}`}`)}</label>
            ))}
          </span>
          <Back isChanged={JSON.stringify(weekdays) !== JSON.stringify(origin.calendar.weekdays)} words={weekdayWords(t, origin.calendar.weekdays)} onBack={() => { restore({ 'calendar.weekdays': origin.calendar.weekdays }); }} />
        </span>
      </div>
      <div className="row"><span>{t('policyEdit.hours')}</span>
        <span>
          <span className="line">
            <Cell path="calendar.spans" label={t('policyEdit.hours')} shown={hoursText(spans)} wrong="policyEdit.unfit.hours" className="hours" read={text => { const read = readHours(text); return read === null ? null : { value: read }; }}
              onLeave={text => { const read = readHours(text); if (read !== null) edit(now => withHours(now, read), 'calendar.spans'); }} />
            <Back isChanged={JSON.stringify(spans) !== JSON.stringify(origin.calendar.spans)} words={hoursText(origin.calendar.spans)} onBack={() => { edit(now => withHours(now, origin.calendar.spans), 'calendar.spans back'); }} />
          </span>
          <span className="muted">{t('policyEdit.hoursHint')}</span>
        </span>
      </div>
      <div className="row"><span>{t('policyEdit.calendarSource')}</span><span><SourceCell path="calendar.source" what={t('policy.calendar')} shown={source} /></span></div>
    </div>
  );
}

/** Holidays, and days that are worked instead. */
export function DaysPart() {
  const t = useT();
  const { draft, edit } = useEdit();
  const { days } = draft.pack.calendar;
  return (
    <>
      <p className="line"><Button size="md" onClick={() => { edit(now => withDay(now, clock.exactMs), `day ${String(days.length)}`); focusSoon(`calendar.days.${String(days.length)}.date`); }}>{t('policyEdit.addDay')}</Button><span className="muted">{t('policyEdit.sourceHelp')}</span></p>
      {days.length === 0 && <p>{t('policyEdit.noDays')}</p>}
      {days.length > 0 && (
        <table>
          <thead><tr><th scope="col">{t('policyEdit.date')}</th><th scope="col">{t('policyEdit.dayName')}</th><th scope="col">{t('policyEdit.dayKind')}</th><th scope="col">{t('policy.source')}</th><th /></tr></thead>
          <tbody>{days.map((day, at) => ({ day, at })).toReversed().map(({ day, at }) => <DayRow key={at} at={at} day={day} />)}</tbody>
        </table>
      )}
    </>
  );
}

/** The field of a row that has only just been made is there with the next picture. */
function focusSoon(path: string): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>(`[data-path="${path}"]`);
    field?.focus();
    field?.select();
  });
}

function DayRow({ at, day }: { at: number; day: PolicyPack['calendar']['days'][number] }) {
  const t = useT();
  const { draft, origin, type, edit, restore } = useEdit();
  const path = `calendar.days.${String(at)}`;
  const shown = dayText(day.date);
  const old = origin.calendar.days.find(one => one.date === day.date);
  return (
    <tr>
      <td><Cell path={`${path}.date`} label={`${shown}: ${t('policyEdit.date')}`} shown={shown} wrong="policyEdit.unfit.day" className="date" read={text => { const date = readDay(text); return date === null ? null : { value: date }; }} /></td>
      <td><TextCell path={`${path}.name`} label={`${shown}: ${t('policyEdit.dayName')}`} /></td>
      <td>
        <select className="input sm" data-path={`${path}.working`} aria-label={`${shown}: ${t('policyEdit.dayKind')}`} value={day.working ? 'made' : 'off'} onChange={event => { type(`${path}.working`, '', { value: event.target.value === 'made' }); }}>
          <option value="off">{t('policy.off')}</option><option value="made">{t('policy.made')}</option>
        </select>
        <Said path={`${path}.working`} />
      </td>
      <td><SourceCell path={`${path}.source`} what={shown} shown={day.source ?? null} /></td>
      <td><span className="line">
        <Back isChanged={old !== undefined && (isHeldAt(draft, path) || JSON.stringify(old) !== JSON.stringify({ ...day, ...(old.source === undefined && day.source === null ? { source: undefined } : {}) }))} words={`${old?.name ?? ''} (${t(old?.working === true ? 'policy.made' : 'policy.off')})`} onBack={() => { restore({ [path]: old }); }} />
        <Button kind="quiet" label={t('policyEdit.removeDay', { what: `${shown} ${day.name}` })} onClick={() => { edit(now => without(now, 'calendar.days', at), `${path} gone`); }}>✕</Button>
      </span></td>
    </tr>
  );
}

/** Kinds of events: those that have been issued are retired, never removed, since records carry them. */
export function CategoriesPart() {
  const t = useT();
  const { draft, origin, edit } = useEdit();
  const { all } = usePolicy();
  const { categories } = draft.pack;
  const known = new Set([...all, origin].flatMap(pack => pack.categories.map(one => one.code)));
  return (
    <>
      <p className="line"><Button size="md" onClick={() => { edit(now => withCategory(now, [...known]), `category ${String(categories.length)}`); focusSoon(`categories.${String(categories.length)}.vi`); }}>{t('policyEdit.addKind')}</Button><span className="muted">{t('policyEdit.kindsHelp')}</span></p>
      <table className="kinds">
        <thead><tr>
          <th scope="col">{t('policyEdit.kindVi')}, {t('policyEdit.kindEn')}</th><th scope="col">{t('policyEdit.services')}, {t('policyEdit.kindClass')}</th>
          <th scope="col">{t('policyEdit.kindLevel')}</th><th scope="col">{t('policyEdit.kindFamily')}</th><th scope="col">{t('policyEdit.evidence')}</th><th scope="col">{t('policyEdit.retired')}</th><th scope="col">{t('policy.source')}</th><th />
        </tr></thead>
        <tbody>{categories.map((one, at) => ({ one, at })).toReversed().sort((a, b) => Number(known.has(a.one.code)) - Number(known.has(b.one.code)) || (known.has(a.one.code) ? a.at - b.at : 0)).map(({ one, at }) => <CategoryRow key={one.code} at={at} one={one} isKnown={known.has(one.code)} />)}</tbody>
      </table>
    </>
  );
}

function CategoryRow({ at, one, isKnown }: { at: number; one: Category; isKnown: boolean }) {
  const t = useT();
  const { draft, origin, type, edit, restore } = useEdit();
  const path = `categories.${String(at)}`;
  const name = one.vi === '' ? one.code : one.vi;
  const old = origin.categories.find(before => before.code === one.code);
  const flag = (field: 'evidence' | 'retired', label: string) => (
    <td className="flag"><input type="checkbox" data-path={`${path}.${field}`} aria-label={`${name}: ${label}`} checked={one[field] === true} onChange={event => { type(`${path}.${field}`, '', { value: event.target.checked ? true : undefined }); }} /><Said path={`${path}.${field}`} /></td>
  );
  const incident = one.services.some(service => service !== '1022' && service !== 'field');
  const issue = one.services.some(service => service === '1022' || service === 'field');
  const face = (category: Category): string => JSON.stringify(Object.entries(category).filter(([, value]) => value !== undefined && value !== null).sort());
  return (
    <tr className={one.retired === true ? 'retired' : undefined}>
      <td><TextCell path={`${path}.vi`} label={`${one.code}: ${t('policyEdit.kindVi')}`} />
        <TextCell path={`${path}.en`} label={`${name}: ${t('policyEdit.kindEn')}`} placeholder={t('policyEdit.kindEn')} /></td>
      <td><span className="some" role="group" aria-label={`${name}: ${t('policyEdit.services')}`}>
        {SERVICES.map((service, i) => (
          <label key={service}><input type="checkbox" {...(i === 0 ? { 'data-path': `${path}.services` } : {})} checked={one.services.includes(service)}
            onChange={event => { type(`${path}.services`, '', { value: SERVICES.filter(other => (other === service ? event.target.checked : one.services.includes(other))) }); }} /> {t(`domain.service.${service}`)}</label>
        ))}</span>
        <span className="muted">{incident && issue ? t('policyEdit.bothClasses') : incident ? t('domain.class.incident') : issue ? t('domain.class.issue') : t('policyEdit.noClass')} · {one.code}</span>
        <Said path={`${path}.services`} /><Said path={`${path}.code`} />
      </td>
      <td>
        <select className="input sm" aria-label={`${name}: ${t('policyEdit.kindLevel')}`} value={one.severity ?? ''} onChange={event => { type(`${path}.severity`, '', { value: event.target.value === '' ? undefined : event.target.value }); }}>
          <option value="">{t('policyEdit.noLevel')}</option>
          {SEVERITIES.map(severity => <option key={severity} value={severity}>{severity}</option>)}
        </select>
      </td>
      <td><TextCell path={`${path}.family`} label={`${name}: ${t('policyEdit.kindFamily')}`} optional /></td>
      {flag('evidence', t('policyEdit.evidence'))}
      {flag('retired', t('policyEdit.retired'))}
      <td><SourceCell path={`${path}.source`} what={name} shown={one.source ?? null} /></td>
      <td>
        {isKnown ? <Back isChanged={old !== undefined && (isHeldAt(draft, path) || face(old) !== face(one))} words={old?.vi ?? ''} onBack={() => { restore({ [path]: old }); }} />
          : <Button kind="quiet" label={t('policyEdit.removeKind', { what: name })} onClick={() => { edit(now => without(now, 'categories', at), `${path} gone`); }}>✕</Button>}
      </td>
    </tr>
  );
}
