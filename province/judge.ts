import { applyIntent, INTENT_NAMES, INTENT_PAYLOADS, kindOf, type IntentName, type IntentPayload, type PlacedKind, type Written } from '../contract/documents/apply.ts';
import { isSound } from '../contract/sound.ts';
import { AppError, type AppErrorData } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { displayNumber, Instant, type Issue } from '../contract/issue.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import type { PayloadOf } from '../contract/mutations/payloads.ts';
import type { Service, Unit } from '../contract/org.ts';
import { PROTOCOL_VERSION, type Mutation, type Verdict } from '../contract/province.ts';
import type { PolicyBook } from '../contract/policy/pack.ts';
import { civilParts } from '../contract/time.ts';

/** A mutation whose payload has passed its schema; or the verdict that it did not. */
export type Parsed =
  | { mutation: Mutation; name: IntentName; payload: IntentPayload<IntentName>; refusal: null }
  | { mutation: Mutation; refusal: AppErrorData };

/** What a judge needs to know, loaded before the judging begins: judging itself touches no database. */
export interface Court {
  deviceId: Id;
  nowMs: number;
  /** Everyone who wrote something in this push: how they may act, or why they may not. */
  actors: ReadonlyMap<Id, Actor | AppErrorData>;
  units: ReadonlyMap<Id, Unit>;
  policy: PolicyBook;
  /** Sites and areas that the mutations name and that the province has or had. */
  places: ReadonlySet<Id>;
  /** Records and documents that the mutations name. */
  rows: ReadonlyMap<Id, Judged | 'deleted'>;
  /** Records that others are linked to: looked at, not written. */
  others: ReadonlyMap<Id, Issue>;
  /** The last number given, by `counterKey`. */
  lastNumbers: ReadonlyMap<string, number>;
  /** Told about a mutation that broke an assumption of ours: the operator sees 'internal/unexpected', we see the cause. */
  onBroken: (mutation: Mutation, error: unknown) => void;
}

/** A row as it is judged, and of which kind. */
export interface Judged { kind: PlacedKind; row: Written }

/** What the judging changed: rows by id, counters by key, and one verdict a mutation (their seq is set at the commit). */
export interface Judgement { verdicts: Verdict[]; changed: Map<Id, Judged>; numbers: Map<string, number> }

const refusal = (code: AppErrorData['code'], facts: AppErrorData['facts'] = {}): AppErrorData => ({ code, facts });

/** Parses a payload by its intent's schema. PostgreSQL's JSON cannot hold NUL or half a surrogate pair: such text is refused here. */
export function parseMutation(mutation: Mutation): Parsed {
  const name = INTENT_NAMES.find(known => known === mutation.name);
  if (name === undefined) return { mutation, refusal: unknown('name') };
  if (!Instant.safeParse(mutation.atMs).success) return { mutation, refusal: refusal('input/invalid', { field: 'atMs' }) };
  // What is nested beyond all sense is looked at no further: every step down costs some of the stack.
  if (!isSound(mutation.payload, MAX_DEPTH)) return { mutation: { ...mutation, payload: {} }, refusal: refusal('input/invalid', { field: 'payload' }) };
  if (!storable(mutation.payload) || !storable(mutation.provisionalNo)) return { mutation, refusal: refusal('input/invalid', { field: 'text' }) };
  const payload = INTENT_PAYLOADS[name].safeParse(mutation.payload);
  if (payload.success) {
    const dropped = droppedField(mutation.payload, payload.data);
    return dropped === null ? { mutation, name, payload: payload.data, refusal: null } : { mutation, refusal: unknown(dropped) };
  }
  return { mutation, refusal: refusal('input/invalid', { field: payload.error.issues[0]?.path.join('.') ?? '' }) };
}

/** What only a later version knows: its console sends it again once we say a higher protocol. */
function unknown(field: string): AppErrorData {
  return refusal('input/invalid', { field, protocol: PROTOCOL_VERSION });
}

/** A field that our schema has no place for: what someone has typed there must not be dropped without a word. */
function droppedField(given: unknown, taken: unknown): string | null {
  if (typeof given !== 'object' || given === null || typeof taken !== 'object' || taken === null) return null;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(taken, name)) return name;
    const inner = droppedField(value, (taken as Record<string, unknown>)[name]);
    if (inner !== null) return `${name}.${inner}`;
  }
  return null;
}

/** Far more than any payload has. */
const MAX_DEPTH = 32;

function storable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (Array.isArray(value)) return value.every(storable);
  if (typeof value === 'object' && value !== null) return Object.entries(value).every(([key, inner]) => storable(key) && storable(inner));
  return true;
}

/** Numbers run per service and year. */
export function counterKey(service: Service, year: number): string {
  return `${service}-${year}`;
}

/** The year of a record's number: when it was received, unless that lies outside what a right clock can say. */
export function numberYear(receivedAtMs: number, nowMs: number): number {
  const received = civilParts(receivedAtMs).year;
  const now = civilParts(nowMs).year;
  return received >= 2000 && received <= now ? received : now;
}

/** Judges mutations in order, each on what the ones before it left behind. One that fails does not stop the next. */
export function judge(parsed: readonly Parsed[], court: Court): Judgement {
  const judgement: Judgement = { verdicts: [], changed: new Map(), numbers: new Map() };
  for (const item of parsed) judgement.verdicts.push(judgeOne(item, court, judgement));
  return judgement;
}

function judgeOne(item: Parsed, court: Court, judgement: Judgement): Verdict {
  const n = item.mutation.n;
  if (item.refusal !== null) return { n, seq: 0, status: 'rejected', error: item.refusal };
  const actor = court.actors.get(item.mutation.actorId) ?? refusal('auth/forbidden', { reason: 'unknown-person' });
  if ('code' in actor) return { n, seq: 0, status: 'rejected', error: actor };
  try {
    return applyOne(item, actor, court, judgement);
  } catch (error) {
    if (error instanceof AppError) return { n, seq: 0, status: 'rejected', error: refusal(error.code, error.facts) };
    court.onBroken(item.mutation, error);
    return { n, seq: 0, status: 'rejected', error: refusal('internal/unexpected') };
  }
}

function applyOne(item: Extract<Parsed, { refusal: null }>, actor: Actor, court: Court, judgement: Judgement): Verdict {
  const { mutation, name, payload } = item;
  const found = judgement.changed.get(payload.id) ?? court.rows.get(payload.id);
  const kind = kindOf(name);
  if (found === 'deleted') throw new AppError(kind === 'issue' ? 'issue/not-found' : 'document/not-found');
  if (found !== undefined && found.kind !== kind) throw new AppError('input/invalid', { field: 'id' });
  const row = found?.row;
  refuseUnknownPlace(item, row, court);
  const number = name === 'issue.receive' ? nextNumber(payload as PayloadOf<'issue.receive'>, court, judgement) : null;
  const result = applyIntent(name, row, payload, {
    actor, deviceId: court.deviceId, atMs: mutation.atMs, arrivedAtMs: arrivalOf(mutation, court), policy: court.policy, record: id => otherRecord(id, court, judgement), provisionalNo: mutation.provisionalNo ?? '',
    nextDisplayNo: number?.displayNo ?? null,
    unit: id => unitInForce(court.units.get(id), mutation.atMs),
  });
  if (number !== null) judgement.numbers.set(number.key, number.value);
  if (result.row !== row) judgement.changed.set(payload.id, { kind, row: result.row });
  if (result.lost.length === 0) return { n: mutation.n, seq: 0, status: 'applied' };
  return { n: mutation.n, seq: 0, status: result.row === row ? 'conflict' : 'merged', lost: result.lost };
}

/** A change that came with its link is told to have come when it was written; only what was kept from us has an arrival of its own. */
const ON_THE_WAY_MS = 60_000;

function arrivalOf({ atMs }: Mutation, { nowMs }: Court): number | null {
  return nowMs - atMs > ON_THE_WAY_MS ? nowMs : null;
}

function otherRecord(id: Id, court: Court, judgement: Judgement): Issue | undefined {
  const found = judgement.changed.get(id) ?? court.rows.get(id);
  if (found === undefined) return court.others.get(id);
  return found === 'deleted' || found.kind !== 'issue' ? undefined : found.row as Issue;
}

/** The site and area that a mutation gives a record or a document. */
export function placesOf(item: Parsed): { siteId: Id | null; areaId: Id | null } {
  if (item.refusal !== null) return { siteId: null, areaId: null };
  if ('fields' in item.payload) return { siteId: null, areaId: item.payload.fields.place?.to.areaId ?? null };
  if ('place' in item.payload) return { siteId: item.payload.siteId, areaId: item.payload.place.areaId };
  return { siteId: 'siteId' in item.payload ? item.payload.siteId : null, areaId: null };
}

/**
 * A site that nobody has is in nobody's scope. One that has gone is known, since its author may not have heard yet; and an
 * edit may leave an area as it stands in the record.
 */
function refuseUnknownPlace(item: Parsed, row: Written | undefined, court: Court): void {
  const { siteId, areaId } = placesOf(item);
  if (siteId !== null && !court.places.has(siteId)) throw new AppError('issue/outside-scope');
  if (areaId !== null && areaId !== (row as Issue | undefined)?.place.areaId && !court.places.has(areaId)) throw new AppError('issue/bad-value', { field: 'place' });
}

/** The number that the record gets if it is accepted; a refused one uses none up. */
function nextNumber({ service, receivedAtMs }: PayloadOf<'issue.receive'>, court: Court, judgement: Judgement): { key: string; value: number; displayNo: string } {
  const year = numberYear(receivedAtMs, court.nowMs);
  const key = counterKey(service, year);
  const value = (judgement.numbers.get(key) ?? court.lastNumbers.get(key) ?? 0) + 1;
  return { key, value, displayNo: displayNumber(service, year, value) };
}

function unitInForce(unit: Unit | undefined, atMs: number): Unit | undefined {
  if (unit === undefined || unit.effectiveFromMs > atMs) return undefined;
  return unit.effectiveToMs !== null && unit.effectiveToMs <= atMs ? undefined : unit;
}
