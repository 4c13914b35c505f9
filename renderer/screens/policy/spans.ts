import type { ClockRule } from '../../../contract/policy/pack.ts';
import type { t } from '../../strings/text.ts';

type Translate = typeof t;

/** A span as people say it: whole working days where it is some, else hours, else minutes. @param dayMinutes of a working day; null: days have 24 hours */
export function spanWords(translate: Translate, minutes: number, dayMinutes: number | null): string {
  const day = dayMinutes ?? 1_440;
  if (minutes >= day && minutes % day === 0) return translate(dayMinutes === null ? 'policy.days' : 'policy.workingDays', { n: minutes / day });
  if (minutes >= 60 && minutes % 60 === 0) return translate(dayMinutes === null ? 'policy.hours' : 'policy.workingHours', { n: minutes / 60 });
  return translate(dayMinutes === null ? 'policy.minutes' : 'policy.workingMinutes', { n: minutes });
}

/** What a rule allows, in words; a dash where only times are recorded. */
export function allowedWords(translate: Translate, rule: ClockRule | undefined, dayMinutes: number): string {
  if (rule === undefined || rule.minutes === null) return '–';
  const words = spanWords(translate, rule.minutes, rule.calendar === 'working' ? dayMinutes : null);
  return rule.from === 'received' ? translate('policy.fromReceipt', { span: words }) : words;
}
