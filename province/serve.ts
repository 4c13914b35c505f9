import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Person, Role, Site } from '../contract/org.ts';
import { createCode } from './devices.ts';
import { openSpan } from './epoch.ts';
import { climbRegularly } from './ladder.ts';
import { eraseRegularly } from './retention.ts';
import { openProvince, type OpenedProvince, type SampleChoice } from './open.ts';
import { prune } from './prune.ts';
import { startServer, warmSnapshots, type ProvinceServer } from './server.ts';
import type { Database } from './sql.ts';
import { readHead } from './store.ts';

export interface ServeOptions {
  databaseUrl: string | undefined; data: string | null;
  /** Where files of records lie; null = beside the data, in memory only as long as the process lives. */
  attachments: string | null;
  sample: SampleChoice; name: string;
  host: string; port: number;
  /** A number of codes for every site, or site codes with commas; null = none. */
  codes: string | null;
  /** null = the usual quarter of an hour, or a day when the province is a sample */
  codeLifeMs: number | null;
}

export interface SampleAccount { login: string; password: string; role: Role; name: string; site: string }

/** What a started server says about itself: one line of JSON, or the message to the process that forked it. */
export interface ReadyMessage {
  address: string; engine: Database['engine']; provinceId: Id; provinceName: string; seq: number;
  codes: { site: string; code: string }[]; accounts: SampleAccount[];
}

const WARM_AFTER_MS = 20_000;
/** The shortest time of the proposed pack is one minute: a step is recorded at most so much after it was reached. */
const LADDER_EVERY_MS = 60_000;
/** Whose time is over is erased within so much: what is kept for years may be kept for ten minutes more. */
const RETENTION_EVERY_MS = 600_000;
const DAY_MS = 24 * 3_600_000;

/** Runs the server until SIGINT, SIGTERM, or the end of the process that forked it. */
export async function serve(options: ServeOptions, onReady: (ready: ReadyMessage) => void): Promise<void> {
  const nowMs = (): number => Date.now();
  const report = (what: string, error: unknown): void => console.error(`${new Date().toISOString()} ${what}:`, error);
  // Asked first: making a database takes seconds, and a taken port should be said at once.
  await requireFreePort(options);
  const opened = await openProvince({ ...options, nowMs: nowMs() });
  const server = await listen(options, opened, nowMs, report);
  opened.held?.announce(server.address);
  const stopClimbing = climbRegularly({ db: opened.db, nowMs, everyMs: LADDER_EVERY_MS, report });
  const stopErasing = eraseRegularly({ db: opened.db, nowMs, everyMs: RETENTION_EVERY_MS, report });
  const close = closeOnSignals(async () => {
    await server.close();
    await stopClimbing();
    await stopErasing();
    await opened.close();
  });
  const ready = await readyMessage(options, opened.db, server.address, nowMs());
  // Whoever forked us may be gone by now: a sample takes its time to make.
  if (process.send !== undefined && !process.connected) return close();
  answerParent(opened.db, nowMs, report);
  pruneDaily(opened.db, nowMs, report);
  process.send?.(ready);
  onReady(ready);
  // Once whoever started us has started too: the densest copies take long, and nobody waits for them yet.
  setTimeout(() => { warmSnapshots(server.parts).catch((error: unknown) => report('snapshots', error)); }, WARM_AFTER_MS).unref();
}

/** At the start too: a server that is stopped every evening would never come to it. */
function pruneDaily(db: Database, nowMs: () => number, report: (what: string, error: unknown) => void): void {
  const once = (): void => { prune(db, nowMs()).catch((error: unknown) => report('prune', error)); };
  once();
  setInterval(once, DAY_MS).unref();
}

/** `npm start` asks for a code when its console is not enrolled yet: one for the first site, or null where there is no site. */
function answerParent(db: Database, nowMs: () => number, report: (what: string, error: unknown) => void): void {
  process.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'code') return;
    codeForFirstSite(db, nowMs()).then(code => { process.send?.({ type: 'code', code }); }, (error: unknown) => {
      report('code', error);
      process.send?.({ type: 'code' });
    });
  });
}

async function codeForFirstSite(db: Database, nowMs: number): Promise<string | null> {
  const [site] = await sitesByRank(db);
  return site === undefined ? null : (await createCode(db, { siteId: site.id, services: null, nowMs })).code;
}

async function sitesByRank(db: Database): Promise<Site[]> {
  return (await db.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND NOT deleted")).map(row => row.data)
    .sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1));
}

async function requireFreePort({ host, port }: ServeOptions): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw portTrouble(error, port);
  }
  await new Promise(resolve => probe.close(resolve));
}

function portTrouble(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND';
  return known ? new AppError('shell/port-taken', { port }, { cause: error }) : error;
}

async function listen(options: ServeOptions, opened: OpenedProvince, nowMs: () => number, report: (what: string, error: unknown) => void): Promise<ProvinceServer> {
  const folder = options.data === 'memory' ? null : options.data;
  try {
    await openSpan(opened.db);
    return await startServer({ db: opened.db, folder, attachments: filesFolder(options), key: opened.held?.key ?? null, host: options.host, port: options.port, nowMs, report });
  } catch (error) {
    await opened.close();
    throw portTrouble(error, options.port);
  }
}

/** Beside the database, unless configured; a database elsewhere has no folder of its own here. */
function filesFolder({ attachments, data }: ServeOptions): string | null {
  if (attachments !== null) return attachments;
  if (data === null) return null;
  if (data !== 'memory') return join(data, 'attachments');
  const folder = mkdtempSync(join(tmpdir(), 'ioc-attachments-'));
  process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

function closeOnSignals(end: () => Promise<void>): () => Promise<void> {
  const closing = { started: false };
  const close = async (): Promise<void> => {
    if (closing.started) return;
    closing.started = true;
    await end();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close());
  process.on('disconnect', () => void close());
  return close;
}

async function readyMessage(options: ServeOptions, db: Database, address: string, nowMs: number): Promise<ReadyMessage> {
  const accounts = await sampleAccounts(db);
  const lifeMs = options.codeLifeMs ?? (accounts.length > 0 ? DAY_MS : undefined);
  const codes = await freshCodes(db, { wanted: options.codes, nowMs, lifeMs });
  const head = await readHead(db);
  return { address, engine: db.engine, provinceId: head.provinceId, provinceName: head.name, seq: head.seq, codes, accounts };
}

async function freshCodes(db: Database, input: { wanted: string | null; nowMs: number; lifeMs: number | undefined }): Promise<{ site: string; code: string }[]> {
  if (input.wanted === null) return [];
  const sites = await sitesByRank(db);
  const perSite = /^\d{1,3}$/.test(input.wanted) ? Number(input.wanted) : null;
  const chosen = perSite !== null ? sites.flatMap(site => Array.from({ length: perSite }, () => site))
    : input.wanted.split(',').map(code => siteOf(sites, code.trim()));
  const codes: { site: string; code: string }[] = [];
  for (const site of chosen) codes.push({ site: site.code, code: (await createCode(db, { siteId: site.id, services: null, nowMs: input.nowMs, lifeMs: input.lifeMs })).code });
  return codes;
}

/** The province's own site first: its stations see everything. */
function rank(site: Site): number {
  return site.tier === 'province' ? 0 : 1;
}

function siteOf(sites: readonly Site[], code: string): Site {
  const site = sites.find(candidate => candidate.code === code);
  if (site === undefined) throw new AppError('input/invalid', { field: `--codes ${code}` });
  return site;
}

/** Accounts of a sample province, every role once before any role twice, so that the first few show what there is. */
async function sampleAccounts(db: Database): Promise<SampleAccount[]> {
  const rows = await db.query<{ login: string; password: string; person: Person; site: Site }>(`
    SELECT s.login, s.password, p.data AS person, t.data AS site FROM sample_account s
    JOIN account a ON a.login = s.login
    JOIN record p ON p.kind = 'person' AND p.id = a.person_id
    JOIN record t ON t.kind = 'site' AND t.id = p.site_id ORDER BY s.login`);
  const seen = new Map<string, number>();
  return rows.sort((a, b) => rank(a.site) - rank(b.site)).map(row => {
    const role = row.person.roles[0] ?? 'kiem_tra';
    const turn = seen.get(role) ?? 0;
    seen.set(role, turn + 1);
    return { turn, account: { login: row.login, password: row.password, role, name: row.person.name, site: row.site.code } };
  }).sort((a, b) => a.turn - b.turn).map(item => item.account);
}
