import type { HandoverFigures, HandoverReason, HandoverRecord } from '../../contract/documents/handover.ts';
import type { Id } from '../../contract/ids.ts';
import { isOpen, SEVERITIES, STATES, type IssueState } from '../../contract/issue.ts';
import { SERVICES, type Service } from '../../contract/org.ts';
import { allRows, blobToId, getRow, idToBlob, type Database } from '../database.ts';
import { maskOf, NO_DUE_AT } from './issues.ts';
import { wordAt, wordColumn } from './words.ts';

/** Whose records: of one site and of these lines. */
export interface HandoverPlace { siteId: Id; lines: readonly Service[] }

const numbers = (states: readonly IssueState[]): string => states.map(state => STATES.indexOf(state)).sort((a, b) => a - b).join(', ');
/** A person has to act before it goes on: it waits for an answer, for its check, or to be sent out again. */
const WAITING = numbers(['returned', 'awaiting_info', 'on_hold', 'resolved', 'reopened']);
const URGENT = SEVERITIES.indexOf('P2');
const own = (lines: readonly Service[]): string => lines.map(line => SERVICES.indexOf(line)).join(',');

/** What one of the lines works, as its own, as one that has joined, or offered to it. */
const ofLines = (lines: readonly Service[]): string => `(service IN (${own(lines)}) OR lines & ${maskOf(lines)} <> 0)`;
/** Ids as `hex()` writes them, as JSON. */
const hexes = (ids: readonly Id[]): string => JSON.stringify(ids.map(id => id.replaceAll('-', '').toUpperCase()));

interface OpenRow { service: number; open: number; overdue: number; urgent: number; waiting: number }
interface ShiftRow { service: number; n: number }
/** The states in which nobody has to act any more, as the condition of the index `ix_ended` names them. */
export const ENDED = numbers(STATES.filter(state => !isOpen(state)));

/**
 * Each line's figures at `nowMs`: what is open, and what came in and what ended since `fromMs`. A part of a case has not ended by itself, and does not count
 * as ended. Records of no line of this version are left out.
 */
export function readHandoverFigures(db: Database, { siteId, lines }: HandoverPlace, { fromMs, nowMs }: { fromMs: number; nowMs: number }): HandoverFigures[] {
  const params = { site: idToBlob(siteId), from: fromMs, now: nowMs };
  const open = allRows<OpenRow>(db, `SELECT service, count(*) AS open, sum(due_at < :now) AS overdue, sum(severity <= ${URGENT}) AS urgent, sum(state IN (${WAITING})) AS waiting
    FROM issue INDEXED BY ix_open_prio_due WHERE is_open = 1 AND site_id = :site AND service IN (${own(lines)}) GROUP BY service`, { site: params.site, now: nowMs });
  const received = allRows<ShiftRow>(db, `SELECT service, count(*) AS n FROM issue INDEXED BY ix_cover
    WHERE received_at BETWEEN :from AND :now AND site_id = :site AND service IN (${own(lines)}) GROUP BY service`, params);
  // What was written last is not older than the end itself: the index gives what may have ended since, its history says when it did.
  const closed = allRows<ShiftRow>(db, `SELECT service, count(*) AS n FROM issue INDEXED BY ix_ended
    WHERE state IN (${ENDED}) AND coalesce(rest ->> '$.history[#-1].arrivedAtMs', rest ->> '$.history[#-1].atMs') >= :from
      AND site_id = :site AND case_id IS NULL AND service IN (${own(lines)})
      AND (SELECT entry.value ->> '$.atMs' FROM json_each(issue.rest, '$.history') AS entry WHERE entry.value ->> '$.to' IS NOT NULL ORDER BY entry.key DESC LIMIT 1) BETWEEN :from AND :now
    GROUP BY service`, params);
  return lines.map(service => {
    const at = SERVICES.indexOf(service);
    const { service: _, ...figures } = { open: 0, overdue: 0, urgent: 0, waiting: 0, ...open.find(row => row.service === at) };
    const of = (rows: readonly ShiftRow[]): number => rows.find(row => row.service === at)?.n ?? 0;
    return { service, ...figures, received: of(received), closed: of(closed) };
  });
}

interface RecordRow {
  id: Uint8Array; no: string; service: number | string; severity: number | string; state: number | string; words: string; place: string; due_at: number; sync: number; reason: number;
}

const REASONS: readonly HandoverReason[] = ['alarm', 'overdue', 'urgent', 'offered', 'waiting', 'dueSoon'];

/**
 * The open records that whoever comes must know of, the most pressing first, and how many there are.
 *
 * @param ringing ids of records whose alarm nobody has taken up
 */
export function readHandoverRecords(db: Database, { siteId, lines }: HandoverPlace, { nowMs, limit, ringing }: { nowMs: number; limit: number; ringing: readonly Id[] }): { records: HandoverRecord[]; total: number } {
  const listed = `SELECT * FROM (SELECT id, coalesce(display_no, provisional_no) AS no, ${wordColumn('service')} AS service, ${wordColumn('severity')} AS severity, ${wordColumn('state')} AS state,
      substr(description, 1, 160) AS words, substr(place_text, 1, 160) AS place, due_at, sync, issue.severity AS level,
      CASE WHEN hex(id) IN (SELECT value FROM json_each(:ringing)) THEN 0 WHEN due_at < :now THEN 1 WHEN issue.severity <= ${URGENT} THEN 2 WHEN rest ->> '$.handOff.to' IS NOT NULL THEN 3
        WHEN issue.state IN (${WAITING}) THEN 4 WHEN rest ->> '$.warnAtMs' < :now THEN 5 END AS reason
    FROM issue WHERE is_open = 1 AND site_id = :site AND ${ofLines(lines)}) WHERE reason IS NOT NULL`;
  const params = { now: nowMs, site: idToBlob(siteId), ringing: hexes(ringing) };
  const total = getRow<{ n: number }>(db, `SELECT count(*) AS n FROM (${listed})`, params)?.n ?? 0;
  const rows = allRows<RecordRow>(db, `${listed} ORDER BY reason, level, due_at, id LIMIT ${limit}`, params);
  return { total, records: rows.map(toRecord) };
}

function toRecord(row: RecordRow): HandoverRecord {
  return {
    id: blobToId(row.id), no: row.no, service: wordAt(SERVICES, row.service), severity: wordAt(SEVERITIES, row.severity), state: wordAt(STATES, row.state),
    words: row.words, place: row.place, dueAtMs: row.due_at === NO_DUE_AT ? null : row.due_at, reason: wordAt(REASONS, row.reason), unsent: row.sync !== 0, next: '',
  };
}

/** A record that came in after a handover was signed. */
export interface SinceRecord extends Pick<HandoverRecord, 'id' | 'no' | 'service' | 'severity' | 'words'> { receivedAtMs: number }

/** A form is saved, and a desk without a link heard again, within so long of the call: an id tells when the form was begun. */
const BEGUN_BEFORE_MS = 7 * 24 * 3_600_000;

/**
 * The first records of a place that nobody could have handed over at `afterMs`: saved since, or saved elsewhere and come to the province since.
 * The time of the call says nothing of it, for a form may be saved long after.
 *
 * @param untilMs what is saved later is of the next shift
 * @param except ids of records that were handed over
 */
export function readSince(db: Database, { siteId, lines }: HandoverPlace, { afterMs, untilMs, limit, except }: { afterMs: number; untilMs: number; limit: number; except: readonly Id[] }): SinceRecord[] {
  const params = { begun: firstIdAt(afterMs - BEGUN_BEFORE_MS), after: afterMs, until: untilMs, site: idToBlob(siteId), limit, except: hexes(except) };
  return allRows<{ id: Uint8Array; no: string; service: number | string; severity: number | string; words: string; received_at: number }>(db,
    `SELECT id, coalesce(display_no, provisional_no) AS no, ${wordColumn('service')} AS service, ${wordColumn('severity')} AS severity, substr(description, 1, 160) AS words, received_at
      FROM issue WHERE id >= :begun AND site_id = :site AND ${ofLines(lines)} AND rest ->> '$.history[0].atMs' <= :until
        AND coalesce(rest ->> '$.history[0].arrivedAtMs', rest ->> '$.history[0].atMs') > :after AND hex(id) NOT IN (SELECT value FROM json_each(:except))
      ORDER BY received_at, id LIMIT :limit`, params)
    .map(row => ({ id: blobToId(row.id), no: row.no, service: wordAt(SERVICES, row.service), severity: wordAt(SEVERITIES, row.severity), words: row.words, receivedAtMs: row.received_at }));
}

/** Before every id that is made from `ms` on. */
function firstIdAt(ms: number): Uint8Array {
  return Buffer.from(Math.max(0, ms).toString(16).padStart(12, '0').padEnd(32, '0'), 'hex');
}
