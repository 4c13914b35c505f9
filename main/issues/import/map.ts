import { createHash } from 'node:crypto';
import type { IMPORT_WARNINGS } from '../../../contract/imports.ts';
import { LIMITS, RECORD_LIMITS, SEVERITIES, type IssueClass, type Severity } from '../../../contract/issue.ts';
import type { Id } from '../../../contract/ids.ts';
import type { PayloadOf } from '../../../contract/mutations/payloads.ts';
import { SERVICES, type Service } from '../../../contract/org.ts';
import type { Category } from '../../../contract/policy/pack.ts';
import { digits, fold, nfc } from '../../../contract/text.ts';
import type { ImportItem } from '../../../db/writer-api.ts';
import type { NamedArea } from './areas.ts';
import { meaningOf, type Meaning } from './fields.ts';
import type { SourceRecord } from './records.ts';
import { readTime } from './times.ts';

type Warning = (typeof IMPORT_WARNINGS)[number];

export interface MapContext {
  siteId: Id; nowMs: number;
  /** The communes that the words fit; one is understood. */
  areasNamed: (words: string) => readonly NamedArea[];
  /** Kinds of events of the policy pack in force. */
  categories: readonly Category[];
}

/** Written as the place of a record whose source gives none: the intake rules want a place, and losing a report is worse. */
const UNKNOWN_PLACE = 'Không rõ địa điểm';
/** Requests before this are taken for mistakes of the source (1970 and 0001 are common). */
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;
const MAX_ORIGINAL = 4_000;
/** So much of a word that was not understood is said again. */
const MAX_WORD = 60;
const INCIDENTS: readonly Service[] = ['113', '114', '115', '112'];

/**
 * A request of a source as what our intake receives: service `field` and severity P3 unless it says otherwise, anonymous
 * unless it names someone. What a field of ours does not understand goes word for word into `original`, with a warning.
 */
export function mapRecord(record: SourceRecord, context: MapContext): ImportItem {
  const source = new Source(record);
  const service = source.choice('service', value => SERVICES.find(s => s === value) ?? (/^(ht|hien truong)$/.test(fold(value)) ? 'field' : undefined), 'service-replaced') ?? 'field';
  const times = readTimes(source, context.nowMs);
  const description = readDescription(source);
  const place = readPlace(source, context);
  const reporter = readReporter(source);
  const ref = source.take('ref') ?? '';
  const key = sourceKey(record, ref, source);
  source.noteStatus();
  const payload: PayloadOf<'issue.receive'> = {
    id: idFor(key, times.hasReceivedAt ? times.receivedAtMs : EARLIEST_MS), class: classOf(service), service, siteId: context.siteId, channel: 'import',
    sourceRef: ref === '' ? null : ref.slice(0, LIMITS.sourceRef), occurredAtMs: times.occurredAtMs, receivedAtMs: times.receivedAtMs,
    severity: readSeverity(source), category: readCategory(source, service, context.categories), description, place, reporter, victims: [],
    original: source.original(),
  };
  return { line: record.line, ref: ref.slice(0, LIMITS.sourceRef), sourceKey: key, payload, warnings: [...source.warnings] };
}

const classOf = (service: Service): IssueClass => (INCIDENTS.includes(service) ? 'incident' : 'issue');

/** The fields of a record by meaning; what is not taken, or taken with doubt, ends up in `original`. */
class Source {
  readonly warnings: Set<string>;
  readonly #byMeaning = new Map<Meaning, { name: string; value: string }>();
  readonly #original = new Map<string, string>();

  constructor(record: SourceRecord) {
    this.warnings = new Set(record.warnings);
    for (const [name, raw] of Object.entries(record.fields)) {
      const value = nfc(raw);
      const meaning = meaningOf(name);
      if (meaning === undefined) this.doubt('field-unknown', name, value);
      else if (meaning === 'kept' || this.#byMeaning.has(meaning)) this.#original.set(name, value);
      else this.#byMeaning.set(meaning, { name, value });
    }
  }

  peek(meaning: Meaning): string | undefined { return this.#byMeaning.get(meaning)?.value; }

  nameOf(meaning: Meaning): string { return this.#byMeaning.get(meaning)?.name ?? meaning; }

  /** The value, cut to `limit` with the whole text kept; undefined when the source has none. */
  take(meaning: Meaning, limit = Infinity): string | undefined {
    const field = this.#byMeaning.get(meaning);
    if (field === undefined || field.value.length <= limit) return field?.value;
    this.doubt('too-long', field.name, field.value);
    return cut(field.value, limit);
  }

  /** The value if it is understood; otherwise it is kept with a warning, which names the field or, where `replaced` says so, the file's own word. */
  choice<T>(meaning: Meaning, read: (value: string) => T | undefined, replaced?: 'service-replaced' | 'severity-replaced'): T | undefined {
    const field = this.#byMeaning.get(meaning);
    if (field === undefined) return undefined;
    const value = read(field.value.trim());
    if (value !== undefined) return value;
    this.#original.set(field.name, field.value);
    if (replaced === undefined) this.warn('value-not-understood', field.name); else this.warn(replaced, cut(field.value.trim(), MAX_WORD));
    return undefined;
  }

  /** Keeps the field's text with no warning. */
  keep(meaning: Meaning): void {
    const field = this.#byMeaning.get(meaning);
    if (field !== undefined) this.#original.set(field.name, field.value);
  }

  warn(code: Warning, name: string): void { this.warnings.add(`${code}:${name}`); }

  doubt(code: Warning, name: string, value: string): void {
    this.warn(code, name);
    this.#original.set(name, value);
  }

  /** Every record comes in as new: that a source has closed it is told, and kept. */
  noteStatus(): void {
    const status = this.#byMeaning.get('status');
    if (status === undefined) return;
    this.#original.set(status.name, status.value);
    if (!/^(open|new|moi|mo)$/.test(fold(status.value))) this.warn('status-not-taken', status.name);
  }

  original(): Record<string, string> | null {
    if (this.#original.size === 0) return null;
    let room: number = RECORD_LIMITS.originalChars;
    return Object.fromEntries([...this.#original].flatMap(([name, value]) => {
      room -= name.length;
      const kept = cut(value, Math.max(0, Math.min(MAX_ORIGINAL, room)));
      room -= kept.length;
      if (kept.length < value.length) this.warn('too-long', name);
      return room < 0 ? [] : [[name, kept]];
    }));
  }
}

/** At most so many UTF-16 units, never half a letter. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

function readTimes(source: Source, nowMs: number): { receivedAtMs: number; hasReceivedAt: boolean; occurredAtMs: number | null } {
  const read = (meaning: Meaning): number | null => source.choice(meaning, value => {
    const time = readTime(value);
    if (time === null || time.atMs < EARLIEST_MS || time.atMs > nowMs + DAY_MS) return undefined;
    if (time.isGuess) source.warn('time-without-zone', source.nameOf(meaning));
    return time.atMs;
  }) ?? null;
  const occurredAtMs = read('occurredAt');
  const receivedAtMs = read('receivedAt');
  return { receivedAtMs: receivedAtMs ?? nowMs, hasReceivedAt: receivedAtMs !== null, occurredAtMs };
}

function readDescription(source: Source): string {
  const parts = [source.peek('title'), source.peek('description')].filter(part => part !== undefined && part !== '');
  if (parts.length === 0) {
    const serviceName = source.peek('serviceName') ?? '';
    if (serviceName !== '') source.warn('description-missing', source.nameOf('description'));
    return cut(serviceName, LIMITS.description);
  }
  const text = parts.join('\n');
  if (text.length > LIMITS.description) source.doubt('too-long', source.nameOf('description'), text);
  return cut(text, LIMITS.description);
}

function readPlace(source: Source, context: MapContext): PayloadOf<'issue.receive'>['place'] {
  const point = readPoint(source);
  const areaId = readArea(source, context);
  const text = source.take('address', LIMITS.placeText) ?? source.peek('areaName')?.slice(0, LIMITS.placeText) ?? '';
  const landmark = source.take('landmark', LIMITS.landmark) ?? '';
  if (text === '' && point === null) source.warn('place-unknown', source.nameOf('address'));
  return { text: text === '' && point === null ? UNKNOWN_PLACE : text, areaId, landmark, lat: point?.lat ?? null, lon: point?.lon ?? null };
}

/** The commune; where several have the name, the note says how each is written. */
function readArea(source: Source, { areasNamed }: MapContext): Id | null {
  const found = areasNamed(source.peek('areaName') ?? '');
  if (found.length < 2) return source.choice('areaName', () => found[0]?.id) ?? null;
  source.keep('areaName');
  source.warn('area-ambiguous', found.map(area => `«${area.label}»`).join(', '));
  return null;
}

/** 0/0 stands for "unknown" at many sources; half a point is none. */
function readPoint(source: Source): { lat: number; lon: number } | null {
  const number = (limit: number) => (value: string): number | undefined => {
    if (!/^[+-]?\d{1,3}([.,]\d+)?$/.test(value)) return undefined;
    const n = Number(value.replace(',', '.'));
    return Math.abs(n) <= limit ? n : undefined;
  };
  const lat = source.choice('lat', number(90));
  const lon = source.choice('lon', number(180));
  if (lat === undefined || lon === undefined) {
    if (lat !== undefined) source.keep('lat');
    if (lon !== undefined) source.keep('lon');
    return null;
  }
  if (lat !== 0 || lon !== 0) return { lat, lon };
  source.warn('place-unknown', source.nameOf('lat'));
  source.keep('lat');
  source.keep('lon');
  return null;
}

function readReporter(source: Source): PayloadOf<'issue.receive'>['reporter'] {
  const given = [source.take('lastName'), source.take('firstName')].filter(part => part !== undefined).join(' ');
  const whole = source.take('name') ?? given;
  if (whole.length > LIMITS.name) source.doubt('too-long', source.nameOf('name'), whole);
  const phone = source.choice('phone', value => (value.length <= LIMITS.phone && digits(value).length >= 3 ? value : undefined)) ?? '';
  const name = cut(whole, LIMITS.name);
  return { anonymous: name.trim() === '' && phone === '', name, phone, relation: '' };
}

const SEVERITY_WORDS: Readonly<Record<string, Severity>> = { 'rat khan': 'P1', 'khan cap': 'P1', khan: 'P2', cao: 'P2', high: 'P2', thuong: 'P3', 'binh thuong': 'P3', normal: 'P3', thap: 'P4', low: 'P4' };

function readSeverity(source: Source): Severity {
  return source.choice('severity', value => SEVERITIES.find(s => s === value.toUpperCase() || s === `P${value}`) ?? SEVERITY_WORDS[fold(value)], 'severity-replaced') ?? 'P3';
}

/** The category whose code or name the source gives; its own words are kept either way. */
function readCategory(source: Source, service: Service, categories: readonly Category[]): string {
  source.keep('serviceName');
  source.keep('serviceCode');
  const given = [source.peek('serviceName'), source.peek('serviceCode')].filter(value => value !== undefined).map(fold);
  const found = categories.find(c => c.retired !== true && c.services.includes(service) && [c.code, c.vi, c.en].some(name => given.includes(fold(name))));
  return found?.code ?? 'unknown';
}

/**
 * What makes a line the same line when it comes again. With a number of the source: jurisdiction, number and time of the
 * request (numbers alone collide between cities). Without one: everything that it says.
 */
function sourceKey(record: SourceRecord, ref: string, source: Source): string {
  if (ref !== '') {
    const requested = source.peek('receivedAt') ?? '';
    return `ref:${source.peek('jurisdiction') ?? ''}:${ref}:${readTime(requested)?.atMs ?? requested}`;
  }
  const said = Object.entries(record.fields).map(([name, value]) => `${name}\u0000${nfc(value)}`).sort();
  return `line:${createHash('sha256').update(said.join('\u0001')).digest('hex')}`;
}

/** A UUIDv7 that follows from the source key: two workstations that import one file make one record, not two. */
function idFor(key: string, receivedAtMs: number): Id {
  const time = Math.max(0, receivedAtMs).toString(16).padStart(12, '0').slice(-12);
  const hash = createHash('sha256').update(key).digest('hex');
  const variant = (8 + (parseInt(hash[3]!, 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}
