import { Attachment } from '../../../contract/attachment.ts';
import { Place, Reporter, Victim, type Channel, type IssueState, type Outcome, type Severity, type VerifyMethod } from '../../../contract/issue.ts';
import { HandoverContent } from '../../../contract/documents/handover.ts';
import { Subject, type DataRequest } from '../../../contract/documents/request.ts';
import type { Service } from '../../../contract/org.ts';
import { ViewBody } from '../../../contract/saved-view.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { formatPosition } from '../../position.ts';
import { domain } from '../../strings/vi/domain.ts';
import { health } from '../../strings/vi/health.ts';
import { t } from '../../strings/text.ts';
import { bytesWords } from '../../ui/bytes-words.ts';

/** The label of a field of a record or of a payload. */
export function fieldWords(field: string): string {
  if (field in health.payloadField) return t(`health.payloadField.${field as keyof typeof health.payloadField}`);
  if (field in domain.field) return t(`domain.field.${field as keyof typeof domain.field}`);
  return field;
}

/** Fields whose value is a word of a list; one that only a newer version knows is shown as it is. */
const WORDS: ReadonlyMap<string, (word: string) => string> = new Map([
  ['severity', word => `${word} · ${t(`domain.severity.${word as Severity}`)}`],
  ['state', word => t(`domain.state.${word as IssueState}`)],
  ['service', word => t(`domain.serviceLong.${word as Service}`)],
  ['channel', word => t(`domain.channel.${word as Channel}`)],
  ['method', word => t(`domain.method.${word as VerifyMethod}`)],
  ['outcome', word => t(`domain.outcome.${word as Outcome}`)],
  ['kind', word => t(`requests.kind.${word as DataRequest['kind']}`)],
  ['identified', word => t(`requests.way.${word as DataRequest['identified']}`)],
]);

/**
 * A value as a person reads it; '' for nothing at all.
 *
 * @param names id → name of units and areas, code → name of categories
 */
export function valueWords(field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return '';
  const ofWord = WORDS.get(field);
  if (ofWord !== undefined && typeof value === 'string') return ofWord(value);
  switch (field) {
    case 'category': return names.get(String(value)) ?? String(value);
    case 'occurredAtMs': case 'receivedAtMs': case 'untilMs': return typeof value === 'number' ? formatDateTime(value) : '';
    case 'place': return placeWords(value, names);
    case 'reporter': return reporterWords(value);
    case 'victims': return victimsWords(value);
    case 'subject': return subjectWords(value);
    case 'body': return nameOfView(value);
    case 'content': return handoverWords(value);
    case 'attachment': { const file = Attachment.safeParse(value); return file.success ? `${file.data.name}, ${bytesWords(file.data.bytes)}` : ''; }
    case 'leadUnitId': return names.get(String(value)) ?? String(value);
    case 'coUnitIds': return Array.isArray(value) ? value.map(id => names.get(String(id)) ?? String(id)).join(', ') : '';
    default: return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  }
}

function placeWords(value: unknown, names: ReadonlyMap<string, string>): string {
  const place = Place.safeParse(value);
  if (!place.success) return '';
  const { text, areaId, landmark, lat, lon } = place.data;
  const position = lat === null || lon === null ? '' : formatPosition({ lat, lon });
  return [text, areaId === null ? '' : names.get(areaId) ?? '', landmark, position].filter(part => part !== '').join(', ');
}

function reporterWords(value: unknown): string {
  const reporter = Reporter.safeParse(value);
  if (!reporter.success) return '';
  if (reporter.data.anonymous) return t('intake.who.anonymous');
  return [reporter.data.name, reporter.data.phone, reporter.data.relation].filter(part => part !== '').join(' · ');
}

function subjectWords(value: unknown): string {
  const subject = Subject.safeParse(value);
  return subject.success ? [subject.data.name, subject.data.phone, subject.data.address].filter(part => part !== '').join(' · ') : '';
}

function nameOfView(value: unknown): string {
  const body = ViewBody.safeParse(value);
  return body.success ? body.data.name : '';
}

/** What a person wrote into a handover; what the machine filled in is filled in again. */
function handoverWords(value: unknown): string {
  const content = HandoverContent.safeParse(value);
  if (!content.success) return '';
  const { shiftName, records, warnings, faults, instructions, notes } = content.data;
  const next = records.filter(record => record.next !== '').map(record => `${record.no}: ${record.next}`);
  const typed = faults.filter(fault => fault.kind === 'typed').map(fault => fault.text);
  return [shiftName, ...next, ...warnings, ...typed, instructions, notes].filter(part => part !== '').join('\n');
}

function victimsWords(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value.map((entry, index) => {
    const victim = Victim.safeParse(entry);
    if (!victim.success) return '';
    const { who, conscious, breathing, bleeding } = victim.data;
    const signs = ([['conscious', conscious], ['breathing', breathing], ['bleeding', bleeding]] as const).map(([sign, answer]) => `${t(`intake.victims.${sign}`)} ${t(`domain.answer.${answer}`)}`);
    return `${index + 1}. ${[who, ...signs].filter(part => part !== '').join(', ')}`;
  }).join('\n');
}
