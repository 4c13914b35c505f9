import { without } from '../../../../contract/policy/draft.ts';
import type { GoesTo, LadderStep } from '../../../../contract/policy/pack.ts';
import { useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { unitKindWords } from '../../../unit-kind-words.ts';
import { SourceCell, TextCell } from './cells.tsx';
import { useEdit } from './editing.ts';

const NOWHERE: GoesTo = { unitKinds: [], units: [], people: [], source: null };
const MOST = 20;

/** Whom a step of the ladder goes to beyond unit and centre: units by kind or name, and people by name. */
export function GoesToCell({ at, step, name }: { at: number; step: LadderStep; name: string }) {
  const t = useT();
  const { type } = useEdit();
  const path = `ladder.${String(at)}.goesTo`;
  const put = (value: GoesTo | undefined): void => { type(path, '', { value }); };
  const { goesTo } = step;
  if (goesTo === undefined) return <span className="line"><Button onClick={() => { put(NOWHERE); }}>{t('policyEdit.goesTo.add')}</Button></span>;
  return (
    <div className="goes-to" role="group" aria-label={`${name}: ${t('policyEdit.goesTo.lead')}`}>
      <span className="line"><b>{t('policyEdit.goesTo.lead')}</b>{goesTo.unitKinds.length + goesTo.units.length + goesTo.people.length === 0 && <Button kind="quiet" onClick={() => { put(undefined); }}>{t('policyEdit.goesTo.drop')}</Button>}</span>
      <Units goesTo={goesTo} put={put} />
      {goesTo.people.map((_person, index) => (
        <span key={index} className="line">
          {(['title', 'name', 'phone'] as const).map(field => <TextCell key={field} path={`${path}.people.${String(index)}.${field}`} label={`${name}: ${t(`policyEdit.goesTo.${field}`)} ${String(index + 1)}`} placeholder={t(`policyEdit.goesTo.${field}`)} className="moment" />)}
          <PersonOut at={at} index={index} />
        </span>
      ))}
      {goesTo.people.length < MOST && <span className="line"><Button onClick={() => { put({ ...goesTo, people: [...goesTo.people, { title: '', name: '', phone: '' }] }); }}>{t('policyEdit.goesTo.addPerson')}</Button></span>}
      <span className="line"><span>{t('policyEdit.goesTo.source')}</span><SourceCell path={`${path}.source`} what={`${name}: ${t('policyEdit.goesTo.lead')}`} shown={goesTo.source} /></span>
    </div>
  );
}

function PersonOut({ at, index }: { at: number; index: number }) {
  const t = useT();
  const { edit } = useEdit();
  return <Button kind="quiet" label={t('policyEdit.goesTo.removePerson', { n: index + 1 })} onClick={() => { edit(now => without(now, `ladder.${at}.goesTo.people`, index), `ladder.${String(at)}.goesTo.people.${String(index)} gone`); }}>✕</Button>;
}

/** Kinds and units of the directory; those that are chosen stay to be seen where it has them no more. */
function Units({ goesTo, put }: { goesTo: GoesTo; put: (value: GoesTo) => void }) {
  const t = useT();
  const units = useLive(['directory.units', '', false], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: false })).data ?? [];
  const kinds = [...new Set([...units.map(unit => unit.kind), ...goesTo.unitKinds])].sort();
  const others = units.filter(unit => !goesTo.units.includes(unit.id));
  return (
    <>
      <span className="line"><span>{t('policyEdit.goesTo.kinds')}</span>
        <span className="some" role="group" aria-label={t('policyEdit.goesTo.kinds')}>
          {kinds.map(kind => <label key={kind}><input type="checkbox" checked={goesTo.unitKinds.includes(kind)} disabled={!goesTo.unitKinds.includes(kind) && goesTo.unitKinds.length >= MOST}
            onChange={event => { put({ ...goesTo, unitKinds: kinds.filter(one => (one === kind ? event.target.checked : goesTo.unitKinds.includes(one))) }); }} /> {unitKindWords(t, kind) || kind}</label>)}
        </span>
      </span>
      <span className="line"><span>{t('policyEdit.goesTo.units')}</span>
        {goesTo.units.map(id => {
          const name = units.find(unit => unit.id === id)?.name ?? t('policyEdit.goesTo.unknown');
          return <span key={id} className="chosen-unit">{name} <Button kind="quiet" label={t('policyEdit.goesTo.removeUnit', { what: name })} onClick={() => { put({ ...goesTo, units: goesTo.units.filter(one => one !== id) }); }}>✕</Button></span>;
        })}
        {goesTo.units.length < MOST && (
          <select className="input sm" aria-label={t('policyEdit.goesTo.addUnit')} value="" onChange={event => { if (event.target.value !== '') put({ ...goesTo, units: [...goesTo.units, event.target.value] }); }}>
            <option value="">{t('policyEdit.goesTo.addUnit')}</option>
            {others.map(unit => <option key={unit.id} value={unit.id}>{unit.name}</option>)}
          </select>
        )}
      </span>
    </>
  );
}
