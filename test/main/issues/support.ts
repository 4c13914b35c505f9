import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../contract/console.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { SEVERITIES, STATES, type Issue } from '../../../contract/issue.ts';
import { SERVICES } from '../../../contract/org.ts';
import { closeWriter, openDatabase, type Database } from '../../../db/open.ts';
import { removeIssue, writeIssue, readIssue, type SyncFlag } from '../../../db/stores/issues.ts';
import { Work } from '../../../db/work.ts';
import type { DbChange } from '../../../db/writer-api.ts';

export const T0 = Date.UTC(2026, 2, 1);
export const SITES = [newId(T0), newId(T0)] as const;
export const UNITS = [newId(T0), newId(T0)] as const;
export const AREAS = [newId(T0), newId(T0)] as const;
export const CATEGORIES = ['lighting', 'waste', 'of-next-year'] as const;
export const PEOPLE = [newId(T0), newId(T0)] as const;
const KEY = 'ab'.repeat(32);

/** A real encrypted database in a temporary folder with a writer's and a reader's connection. */
export interface TestDatabase {
  folder: string; file: string; keyHex: string; writer: Database; reader: Database;
  write(issue: Issue, sync?: SyncFlag): DbChange;
  remove(id: Id): DbChange;
  issue(id: Id): Issue | undefined;
  close(): void;
}

export function testDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-issues-'));
  const file = join(folder, 'console.db');
  const writer = openDatabase({ file, keyHex: KEY, role: 'writer' });
  const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
  const inWork = (change: (work: Work) => void): DbChange => {
    const work = new Work(writer);
    writer.transaction(() => change(work))();
    return work.change() ?? { tables: [], issueRids: [] };
  };
  return {
    folder, file, keyHex: KEY, writer, reader,
    write: (issue, sync = 0) => inWork(work => { writeIssue(work, issue, sync); }),
    remove: id => inWork(work => { removeIssue(work, id); }),
    issue: id => readIssue(reader, id)?.issue,
    close() {
      reader.close();
      closeWriter(writer, file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A record with plain values; what a test cares about is given. */
export function issueWith(some: Partial<Issue> = {}): Issue {
  return {
    id: newId(T0), class: 'issue', service: 'field', siteId: SITES[0], stationId: newId(T0), authorId: PEOPLE[0], channel: 'phone', sourceRef: null,
    provisionalNo: 'TẠM-BP01-260301-01', displayNo: null, occurredAtMs: null, receivedAtMs: T0, state: 'received', severity: 'P3', category: 'unknown',
    description: 'Đèn đường không sáng', place: { text: 'Đường Hoà Bình', areaId: null, landmark: '', lat: null, lon: null },
    reporter: { anonymous: true, name: '', phone: '', relation: '' }, victims: [], dueAtMs: null, verification: null, falseProposal: null,
    leadUnitId: null, coUnitIds: [], forwardedAtMs: null, resolvedById: null, result: null, outcome: null, reply: null, original: null,
    history: [], version: 1, ...some,
  };
}

/** Someone on shift who may see everything, unless told otherwise. */
export function sessionWith(some: Partial<Session> = {}): Session {
  return {
    personId: PEOPLE[0], name: 'Trần Minh Họa', title: 'Trực ban', roles: ['truc_ban', 'ca_truong'], siteId: SITES[0], unitId: null,
    scope: { siteIds: null, services: null }, signedInAtMs: T0, offline: false, locked: false, ...some,
  };
}

/** A record from ten small numbers, so that a property test can shrink it. */
export function issueFrom(n: readonly number[]): Partial<Issue> {
  const at = <T>(list: readonly T[], i: number): T => list[(n[i] ?? 0) % list.length]!;
  return {
    service: at(SERVICES, 0), state: at(STATES, 1), severity: at(SEVERITIES, 2), siteId: at(SITES, 3), leadUnitId: at([null, ...UNITS], 4),
    authorId: at(PEOPLE, 5), receivedAtMs: T0 + ((n[6] ?? 0) % 5) * 1_000, dueAtMs: (n[7] ?? 0) % 4 === 0 ? null : T0 + ((n[7] ?? 0) % 7) * 60_000,
    category: at(CATEGORIES, 8), place: { text: 'Đường Hoà Bình', areaId: at([null, ...AREAS], 9), landmark: '', lat: null, lon: null },
  };
}
