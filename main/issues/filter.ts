import type { Session } from '../../contract/console.ts';
import { STATES, SEVERITIES } from '../../contract/issue.ts';
import { SERVICES, type Scope } from '../../contract/org.ts';
import type { QueueCounts, QueueFilter, QueueSort } from '../../contract/queue.ts';
import { maskOf, NO_DUE_AT } from '../../db/stores/issues.ts';
import { waitsForSurvey } from '../../contract/policy/survey.ts';
import { numberOf } from '../../db/stores/words.ts';
import type { OrderKey } from './ordering.ts';
import type { Sheet } from './sheet.ts';

/** Who looks: what of the session decides which records a view holds. */
export type Viewer = Pick<Session, 'personId' | 'unitId' | 'scope' | 'roles'>;
export type Matcher = (rid: number) => boolean;

/** 1 at the numbers of the chosen words, as columns keep them; null when nothing is chosen, which means all. */
function chosen(all: readonly string[], some: readonly string[] | null): Uint8Array | null {
  return some === null ? null : flags(some.map(word => numberOf(all, word)));
}

function flags(numbers: readonly number[]): Uint8Array {
  const flags = new Uint8Array(Math.max(0, ...numbers) + 1);
  for (const n of numbers) flags[n] = 1;
  return flags;
}
const [RECEIVED, VERIFYING] = [STATES.indexOf('received'), STATES.indexOf('verifying')];

const orAll = <T>(some: readonly T[]): readonly T[] | null => (some.length === 0 ? null : some);

/** Whether the scope lets its owner see the record. */
export function scopeMatcher(sheet: Sheet, scope: Scope): Matcher {
  const mask = scope.services === null ? -1 : maskOf(scope.services);
  const sites = scope.siteIds === null ? null : new Set(scope.siteIds.map(id => sheet.sites.numberOfId(id)));
  return rid => {
    const c = sheet.columns;
    return c.live[rid] === 1 && (mask === -1 || (c.lines[rid]! & mask) !== 0) && (sites === null || sites.has(c.site[rid]!));
  };
}

/** What of the clock says which records wait for their survey: `windowMs`, for how long after its due time one does (policy/survey.ts). */
export interface SurveyTime { nowMs: () => number; windowMs: number }

/** Closed, and its survey is waited for. */
function surveyMatcher(sheet: Sheet, { nowMs, windowMs }: SurveyTime): Matcher {
  const closed = numberOf(STATES, 'closed');
  return rid => {
    const { state, dueAtMs } = sheet.columns;
    return state[rid] === closed && dueAtMs[rid] !== NO_DUE_AT && waitsForSurvey({ state: 'closed', dueAtMs: dueAtMs[rid]! }, windowMs, nowMs());
  };
}

/** Mine: what I took in, and what was forwarded to my unit to lead. */
function mineMatcher(sheet: Sheet, viewer: Viewer): Matcher {
  const me = sheet.people.numberOfId(viewer.personId);
  const unit = viewer.unitId === null ? -1 : sheet.units.numberOfId(viewer.unitId);
  return rid => sheet.columns.author[rid] === me || sheet.columns.unit[rid] === unit;
}

/**
 * The filter and the viewer's scope as one test of a record by its rid. The text part is not in it: full text knows rids.
 *
 * @param time its clock is asked at each test of `overdue` and `toSurvey`
 */
export function queueMatcher(sheet: Sheet, filter: QueueFilter, viewer: Viewer, time: SurveyTime): Matcher {
  const { nowMs } = time;
  const allowed = scopeMatcher(sheet, viewer.scope);
  const wanted = filter.services.length === 0 ? -1 : maskOf(filter.services);
  const states = chosen(STATES, orAll(filter.states));
  const severities = chosen(SEVERITIES, orAll(filter.severities));
  const open = filter.open === null ? -1 : Number(filter.open);
  const site = filter.siteId === null ? -1 : sheet.sites.numberOfId(filter.siteId);
  const area = filter.areaId === null ? -1 : sheet.areas.numberOfId(filter.areaId);
  const unit = filter.leadUnitId === null ? -1 : sheet.units.numberOfId(filter.leadUnitId);
  const categories = filter.categories.length === 0 ? null : flags(filter.categories.map(code => sheet.categories.number(code)));
  const from = filter.receivedFromMs ?? -Infinity;
  const to = filter.receivedToMs ?? Infinity;
  const mine = filter.mine ? mineMatcher(sheet, viewer) : null;
  const toSurvey = filter.toSurvey ? surveyMatcher(sheet, time) : null;
  return rid => {
    const c = sheet.columns;
    return (open === -1 || c.open[rid] === open)
      && (wanted === -1 || (c.lines[rid]! & wanted) !== 0)
      && (states === null || states[c.state[rid]!] === 1)
      && (severities === null || severities[c.severity[rid]!] === 1)
      && (site === -1 || c.site[rid] === site)
      && (area === -1 || c.area[rid] === area)
      && (unit === -1 || c.unit[rid] === unit)
      && (categories === null || categories[c.category[rid]!] === 1)
      && c.receivedAtMs[rid]! >= from && c.receivedAtMs[rid]! < to
      && (mine === null || mine(rid))
      && (toSurvey === null || toSurvey(rid))
      && (!filter.overdue || (c.open[rid] === 1 && c.dueAtMs[rid]! < nowMs()))
      && allowed(rid);
  };
}

/** The columns that a sort stands for, most significant first; what is still equal keeps its order of arrival. */
export function orderKeys(sheet: Sheet, sort: QueueSort): OrderKey[] {
  const c = sheet.columns;
  const { descending } = sort;
  switch (sort.by) {
    case 'urgency': return [{ column: c.severity, descending }, { column: c.dueAtMs, descending }];
    case 'receivedAt': return [{ column: c.receivedAtMs, descending }];
    case 'dueAt': return [{ column: c.dueAtMs, descending }];
    case 'state': return [{ column: c.state, descending }];
    case 'service': return [{ column: c.service, descending }];
  }
}

/**
 * Counts for tabs and filters in one pass over what the viewer may see. `byService` counts open records, `byState` all;
 * `toVerify` are those taken in whose verification has not ended (Q18.2). Null while the sheet is loading.
 */
export function queueCounts(sheet: Sheet, viewer: Viewer, { nowMs: clock, windowMs }: SurveyTime): QueueCounts {
  if (!sheet.isLoaded) return null;
  const nowMs = clock();
  const waits = surveyMatcher(sheet, { nowMs: () => nowMs, windowMs });
  const allowed = scopeMatcher(sheet, viewer.scope);
  const isMine = mineMatcher(sheet, viewer);
  const c = sheet.columns;
  const byService = new Float64Array(SERVICES.length);
  const byState = new Float64Array(STATES.length);
  let open = 0;
  let mine = 0;
  let overdue = 0;
  let toVerify = 0;
  let toSurvey = 0;
  for (let rid = 1; rid < sheet.size; rid++) {
    if (!allowed(rid)) continue;
    byState[c.state[rid]!]!++;
    if (c.open[rid] !== 1) { if (waits(rid)) toSurvey++; continue; }
    open++;
    for (let service = 0; service < SERVICES.length; service++) if ((c.lines[rid]! >> service) % 2 === 1) byService[service]!++;
    if (c.state[rid] === RECEIVED || c.state[rid] === VERIFYING) toVerify++;
    if (isMine(rid)) mine++;
    if (c.dueAtMs[rid]! < nowMs) overdue++;
  }
  const named = (codes: readonly string[], counts: Float64Array) => Object.fromEntries(codes.map((code, i) => [code, counts[i]!]));
  return { open, mine, overdue, toVerify, toSurvey, byService: named(SERVICES, byService), byState: named(STATES, byState) };
}
