import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { JsonifiedClient } from '@orpc/openapi-client';
import type { ErrorCode } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Person } from '../../contract/org.ts';
import { PROTOCOL_VERSION, provinceContract, type Mutation } from '../../contract/province.ts';
import type { ReadyMessage } from '../../province/serve.ts';
import { putSampleCluster } from '../support/sample-cluster.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A data folder with the small sample province. */
export async function provinceFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-province-'));
  await putSampleCluster(folder);
  return folder;
}

export interface RunningProvince extends ReadyMessage {
  folder: string;
  child: ChildProcess;
  /** SIGTERM, or SIGKILL; resolves when the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A province server in a process of its own. */
export async function startProvince(folder: string, args: string[] = [], env: Record<string, string> = {}): Promise<RunningProvince> {
  const child = spawn(process.execPath, [join(ROOT, 'province/index.ts'), '--port', '0', '--data', folder, '--json', ...args],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...env } });
  const said: string[] = [];
  // A test that fails while the server starts leaves nobody to stop it: it ends with this process.
  process.once('exit', () => child.kill('SIGKILL'));
  child.stderr?.on('data', (text: Buffer) => said.push(text.toString()));
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const ready = await new Promise<ReadyMessage>((resolve, reject) => {
    child.once('message', message => resolve(message as ReadyMessage));
    child.once('exit', code => reject(new Error(`the province ended with ${code}: ${said.join('')}`)));
  });
  return {
    ...ready, folder, child,
    stop(signal = 'SIGTERM') { child.kill(signal); return gone; },
  };
}

export type ProvinceClient = JsonifiedClient<ContractRouterClient<typeof provinceContract>>;

export function clientOf(address: string, token: () => string | null = () => null): ProvinceClient {
  return createORPCClient(new OpenAPILink(provinceContract, {
    url: address,
    headers: () => { const shown = token(); return shown === null ? {} : { authorization: `Bearer ${shown}` }; },
  }));
}

/** The code of the refusal that a call ends in. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: ErrorCode; facts: object }> {
  const { error } = await safe(call as Promise<never> & { __error?: { type: Error } });
  if (error !== null && isDefinedError(error as Error) && 'data' in (error as object)) return (error as unknown as { data: { code: ErrorCode; facts: object } }).data;
  throw new Error('the call was not refused by a code', { cause: error });
}

export interface Station {
  deviceId: Id; client: ProvinceClient; privateKey: KeyObject;
  token(): string;
  /** A new token from the server at this address (after a restart, the new one). */
  openSession(address?: string): Promise<void>;
  signIn(account: { login: string; password: string }): Promise<{ person: Person; personToken: string }>;
  /** The next mutation of this station; `n` counts up. */
  mutation(name: string, actorId: Id, payload: Record<string, unknown>): Mutation;
}

/** A workstation enrolled at a running province, with an open session. */
export async function enrolStation(address: string, code: string, name = 'Bàn thử'): Promise<Station> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const state = { token: '', address, n: 0 };
  const enrolled = await clientOf(address).enrol({ code, stationName: name, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') });
  const station: Station = {
    deviceId: enrolled.deviceId, privateKey,
    client: clientOf(address, () => state.token),
    token: () => state.token,
    async openSession(at = state.address) {
      if (at !== state.address) { state.address = at; station.client = clientOf(at, () => state.token); }
      const { nonce } = await station.client.session.challenge({ deviceId: enrolled.deviceId });
      const signature = sign(null, Buffer.from(nonce), privateKey).toString('base64');
      state.token = (await station.client.session.open({ deviceId: enrolled.deviceId, nonce, signature, protocol: PROTOCOL_VERSION })).token;
    },
    async signIn(account) { return station.client.people.signIn({ login: account.login, password: account.password }); },
    mutation(name, actorId, payload) {
      state.n += 1;
      return { n: state.n, name, actorId, atMs: Date.now(), provisionalNo: `T-${state.n}`, payload };
    },
  };
  await station.openSession();
  return station;
}

/** A well-formed report of a fire, to be changed as a test needs. */
export function reportOfFire(siteId: Id, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: newId(Date.now()), class: 'incident', service: '114', siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P2',
    description: 'Cháy nhà kho, khói đen', place: { text: 'Ngã tư Mẫu, phường Giả Định', areaId: null, lat: null, lon: null },
    reporter: { anonymous: false, name: 'Trần Minh Họa', phone: '0900000000', relation: '' }, ...changes,
  };
}

export interface PulledRow { kind: string; id: Id; seq: number; deleted: boolean; data: Record<string, unknown> }

/** Every row from a cursor on, page by page, as a console would have it. */
export async function pullAll(client: ProvinceClient, from = '', limit = 500): Promise<{ rows: Map<Id, PulledRow>; cursor: string; pages: number }> {
  const rows = new Map<Id, PulledRow>();
  let cursor = from;
  for (let pages = 1; ; pages += 1) {
    const page = await client.sync.pull({ cursor, limit });
    for (const row of page.rows) rows.set(row.id, row as PulledRow);
    cursor = page.cursor;
    if (!page.more) return { rows, cursor, pages };
  }
}

export const issueOf = (row: PulledRow | undefined): Issue => row?.data as unknown as Issue;

/** The sample account of this role at this site. */
export function accountOf<Account extends { role: string; site: string }>(province: { accounts: readonly Account[] }, role: string, site?: string): Account {
  const found = province.accounts.find(account => account.role === role && (site === undefined || account.site === site));
  if (found === undefined) throw new Error(`the sample has no ${role} at ${site}`);
  return found;
}
