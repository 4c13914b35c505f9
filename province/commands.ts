import { z } from 'zod';
import { AppError, AppErrorData } from '../contract/errors.ts';
import { SERVICES, type Service } from '../contract/org.ts';
import { holderOf } from './folder.ts';
import { MadeCode, Revoked, runLocal, type LocalCommand } from './local.ts';
import { newEpoch } from './migrate.ts';
import { openProvince } from './open.ts';
import type { ServeOptions } from './serve.ts';
import type { Database } from './sql.ts';

/** A one-time code for a site: through the running server when there is one, else in the database itself. */
export async function makeCode(options: ServeOptions, site: string, services: string[] | null): Promise<z.infer<typeof MadeCode>> {
  const known = services?.map((service): Service => {
    const found = SERVICES.find(candidate => candidate === service.trim());
    if (found === undefined) throw new AppError('input/invalid', { field: `--services ${service}` });
    return found;
  }) ?? null;
  return MadeCode.parse(await anywhere(options, { command: 'code', site, services: known, lifeMs: options.codeLifeMs }));
}

export async function revokeStation(options: ServeOptions, station: string): Promise<void> {
  Revoked.parse(await anywhere(options, { command: 'revoke', station }));
}

/** After a restore: what consoles know about our order is void. Only while no server runs on the folder. */
export async function renewEpoch(options: ServeOptions): Promise<string> {
  const epoch = newEpoch();
  await withDatabase(options, async db => { await db.query('UPDATE sync_head SET epoch = $1', [epoch]); });
  return epoch;
}

async function anywhere(options: ServeOptions, command: LocalCommand): Promise<unknown> {
  const holder = options.data === null || options.data === 'memory' ? null : holderOf(options.data);
  if (holder === null || holder.address === null) return withDatabase(options, db => runLocal(db, command, Date.now()));
  const response = await fetch(`${holder.address}/local`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${holder.key}` }, body: JSON.stringify(command),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const trouble = z.object({ data: AppErrorData }).parse(answer).data;
  throw new AppError(trouble.code, trouble.facts);
}

async function withDatabase<T>(options: ServeOptions, work: (db: Database) => Promise<T>): Promise<T> {
  const opened = await openProvince({ ...options, sample: 'none', nowMs: Date.now() });
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}
