import type { HandoverBeside, HandoverFigures, HandoverReason, HandoverRecord } from '../../contract/documents/handover.ts';
import type { Id } from '../../contract/ids.ts';
import { isOpen, SEVERITIES, STATES, type IssueState } from '../../contract/issue.ts';
import { SERVICES, type Service } from '../../contract/org.ts';
import { allRows, blobToId, getRow, idToBlob, type Database } from '../database.ts';
import { maskOf, NO_DUE_AT } from './issues.ts';
import { wordAt, wordColumn } from './words.ts';

/** Whose shift: of one site and of these lines. */
export interface HandoverPlace { siteId: Id; lines: readonly Service[] }

const numbers = (states: readonly IssueState[]): string => states.map(state => STATES.indexOf(state)).sort((a, b) => a - b).join(', ');
/** A person has to act before it goes on: it waits for an answer, for its check, or to be sent out again. */
const WAITING = numbers(['returned', 'awaiting_info', 'on_hold', 'resolved', 'reopened']);
const URGENT = SEVERITIES.indexOf('P2');
const own = (lines: readonly Service[]): string => lines.map(line => SERVICES.indexOf(line)).join(',');

/** What one of the lines works, as its own, as one that has joined, or offered to it. */
const ofLines = (lines: readonly Service[]): string => `(service IN (${own(lines)}) OR lines & ${maskOf(lines)} <> 0)`;
/**
 * Another site's record that people of this one work: they took it in, took its alarm up, offered it to another line, made it wait, or did its last step.
 * Where the replica holds no other site's records there is none.
 */
const WORKED_HERE = `(site_id <> :site AND (author_id IN (SELECT id FROM org_row WHERE kind = 'person' AND site_id = :site)
  OR ${['acknowledged.byId', 'handOff.byId', 'pause.byId', 'history[#-1].byId'].map(by => `rest ->> '$.${by}' IN (SELECT value FROM json_each(:people))`).join(' OR ')}))`;
/** Ids as `hex()` writes them, as JSON. */
const hexes = (ids: readonly Id[]): string => JSON.stringify(ids.map(id => id.replaceAll('-', '').toUpperCase()));

const RINGING = 'hex(id) IN (SELECT value FROM json_each(:ringing))';
/** Of this site, or worked here though another site's: what rings here waits for somebody here. */
const WITH_US = `(site_id = :site OR ${RINGING} OR ${WORKED_HERE})`;

/** The site and its people, as `WORKED_HERE` names them. */
function placeParams(db: Database, siteId: Id): { site: Uint8Array; people: string } {
  const site = idToBlob(siteId);
  return { site, people: JSON.stringify(allRows<{ id: Uint8Array }>(db, `SELECT id FROM org_row WHERE kind = 'person' AND site_id = ?`, site).map(row => blobToId(row.id))) };
}

interface OpenRow { service: number; open: number; overdue: number; urgent: number; waiting: number }
interface ShiftRow { service: number; n: number }
/** The states in which nobody has to act any more, as the condition of the index `ix_ended` names them. */
export const ENDED = numbers(STATES.filter(state => !isOpen(state)));

/**
 * What these lines work at `nowMs` beside their own records at this site. It is in the figures of its own line and site, so it is added to none here.
 *
 * @param ringing ids of records whose alarm nobody has taken up
 */
export function readBeside(db: Database, { siteId, lines }: HandoverPlace, { nowMs, ringing }: { nowMs: number; ringing: readonly Id[] }): HandoverBeside {
  const found = getRow<{ open: number; overdue: number | null; elsewhere: number | null }>(db, `SELECT count(*) AS open, sum(due_at < :now) AS overdue, sum(site_id <> :site) AS elsewhere
    FROM issue WHERE is_open = 1 AND ${ofLines(lines)} AND (site_id <> :site OR service NOT IN (${own(lines)})) AND ${WITH_US}`, { ...placeParams(db, siteId), now: nowMs, ringing: hexes(ringing) });
  return { open: found?.open ?? 0, overdue: found?.overdue ?? 0, elsewhere: found?.elsewhere ?? 0 };
}

/**
 * Each line's figures at this site, at `nowMs`: what is open, and what came in and what ended since `fromMs`. A part of a case has not ended by itself, and does not count
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
  id: Uint8Array; no: string; service: number | string; severity: number | string; state: number | string; words: string; place: string; due_at: number; sync: number; reason: number; site: string | null;
}

const REASONS: readonly HandoverReason[] = ['alarm', 'overdue', 'urgent', 'offered', 'waiting', 'dueSoon'];

/**
 * The open records that whoever comes must know of, those of other sites that are worked here too, the most pressing first, and how many there are.
 *
 * @param ringing ids of records whose alarm nobody has taken up
 */
export function readHandoverRecords(db: Database, { siteId, lines }: HandoverPlace, { nowMs, limit, ringing }: { nowMs: number; limit: number; ringing: readonly Id[] }): { records: HandoverRecord[]; total: number } {
  const rows = allRows<RecordRow & { total: number }>(db, `SELECT *, count(*) OVER () AS total FROM (SELECT id, coalesce(display_no, provisional_no) AS no, ${wordColumn('service')} AS service, ${wordColumn('severity')} AS severity, ${wordColumn('state')} AS state,
      substr(description, 1, 160) AS words, substr(place_text, 1, 160) AS place, due_at, sync, issue.severity AS level,
      CASE WHEN site_id <> :site THEN coalesce((SELECT data ->> '$.name' FROM org_row WHERE kind = 'site' AND id = issue.site_id), '') END AS site,
      CASE WHEN ${RINGING} THEN 0 WHEN due_at < :now THEN 1 WHEN issue.severity <= ${URGENT} THEN 2 WHEN rest ->> '$.handOff.to' IS NOT NULL THEN 3
        WHEN issue.state IN (${WAITING}) THEN 4 WHEN rest ->> '$.warnAtMs' < :now THEN 5 END AS reason
    FROM issue WHERE is_open = 1 AND ${ofLines(lines)} AND ${WITH_US}) WHERE reason IS NOT NULL
    ORDER BY reason, level, due_at, id LIMIT ${limit}`, { ...placeParams(db, siteId), now: nowMs, ringing: hexes(ringing) });
  return { total: rows[0]?.total ?? 0, records: rows.map(toRecord) };
}

function toRecord(row: RecordRow): HandoverRecord {
  return {
    id: blobToId(row.id), no: row.no, service: wordAt(SERVICES, row.service), severity: wordAt(SEVERITIES, row.severity), state: wordAt(STATES, row.state),
    words: row.words, place: row.place, dueAtMs: row.due_at === NO_DUE_AT ? null : row.due_at, reason: wordAt(REASONS, row.reason), unsent: row.sync !== 0, next: '', ...(row.site === null ? {} : { site: row.site }),
  };
}

/** A record that came in after a handover was signed. */
export type SinceRecord = Pick<HandoverRecord, 'id' | 'no' | 'service' | 'severity' | 'words'> & { receivedAtMs: number };

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
  const params = { begun: firstIdAt(afterMs - BEGUN_BEFORE_MS), after: afterMs, until: untilMs, ...placeParams(db, siteId), limit, except: hexes(except) };
  return allRows<{ id: Uint8Array; no: string; service: number | string; severity: number | string; words: string; received_at: number }>(db,
    `SELECT id, coalesce(display_no, provisional_no) AS no, ${wordColumn('service')} AS service, ${wordColumn('severity')} AS severity, substr(description, 1, 160) AS words, received_at
      FROM issue WHERE id >= :begun AND (site_id = :site OR ${WORKED_HERE}) AND ${ofLines(lines)} AND rest ->> '$.history[0].atMs' <= :until
        AND coalesce(rest ->> '$.history[0].arrivedAtMs', rest ->> '$.history[0].atMs') > :after AND hex(id) NOT IN (SELECT value FROM json_each(:except))
      ORDER BY received_at, id LIMIT :limit`, params)
    .map(row => ({ id: blobToId(row.id), no: row.no, service: wordAt(SERVICES, row.service), severity: wordAt(SEVERITIES, row.severity), words: row.words, receivedAtMs: row.received_at }));
}

/** Before every id that is made from `ms` on. */
function firstIdAt(ms: number): Uint8Array {
  return Buffer.from(Math.max(0, ms).toString(16).padStart(12, '0').padEnd(32, '0'), 'hex');
}
