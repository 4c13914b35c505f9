import { hoursFigure } from '../../../contract/policy/readings.ts';
import { BINDINGS, DUTY_LIMIT_NAMES, type DutyLimit, type DutyLimitName, type Establishment } from '../../../contract/policy/rosters.ts';
import { isKnown } from '../../../contract/words.ts';
import type { t as translate } from '../../strings/text.ts';

type Translate = typeof translate;

/** Whether a limit is a span, in minutes, and not a number of days. */
export function isSpan(limit: DutyLimitName): boolean {
  return limit === 'restMinutes' || limit === 'weekMinutes';
}

/** What a limit is called. A word that only a newer version knows stands for itself. */
export function dutyLimitName(t: Translate, limit: DutyLimitName): string {
  return isKnown(DUTY_LIMIT_NAMES, limit) ? t(`dutyRules.limit.${limit}`) : limit;
}

/** "12 giờ (luật)", "6 ngày (quy định nội bộ)", or that there is none. */
export function dutyLimitWords(t: Translate, limit: DutyLimitName, value: Pick<DutyLimit, 'value' | 'binds'> | null | undefined): string {
  if (value === null || value === undefined) return t('policy.noLimit');
  const amount = isKnown(DUTY_LIMIT_NAMES, limit) ? t(`dutyRules.amount.${limit}`, { n: isSpan(limit) ? hoursFigure(value.value) : value.value }) : String(value.value);
  return t('dutyRules.withBinding', { amount, binds: isKnown(BINDINGS, value.binds) ? t(`dutyRules.bindsOf.${value.binds}`) : value.binds });
}

/** "4 người, 1 người không ngồi tại chỗ, 1 chỗ mỗi ca, giờ làm việc" */
export function establishmentWords(t: Translate, { people, offSite, seats, hours }: Omit<Establishment, 'desk' | 'source'>): string {
  return [t('dutyRules.peopleWords', { n: people }), offSite === 0 ? '' : t('dutyRules.offSiteWords', { n: offSite }), t('dutyRules.seatsWords', { n: seats }), t(`dutyRules.hoursOf.${hours}`)].filter(words => words !== '').join(', ');
}

/** What the value at a path of the rosters of a pack is called. */
export function dutyPathLabel(t: Translate, { establishment, profiles }: { establishment: readonly Establishment[]; profiles: readonly { profile: string; limits: readonly DutyLimit[] }[] }, path: string): string {
  const [, group, at = '', field = '', row = ''] = path.split('.');
  if (group === 'establishment') {
    const desk = establishment[Number(at)]?.desk;
    return desk === undefined ? t('dutyRules.establishment') : `${t('dutyRules.establishment')} · ${t(`dutyRules.desk.${desk}`)}`;
  }
  const one = profiles[Number(at)];
  const limit = (row === '' ? undefined : one?.limits[Number(row)]?.limit) ?? DUTY_LIMIT_NAMES.find(name => name === row);
  return [one?.profile ?? t('dutyRules.profiles'), field === 'limits' && limit !== undefined ? dutyLimitName(t, limit) : ''].filter(words => words !== '').join(' · ');
}
