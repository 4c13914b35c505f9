import { EXPORT_COLUMNS, PERSONAL_COLUMNS, type ExportWords } from '../../../contract/export.ts';
import { Channel, CLASSES, Outcome, SEVERITIES, STATES } from '../../../contract/issue.ts';
import { SERVICES } from '../../../contract/org.ts';
import type { Category } from '../../../contract/policy/pack.ts';
import { t, type Language } from '../../strings/text.ts';

/** What the core calls columns and codes in a file, in the language of the window. */
export function exportWords(language: Language, categories: readonly Category[]): ExportWords {
  return Object.fromEntries([
    ...[...EXPORT_COLUMNS, ...PERSONAL_COLUMNS].map(name => [`column.${name}`, t(`exports.column.${name}`)]),
    ...SERVICES.map(service => [`service.${service}`, t(`domain.serviceLong.${service}`)]),
    ...CLASSES.map(kind => [`class.${kind}`, t(`domain.class.${kind}`)]),
    ...SEVERITIES.map(severity => [`severity.${severity}`, severity]),
    ...STATES.map(state => [`state.${state}`, t(`domain.state.${state}`)]),
    ...categories.map(category => [`category.${category.code}`, category[language]]),
    ...Channel.options.map(channel => [`channel.${channel}`, t(`domain.channel.${channel}`)]),
    ...Outcome.options.map(outcome => [`outcome.${outcome}`, t(`domain.outcome.${outcome}`)]),
    ...(['conscious', 'breathing', 'bleeding'] as const).map(sign => [`sign.${sign}`, t(`issue.${sign}`)]),
    ...(['yes', 'no', 'unknown'] as const).map(answer => [`answer.${answer}`, t(`domain.answer.${answer}`)]),
    ['reporter.anonymous', t('issue.anonymous')], ['sheet', t('exports.sheet')],
  ]);
}
