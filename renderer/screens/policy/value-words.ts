import type { Role } from '../../../contract/org.ts';
import { goesToOf } from '../../../contract/policy/addressees.ts';
import { minutesOfDay } from '../../../contract/policy/calendar.ts';
import { clockRule, type Category, type LadderStep, type PolicyPack } from '../../../contract/policy/pack.ts';
import { REQUESTS_KEPT, saysRequestsKept, withProposed } from '../../../contract/policy/proposed.ts';
import { wholeDuty } from '../../../contract/policy/rosters.ts';
import { dayText, hoursText } from '../../../contract/policy/readings.ts';
import { ASKING_PATHS, askingAt, LIMIT_KINDS, LIMIT_PATHS, valueAt, type AskingPath, type LimitPath, type PolicyValue } from '../../../contract/policy/values.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { isKnown } from '../../../contract/words.ts';
import { roleWords } from '../../role-words.ts';
import type { Language, t as translate } from '../../strings/text.ts';
import { unitKindWords } from '../../unit-kind-words.ts';
import { dutyLimitName, dutyLimitWords, dutyPathLabel, establishmentWords } from './duty-rule-words.ts';
import { allowedWords, spanWords } from './spans.ts';

type Translate = typeof translate;
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A single value of a pack as people say it. */
export function limitWords(t: Translate, pack: PolicyPack, path: LimitPath): string {
  const value = valueAt(pack, path);
  const n = Number(value);
  switch (LIMIT_KINDS[path]) {
    case 'percent': return `${String(Math.round(n * 100))} %`;
    case 'around': return spanWords(t, n, null);
    case 'working': return spanWords(t, n, minutesOfDay(pack.calendar));
    case 'times': return t('policy.perTimes', { n });
    case 'days': return t('policy.days', { n });
    case 'daysOrNone': return value === null ? t('policy.noLimit') : t('policy.days', { n });
    case 'metres': return t('policy.metres', { n });
    case 'seconds': return t('policy.seconds', { n });
    case 'hours': return t('policy.hours', { n });
    case 'points': return t('policy.points', { n });
    case 'severities': return (value as string[]).join(', ') || t('policy.none');
    case 'reopenedBy': return t(`policy.reopenedBy.${value as PolicyPack['reopening']['by']}`);
  }
}

/** A single value of a pack as it was issued; what an older one does not say, though it acts by it, is said to be so. */
export function issuedLimitWords(t: Translate, issued: PolicyPack, path: LimitPath): string {
  return path === REQUESTS_KEPT && !saysRequestsKept(issued) ? t('policy.keptUnsaid') : limitWords(t, withProposed(issued), path);
}

/** When a step of the ladder is reached, and who is told by it. */
export function ladderWords(t: Translate, step: Omit<LadderStep, 'source'>): string {
  const { atShare, orOverdue, tells } = step;
  const goesTo = goesToOf(step);
  const when = t('policy.ladderAt', { share: Math.round(atShare * 100) }) + (orOverdue === undefined ? '' : t('policy.ladderOr', { n: orOverdue }));
  const kinds = goesTo === null ? [] : [...new Set(goesTo.unitKinds.map(kind => unitKindWords(t, kind) || kind))];
  const beyond = goesTo === null ? '' : [...goesTo.people.map(({ title, name, phone }) => [title, name, phone].filter(text => text !== '').join(' ')), ...(kinds.length === 0 ? [] : [t('policy.ladderKinds', { kinds: kinds.join(', ') })])].join(', ');
  return when + (tells.length === 0 ? '' : t('policy.ladderTells', { who: roleWords(t, tells as readonly Role[]) })) + (beyond === '' ? '' : t('policy.ladderGoesTo', { who: beyond }));
}

/** What a pack says of asking, as people say it. */
export function askingWords(t: Translate, language: Language, pack: PolicyPack, path: AskingPath): string {
  const value = askingAt(pack, path);
  if (typeof value === 'string') return value === '' ? t('policyEdit.empty') : value;
  const words = path === 'survey.asking.notCategories' ? value.map(code => pack.categories.find(one => one.code === code)?.[language] ?? code) : value;
  return words.length === 0 ? t('policy.none') : words.join(', ');
}

/** Days of the week by their names. */
export function weekdayWords(t: Translate, weekdays: readonly number[]): string {
  return weekdays.map(day => t(`frame.weekday.d${String(day) as `${Weekday}`}`)).join(', ');
}

function categoryWords(t: Translate, language: Language, { vi, en, code, services, severity, family, evidence, retired }: Omit<Category, 'source'>): string {
  const name = (language === 'vi' ? vi : en || vi) || code;
  const more = [services.map(service => t(`domain.service.${service}`)).join(', '), severity === undefined ? '' : `${t('policyEdit.kindLevel')}: ${severity}`, family === undefined ? '' : `${t('policyEdit.kindFamily')}: ${family}`,
    evidence === true ? t('policyEdit.evidence') : '', retired === true ? t('policy.retired') : ''].filter(one => one !== '');
  return [name, ...more].join(' · ');
}

/** A value of a pack as people say it. @param pack in which it stands */
export function valueWords(t: Translate, language: Language, value: PolicyValue, pack: PolicyPack): string {
  switch (value.of) {
    case 'about': return value.value === '' ? t('policyEdit.empty') : value.value;
    case 'from': return formatDateTime(value.value);
    case 'clock': {
      const rule = clockRule(pack, value.clock, value);
      const words = allowedWords(t, rule, minutesOfDay(pack.calendar));
      return rule === undefined || rule.minutes === null || rule.calendar === 'working' ? words : t('policyEdit.allAround', { span: words });
    }
    case 'limit': return limitWords(t, pack, value.path);
    case 'ladder': return ladderWords(t, value.value);
    case 'asking': return askingWords(t, language, pack, value.path);
    case 'weekdays': return weekdayWords(t, value.value);
    case 'hours': return hoursText([...value.value]);
    case 'day': return `${value.value.name || t('policyEdit.empty')} (${t(value.value.working ? 'policy.made' : 'policy.off')})`;
    case 'category': return categoryWords(t, language, value.value);
    case 'establishment': return establishmentWords(t, value.value);
    case 'dutyLimit': return dutyLimitWords(t, value.limit, value.value);
  }
}

/** What a value of a pack is called. */
export function valueLabel(t: Translate, language: Language, value: PolicyValue): string {
  switch (value.of) {
    case 'about': return t(`policyEdit.${value.path === 'title' ? 'name' : value.path}`);
    case 'from': return t('policyEdit.effective');
    case 'clock': return `${t(`domain.class.${value.class}`)} ${value.severity} · ${t(`domain.clock.${value.clock}`)}`;
    case 'limit': return t(`policy.limit.${value.path}`);
    case 'ladder': return t('policy.ladder', { n: value.value.level });
    case 'asking': return t(`policyEdit.asking.${value.path}`);
    case 'weekdays': return t('policyEdit.weekdays');
    case 'hours': return t('policyEdit.hours');
    case 'day': return dayText(value.date);
    case 'category': return (language === 'vi' ? value.value.vi : value.value.en || value.value.vi) || value.code;
    case 'establishment': return `${t('dutyRules.establishment')} · ${t(`dutyRules.desk.${value.desk}`)}`;
    case 'dutyLimit': return `${value.profile} · ${dutyLimitName(t, value.limit)}`;
  }
}

/** What the value at a path of a pack is called: for what is wrong with it. */
export function pathLabel(t: Translate, language: Language, pack: PolicyPack, path: string): string {
  const [group = '', at = '', row = ''] = path.split('.');
  const limit = LIMIT_PATHS.find(one => one === path || `sources.${one}` === path);
  if (limit !== undefined) return t(`policy.limit.${limit}`);
  if (group === 'clocks') {
    const rule = pack.clocks[Number(at)];
    return rule === undefined ? path : `${t(`domain.class.${rule.class}`)} ${rule.severity} · ${t(`domain.clock.${rule.clock}`)}`;
  }
  if (isKnown(ASKING_PATHS, path)) return t(`policyEdit.asking.${path}`);
  if (path === 'survey.asking.source') return t('policyEdit.part.survey');
  if (group === 'ladder') return t('policy.ladder', { n: Number(at) + 1 });
  if (group === 'categories') {
    const one = pack.categories[Number(at)];
    return (language === 'vi' ? one?.vi : one?.en) || one?.code || t('policy.categories');
  }
  if (group === 'calendar' && at === 'days') {
    const day = pack.calendar.days[Number(row)];
    return day === undefined || row === '' ? t('policyEdit.part.days') : `${dayText(day.date)} ${day.name}`;
  }
  if (group === 'calendar') return at === 'weekdays' ? t('policyEdit.weekdays') : at === 'spans' ? t('policyEdit.hours') : t('policyEdit.calendarSource');
  if (group === 'rosters') return dutyPathLabel(t, wholeDuty(pack), path);
  if (group === 'effectiveFromMs') return t('policyEdit.effective');
  return group === 'title' ? t('policyEdit.name') : group === 'code' || group === 'document' || group === 'note' ? t(`policyEdit.${group}`) : path;
}
