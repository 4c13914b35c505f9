import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Id } from '../../contract/ids.ts';
import type { Mutation, Row } from '../../contract/province.ts';
import { closeWriter, openDatabase, type Database } from '../../db/open.ts';
import { createRunner, type Runner } from '../../db/runner.ts';
import { createProvinceClient, type ProvinceClient } from '../../main/sync/client.ts';
import { createTransport } from '../../main/sync/transport.ts';
import { openProvince } from '../../province/open.ts';
import { startServer } from '../../province/server.ts';
import { createCode } from '../../province/devices.ts';
import { enrolStation, provinceFolder, reportOfFire, type Station } from '../province/support.ts';

/** What a server would answer next, whatever is asked. */
export interface Answer { type: string; body: Uint8Array }

/** A province and a console with real messages between them, and every door that a message of others comes through. */
export interface Stage {
  station: Station; address: string; siteId: Id; person: Id;
  /** Up to which number the province has judged what the station sent. */
  lastN: number;
  page: { rows: Row[]; cursor: string };
  /** Whole messages that take long to make, kept. */
  good: Map<string, Uint8Array>;
  query<T>(sql: string): Promise<T[]>;
  /** What the province's operator would have been told of: nothing of it is expected. */
  reports: unknown[];
  desk: { db: Database; runner: Runner };
  /** The console's client, and what the server that it asks says. */
  client: ProvinceClient; answer: Answer;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = await provinceFolder();
  const reports: unknown[] = [];
  const opened = await openProvince({ databaseUrl: undefined, data: folder, sample: 'none', name: '', nowMs: Date.now() });
  const server = await startServer({ db: opened.db, folder: null, attachments: null, key: null, host: '127.0.0.1', port: 0, nowMs: Date.now, report: (_what, error) => { reports.push(error); } });
  const [account] = await opened.db.query<{ login: string; password: string }>("SELECT login, password FROM sample_account WHERE login = 'catruong'");
  const [site] = await opened.db.query<{ id: Id }>("SELECT id FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  if (account === undefined || site === undefined) throw new Error('the sample has the province’s own site and its shift leader');
  const { code } = await createCode(opened.db, { siteId: site.id, services: null, nowMs: Date.now() });
  const station = await enrolStation(server.address, code);
  const { person } = await station.signIn(account);
  const page = await station.client.sync.pull({ cursor: '', limit: 40 });
  const deskFolder = mkdtempSync(join(tmpdir(), 'ioc-fuzz-'));
  const file = join(deskFolder, 'console.db');
  const db = openDatabase({ file, keyHex: 'a1'.repeat(32), role: 'writer' });
  const answer: Answer = { type: 'application/json', body: Buffer.from('{}') };
  const foreign = await answering(answer);
  const transport = createTransport({ address: addressOf(foreign) });
  return {
    station, address: server.address, siteId: site.id, person: person.id, lastN: 0, reports, answer, good: new Map(),
    page: { rows: page.rows as Row[], cursor: page.cursor }, query: sql => opened.db.query(sql),
    desk: { db, runner: createRunner(db) }, client: createProvinceClient(addressOf(foreign), transport),
    async close() {
      transport.close();
      foreign.closeAllConnections();
      foreign.close();
      closeWriter(db, file);
      await server.close();
      await opened.close();
      for (const one of [folder, deskFolder]) rmSync(one, { recursive: true, force: true });
    },
  };
}

async function answering(answer: Answer): Promise<Server> {
  const server = createServer((request, reply) => {
    request.resume();
    reply.writeHead(200, { 'content-type': answer.type, 'content-length': answer.body.length }).end(answer.body);
  });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A push as a console sends it, numbered from what the province knows. */
export function goodPush({ lastN, siteId, person }: Pick<Stage, 'lastN' | 'siteId' | 'person'>): Mutation[] {
  const report = reportOfFire(siteId);
  const steps: [string, Record<string, unknown>][] = [
    ['issue.receive', report], ['issue.note', { id: report['id'], note: 'Đã gọi lại' }],
    ['issue.edit', { id: report['id'], fields: { severity: { from: 'P2', to: 'P1' } } }], ['issue.startVerification', { id: report['id'] }],
    ['issue.verify', { id: report['id'], method: 'call_back', note: '' }],
  ];
  return steps.map(([name, payload], at) => ({ n: lastN + at + 1, name, actorId: person, atMs: Date.now(), provisionalNo: `T-${at}`, payload }));
}
