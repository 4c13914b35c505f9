import type { PolicyPack } from '../../../contract/policy/pack.ts';
import { DUTY_LIMIT_NAMES, wholeDuty } from '../../../contract/policy/rosters.ts';
import { useT } from '../../strings/text.ts';
import { dutyLimitWords, establishmentWords } from './duty-rule-words.ts';
import { Source } from './source.tsx';

/** Establishment of each desk and the rules of hours and rest, each limit with its source; of a pack that says nothing of them, what is proposed. */
export function DutyRules({ pack }: { pack: PolicyPack }) {
  const t = useT();
  const { establishment, profiles } = wholeDuty(pack);
  return (
    <section aria-label={t('dutyRules.title')}>
      <h2>{t('dutyRules.title')}</h2>
      <table>
        <thead><tr><th scope="col">{t('dutyRules.place')}</th><th scope="col">{t('dutyRules.establishment')}</th><th scope="col">{t('policy.source')}</th></tr></thead>
        <tbody>{establishment.map(({ source, ...one }, at) => <tr key={at}><th scope="row">{t(`dutyRules.desk.${one.desk}`)}</th><td>{establishmentWords(t, one)}</td><td><Source source={source} /></td></tr>)}</tbody>
      </table>
      {profiles.map(({ profile, limits }) => (
        <table key={profile}>
          <thead><tr><th scope="col">{profile} · {t(`dutyRules.profile.${profile}`)}</th><th scope="col">{t('policy.value')}</th><th scope="col">{t('policy.source')}</th></tr></thead>
          <tbody>
            {DUTY_LIMIT_NAMES.map(name => {
              const limit = limits.find(one => one.limit === name);
              return <tr key={name}><th scope="row">{t(`dutyRules.limit.${name}`)}</th><td>{dutyLimitWords(t, name, limit)}</td><td>{limit !== undefined && <Source source={limit.source} />}</td></tr>;
            })}
          </tbody>
        </table>
      ))}
    </section>
  );
}
