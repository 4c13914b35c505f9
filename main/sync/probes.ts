import { promises as dns } from 'node:dns';
import { statfs } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, connect as tcpConnect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as tlsConnect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { z } from 'zod';

/** Where the province is believed to be, taken apart. */
export interface Target { host: string; port: number; secure: boolean; address: string }

/** Gives up on a silent step after so many ms. */
export interface ProbeLimits { nameMs: number; connectMs: number; secureMs: number; answerMs: number }
export const PROBE_LIMITS: ProbeLimits = { nameMs: 3_000, connectMs: 4_000, secureMs: 4_000, answerMs: 6_000 };

export type NameFound = { kind: 'literal' } | { kind: 'found'; elapsedMs: number } | { kind: 'not-found' | 'silent' | 'failed' };
export type Connected = { kind: 'open'; elapsedMs: number } | { kind: 'refused' | 'no-route' | 'silent' | 'broken'; reason: string };
export type Secured =
  | { kind: 'plain' } | { kind: 'not-tls' | 'silent'; reason: string }
  | { kind: 'certificate'; problem: string | null; validFromMs: number; validToMs: number };
export type Answered =
  | { kind: 'ours'; provinceId: string; provinceName: string; protocol: number; seq: number; elapsedMs: number }
  | { kind: 'portal' | 'foreign' | 'error'; status: number } | { kind: 'silent' } | { kind: 'broken'; reason: string };

/** Largest answer of a health call that is read. */
const MAX_ANSWER_BYTES = 64 << 10;
const Health = z.object({ provinceId: z.string(), provinceName: z.string(), protocol: z.number(), seq: z.number() });

export function targetOf(address: string): Target {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), secure, address: address.replace(/\/$/, '') };
}

/** Whether the province runs on this very machine: then no network is needed. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Names of the network interfaces that are up and lead out of this machine. */
export function interfacesUp(): string[] {
  return Object.entries(networkInterfaces()).filter(([, addresses]) => addresses?.some(address => !address.internal) === true).map(([name]) => name);
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';

/** Asks the machine's resolver; a resolver that never answers is left to itself, and waited for no longer than `limitMs`. */
export async function findName(host: string, limitMs: number, lookup: (host: string) => Promise<unknown> = name => dns.lookup(name)): Promise<NameFound> {
  if (isIP(host) !== 0) return { kind: 'literal' };
  const startMs = performance.now();
  const silent = Promise.withResolvers<NameFound>();
  const timer = setTimeout(() => { silent.resolve({ kind: 'silent' }); }, limitMs);
  const asked = lookup(host).then((): NameFound => ({ kind: 'found', elapsedMs: Math.round(performance.now() - startMs) }),
    (error: unknown): NameFound => ({ kind: ['ENOTFOUND', 'ENODATA'].includes(reasonOf(error)) ? 'not-found' : 'failed' }));
  return Promise.race([asked, silent.promise]).finally(() => { clearTimeout(timer); });
}

export function openSocket({ host, port }: Target, limitMs: number): Promise<Connected> {
  const startMs = performance.now();
  return new Promise(resolve => {
    const socket = tcpConnect({ host, port, timeout: limitMs });
    const end = (found: Connected): void => { socket.destroy(); resolve(found); };
    socket.once('connect', () => { end({ kind: 'open', elapsedMs: Math.round(performance.now() - startMs) }); });
    socket.once('timeout', () => { end({ kind: 'silent', reason: 'ETIMEDOUT' }); });
    socket.once('error', error => { end({ kind: connectKind(reasonOf(error)), reason: reasonOf(error) }); });
  });
}

function connectKind(reason: string): 'refused' | 'no-route' | 'silent' | 'broken' {
  switch (reason) {
    case 'ECONNREFUSED': return 'refused';
    case 'ENETUNREACH': case 'EHOSTUNREACH': case 'ENETDOWN': case 'EHOSTDOWN': case 'EADDRNOTAVAIL': return 'no-route';
    case 'ETIMEDOUT': return 'silent';
    default: return 'broken';
  }
}

/** Looks at the certificate of the other end. Nothing is sent over this connection, so one that is not trusted does no harm. */
export function lookAtCertificate({ host, port, secure }: Target, limitMs: number): Promise<Secured> {
  if (!secure) return Promise.resolve({ kind: 'plain' });
  return new Promise(resolve => {
    const socket = tlsConnect({ host, port, rejectUnauthorized: false, timeout: limitMs, ...(isIP(host) === 0 ? { servername: host } : {}) });
    const end = (found: Secured): void => { socket.destroy(); resolve(found); };
    socket.once('secureConnect', () => { end(certificateOf(socket)); });
    socket.once('timeout', () => { end({ kind: 'silent', reason: 'ETIMEDOUT' }); });
    socket.once('error', error => { end({ kind: 'not-tls', reason: reasonOf(error) }); });
    socket.once('end', () => { end({ kind: 'not-tls', reason: 'ended' }); });
  });
}

function certificateOf(socket: TLSSocket): Secured {
  const { valid_from: from, valid_to: to }: Partial<PeerCertificate> = socket.getPeerCertificate();
  // Node says why as a code, whatever its type declares.
  const said: unknown = socket.authorizationError;
  const problem = said === null || said === undefined ? null : said instanceof Error ? reasonOf(said) : `${said as string}`;
  return { kind: 'certificate', problem, validFromMs: Date.parse(from ?? ''), validToMs: Date.parse(to ?? '') };
}

/** Asks who is there, as the province's own health call does, and believes only an answer in its form. */
export async function askWhoIsThere(target: Target, limitMs: number): Promise<Answered> {
  const startMs = performance.now();
  try {
    const { status, type, body } = await get(`${target.address}/v1/health`, target.secure, limitMs);
    if (status >= 500) return { kind: 'error', status };
    const health = status === 200 ? Health.safeParse(parsed(body)) : null;
    if (health?.success === true) return { kind: 'ours', ...health.data, elapsedMs: Math.round(performance.now() - startMs) };
    const isPage = type.includes('html') || (status >= 300 && status < 400) || status === 511;
    return { kind: isPage ? 'portal' : 'foreign', status };
  } catch (error) {
    return reasonOf(error) === 'ETIMEDOUT' ? { kind: 'silent' } : { kind: 'broken', reason: reasonOf(error) };
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;   // not JSON, so not the province's: the caller says so
  }
}

function get(url: string, secure: boolean, limitMs: number): Promise<{ status: number; type: string; body: string }> {
  const timedOut = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).get(url, { agent: false, headers: { accept: 'application/json' } }, answer => {
      const parts: Buffer[] = [];
      let bytes = 0;
      const end = (): void => { resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body: Buffer.concat(parts).toString('utf8') }); request.destroy(); };
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
        if (bytes > MAX_ANSWER_BYTES) end();
      });
      answer.once('end', end);
      answer.once('error', reject);
    });
    // The whole call, not only silence: a drop a second would keep the check waiting for ever.
    const timer = setTimeout(() => { request.destroy(timedOut()); }, limitMs);
    request.once('close', () => { clearTimeout(timer); });
    request.once('error', reject);
  });
}

/** Bytes that this program may still write where its data lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
