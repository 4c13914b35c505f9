import type { Issue } from '../../../contract/issue.ts';
import { addresseesOf, goesToOf } from '../../../contract/policy/addressees.ts';
import type { PolicyPack } from '../../../contract/policy/pack.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';

/** Whom a step goes to beyond unit and centre, each with the number to call; that there is nobody, or no number, is said. Nothing for a step that goes no further. */
export function LadderAddressees({ issue, level, pack }: { issue: Pick<Issue, 'siteId'>; level: number; pack: PolicyPack }) {
  const t = useT();
  const step = pack.ladder.find(one => one.level === level);
  const goesTo = step === undefined ? null : goesToOf(step);
  const units = useLive(['directory.units', '', false], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: false }), { enabled: goesTo !== null }).data;
  const sites = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({}), { enabled: goesTo !== null }).data;
  if (goesTo === null || units === undefined || sites === undefined) return null;
  const all = addresseesOf(goesTo, issue.siteId, { units, sites }, clock.nowMs);
  if (all.length === 0) return <p className="addressees">{t('steps.ladderNobody', { level })}</p>;
  return (
    <div className="addressees">{t('steps.ladderGoesTo', { level })}
      <ul>{all.map(({ title, name, phone }, at) => <li key={at}>{[title, name].filter(text => text !== '').join(' · ')} – {phone === null ? t('steps.ladderNoPhone') : <b>{phone}</b>}</li>)}</ul>
    </div>
  );
}
