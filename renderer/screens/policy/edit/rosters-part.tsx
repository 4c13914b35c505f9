import { dutyLimitAgain, isHeldAt, withDutyLimit } from '../../../../contract/policy/draft.ts';
import { hoursFigure, readSpan } from '../../../../contract/policy/readings.ts';
import { BINDINGS, DUTY_LIMIT_NAMES, wholeDuty, type DutyLimit, type DutyLimitName, type DutyProfile, type Establishment } from '../../../../contract/policy/rosters.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { dutyLimitWords, establishmentWords, isSpan } from '../duty-rule-words.ts';
import { Back, Cell, CountCell, Said, SourceCell } from './cells.tsx';
import { useEdit } from './editing.ts';

/** Establishment (định biên; Đ.8, Đ.12) and the rules of hours and rest that rosters are held against. */
export function RostersPart() {
  const t = useT();
  const { draft } = useEdit();
  const { establishment, profiles } = wholeDuty(draft.pack);
  return (
    <>
      <p className="muted">{t('dutyRules.lead')} {t('policyEdit.sourceHelp')}</p>
      <h3>{t('dutyRules.establishment')}</h3>
      <table>
        <thead><tr><th scope="col">{t('dutyRules.place')}</th><th scope="col">{t('dutyRules.people')}</th><th scope="col">{t('dutyRules.offSite')}</th><th scope="col">{t('dutyRules.seats')}</th><th scope="col">{t('dutyRules.hours')}</th><th scope="col">{t('policy.source')}</th><th /></tr></thead>
        <tbody>{establishment.map((one, at) => <EstablishmentRow key={one.desk} at={at} one={one} />)}</tbody>
      </table>
      {profiles.map((one, at) => <ProfileTable key={one.profile} at={at} one={one} />)}
    </>
  );
}

function EstablishmentRow({ at, one }: { at: number; one: Establishment }) {
  const t = useT();
  const { draft, origin, type, restore } = useEdit();
  const path = `rosters.establishment.${String(at)}`;
  const what = t(`dutyRules.desk.${one.desk}`);
  const old = wholeDuty(origin).establishment.find(({ desk }) => desk === one.desk);
  return (
    <tr>
      <th scope="row">{what}</th>
      <td><CountCell path={`${path}.people`} label={`${what}: ${t('dutyRules.people')}`} unit="" /></td>
      <td><CountCell path={`${path}.offSite`} label={`${what}: ${t('dutyRules.offSite')}`} unit="" /></td>
      <td><CountCell path={`${path}.seats`} label={`${what}: ${t('dutyRules.seats')}`} unit="" /></td>
      <td>
        <select className="input sm" data-path={`${path}.hours`} aria-label={`${what}: ${t('dutyRules.hours')}`} value={one.hours} onChange={event => { type(`${path}.hours`, '', { value: event.target.value }); }}>
          <option value="around">{t('dutyRules.hoursOf.around')}</option><option value="working">{t('dutyRules.hoursOf.working')}</option>
        </select>
      </td>
      <td><SourceCell path={`${path}.source`} what={`${t('dutyRules.establishment')} ${what}`} shown={one.source} /></td>
      <td>{old !== undefined && <Back isChanged={isHeldAt(draft, path) || faceOf(old) !== faceOf(one)} words={establishmentWords(t, old)} onBack={() => { restore({ [path]: old }); }} />}</td>
    </tr>
  );
}

function ProfileTable({ at, one: { profile, limits } }: { at: number; one: DutyProfile }) {
  const t = useT();
  return (
    <>
      <h3>{profile} · {t(`dutyRules.profile.${profile}`)}</h3>
      <table className="duty-limits">
        <thead><tr><th scope="col">{t('policy.rule')}</th><th scope="col">{t('policy.value')}</th><th scope="col">{t('dutyRules.binds')}</th><th scope="col">{t('policy.source')}</th><th /></tr></thead>
        <tbody>{DUTY_LIMIT_NAMES.map(name => <LimitRow key={name} at={at} profile={profile} name={name} limits={limits} />)}</tbody>
      </table>
    </>
  );
}

/** A limit of a profile; one that was taken away stays in its place, to be put back. */
function LimitRow({ at, profile, name, limits }: { at: number; profile: DutyProfile['profile']; name: DutyLimitName; limits: readonly DutyLimit[] }) {
  const t = useT();
  const { draft, origin, edit, type } = useEdit();
  const label = t(`dutyRules.limit.${name}`), what = `${profile} ${label}`;
  const place = limits.findIndex(({ limit }) => limit === name), limit = limits[place];
  const base = `rosters.profiles.${String(at)}.limits`, path = `${base}.${String(place)}`;
  const old = wholeDuty(origin).profiles.find(one => one.profile === profile)?.limits.find(one => one.limit === name) ?? null;
  const set = (next: DutyLimit | null): void => { edit(now => withDutyLimit(now, at, name, next), `${base}.${name} ${next === null ? 'gone' : 'back'}`); };
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{limit === undefined ? <><span className="muted" tabIndex={-1} data-path={`${base}.${name}`}>{t('policy.noLimit')}</span><Said path={`${base}.${name}`} /></> : isSpan(name) ? <HoursCell path={`${path}.value`} label={what} minutes={limit.value} /> : <CountCell path={`${path}.value`} label={what} unit={t(`dutyRules.unit.${name}`)} />}</td>
      <td>
        {limit !== undefined && (
          <select className="input sm" aria-label={`${what}: ${t('dutyRules.binds')}`} value={limit.binds} onChange={event => { type(`${path}.binds`, '', { value: event.target.value }); }}>
            {BINDINGS.map(binds => <option key={binds} value={binds}>{t(`dutyRules.bindsOf.${binds}`)}</option>)}
          </select>
        )}
      </td>
      <td>{limit !== undefined && <SourceCell path={`${path}.source`} what={what} shown={limit.source} />}</td>
      <td><span className="line">
        <Back isChanged={faceOf(old) !== faceOf(limit ?? null) || (limit !== undefined && isHeldAt(draft, path))} words={dutyLimitWords(t, name, old)} onBack={() => { set(old); }} />
        {limit === undefined
          ? <Button kind="quiet" label={t('dutyRules.againOf', { what })} onClick={() => { set(dutyLimitAgain(origin, profile, name)); }}>{t('dutyRules.again')}</Button>
          : <Button kind="quiet" label={t('dutyRules.dropOf', { what })} onClick={() => { set(null); }}>{t('dutyRules.drop')}</Button>}
      </span></td>
    </tr>
  );
}

/** A span that is always said in hours: a week of 48 hours is not two days. */
function HoursCell({ path, label, minutes }: { path: string; label: string; minutes: number }) {
  const t = useT();
  const unit = t('dutyRules.unit.weekMinutes');
  return (
    <span className="with-unit"><Cell path={path} label={label} shown={hoursFigure(minutes)} wrong="dutyRules.unfitHours" bound={limit => `${hoursFigure(limit)} ${unit}`} className="short"
      read={text => { const read = readSpan(text, 'hours', null); return read === null ? null : { value: read }; }} /><span>{unit}</span></span>
  );
}

const faceOf = (one: DutyLimit | Establishment | null): string => JSON.stringify(one === null ? null : Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
