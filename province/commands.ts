import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError, AppErrorData } from '../contract/errors.ts';
import { PolicyPack } from '../contract/policy/pack.ts';
import { PolicyIssued } from '../contract/province.ts';
import type { StickTaken } from '../contract/stick-file.ts';
import { hashPassword } from './accounts.ts';
import { Founded, Founding } from './found.ts';
import { holderOf } from './folder.ts';
import { MadeCode, Moved, Pruned, Rescoped, Revoked, runLocal, StickDone, type LocalCommand } from './local.ts';
import { newEpoch, voidCursors } from './epoch.ts';
import { openProvince } from './open.ts';
import { servicesOf } from './places.ts';
import { readPolicyFile, writePolicyFile } from './policy-file.ts';
import type { ServeOptions } from './serve.ts';
import type { Database } from './sql.ts';
import { readStickFile, writeStickFile } from './stick-disk.ts';

/** A one-time code for a site: through the running server when there is one, else in the database itself. */
export async function makeCode(options: ServeOptions, site: string, services: string | undefined): Promise<z.infer<typeof MadeCode>> {
  const known = services === undefined ? null : servicesOf(services);
  return MadeCode.parse(await anywhere(options, { command: 'code', site, services: known, lifeMs: options.codeLifeMs }));
}

export async function revokeStation(options: ServeOptions, station: string): Promise<void> {
  Revoked.parse(await anywhere(options, { command: 'revoke', station }));
}

/** Moves a unit, its people and the records that it leads to another site. */
export async function moveUnitTo(options: ServeOptions, unit: string, site: string): Promise<z.infer<typeof Moved>> {
  return Moved.parse(await anywhere(options, { command: 'move-unit', unit, site }));
}

/** Lets go now of what tells of rows long gone; a running server does so every day. @returns how much went */
export async function pruneNow(options: ServeOptions): Promise<number> {
  return Pruned.parse(await anywhere(options, { command: 'prune' })).gone;
}

/** Writes the policy pack in force into a new file, to be edited. @throws {AppError} 'input/invalid' when the file is there already */
export async function exportPolicy(options: ServeOptions, file: string): Promise<PolicyPack> {
  const pack = PolicyPack.parse(await anywhere(options, { command: 'policy-in-force' }));
  await writePolicyFile(file, pack);
  return pack;
}

/** Issues an edited pack, signed by the province: records received from its day on are judged by it. */
export async function issuePolicyFile(options: ServeOptions, file: string): Promise<PolicyIssued> {
  return PolicyIssued.parse(await anywhere(options, { command: 'policy-issue', pack: await readPolicyFile(file, Date.now()) }));
}

/** Changes what a station sees; what is not given stays as it is, `all` is everything. */
export async function rescope(options: ServeOptions, station: string, given: { services: string | undefined; sites: string | undefined }): Promise<z.infer<typeof Rescoped>> {
  if (given.services === undefined && given.sites === undefined) throw new AppError('input/invalid', { missing: '--services' });
  const sites = given.sites === undefined ? {} : { sites: given.sites === 'all' ? null : given.sites.split(',').map(code => code.trim()) };
  const services = given.services === undefined ? {} : { services: servicesOf(given.services) };
  return Rescoped.parse(await anywhere(options, { command: 'set-scope', station, ...sites, ...services }));
}

/** What the terminal gives for a founding: options as they were typed. */
export interface FoundingOptions { name: string | undefined; siteCode: string | undefined; login: string | undefined; personName: string | undefined }

const FOUNDING_FIELDS = { name: '--name', siteCode: '--code', login: '--login', personName: '--person' } as const;

/**
 * The first site and administrator of an empty province, which is made when the data folder is new.
 *
 * @param readPassword asked only when everything else is in order
 * @throws {AppError} 'input/invalid' {field, reason} | {missing}
 */
export async function foundProvince(options: ServeOptions, given: FoundingOptions, readPassword: () => Promise<string>): Promise<Founded> {
  if (options.databaseUrl === undefined && options.data === 'memory') throw unusable('--data memory', 'dữ liệu trong bộ nhớ mất khi lệnh xong');
  const parsed = Founding.omit({ hash: true }).safeParse(given);
  if (!parsed.success) {
    const key = String(parsed.error.issues[0]?.path[0]) as keyof typeof FOUNDING_FIELDS;
    if (given[key] === undefined) throw new AppError('input/invalid', { missing: FOUNDING_FIELDS[key] });
    throw unusable(FOUNDING_FIELDS[key], `giá trị “${given[key]}” không hợp lệ`);
  }
  const founding: Founding = { ...parsed.data, hash: await hashPassword(await readPassword()) };
  return Founded.parse(await anywhere({ ...options, name: founding.name }, { command: 'found', founding }));
}

function unusable(field: string, reason: string): AppError {
  return new AppError('input/invalid', { field, reason });
}

/**
 * Takes in the file of a workstation and writes the answer beside it, or into another folder.
 *
 * @returns what has become of the file, and where the answer lies
 * @throws {AppError} `stick/…`; nothing has changed then
 */
export async function importStick(options: ServeOptions, file: string, answerFolder: string | undefined): Promise<{ taken: StickTaken; answerFile: string }> {
  const bytes = await readStickFile(file);
  const done = StickDone.parse(await anywhere(options, { command: 'import-stick', file: bytes.toString('base64') }));
  return { taken: done.taken, answerFile: await writeStickFile(answerFolder ?? dirname(file), done.name, Buffer.from(done.answer, 'base64')) };
}

/** After a restore: what consoles know about our order is void. Only while no server runs on the folder. */
export async function renewEpoch(options: ServeOptions): Promise<string> {
  const epoch = newEpoch();
  requireProvince(options);
  await withDatabase(options, db => db.transaction(tx => voidCursors(tx, epoch)));
  return epoch;
}

async function anywhere(options: ServeOptions, command: LocalCommand): Promise<unknown> {
  const holder = options.data === null || options.data === 'memory' ? null : holderOf(options.data);
  if (command.command !== 'found') requireProvince(options);
  if (holder === null || holder.address === null) return withDatabase(options, db => runLocal(db, command, { nowMs: Date.now(), report: (what, error) => console.error(`${what}:`, error) }));
  const response = await fetch(`${holder.address}/local`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${holder.key}` }, body: JSON.stringify(command),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const trouble = z.object({ data: AppErrorData }).parse(answer).data;
  throw new AppError(trouble.code, trouble.facts);
}

/** A slip in `--data` would otherwise make an empty province there. */
function requireProvince({ databaseUrl, data }: ServeOptions): void {
  if (databaseUrl !== undefined || data === null || data === 'memory' || existsSync(join(data, 'pg'))) return;
  throw unusable(`--data ${data}`, 'ở đó chưa có dữ liệu của máy chủ tỉnh');
}

async function withDatabase<T>(options: ServeOptions, work: (db: Database) => Promise<T>): Promise<T> {
  const opened = await openProvince({ ...options, sample: 'none', nowMs: Date.now() });
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}
