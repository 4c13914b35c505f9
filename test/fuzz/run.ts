import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../contract/errors.ts';
import { chanceOf } from '../support/chance.ts';
import { KINDS } from './kinds.ts';
import { openStage, type Stage } from './stage.ts';

/** What became of the messages of one kind. `taken`: those that went all the way, over a socket or into a database. */
export interface Counts { messages: number; taken: number; refused: number; accepted: number }
export interface Failure { seed: number; kind: string; why: string; file: string }
export interface Tally { counts: Record<string, Counts>; failures: Failure[]; slowestMs: number }

const NAMES = Object.keys(KINDS);
/** One in so many goes all the way. */
const TAKEN_EVERY = 40;
const TOLD_EVERY = 5_000;
/** Nothing that somebody sends may cost more work of this thread; what it waits for on a busy machine is nobody's fault. */
const TOO_LONG_MS = 5_000;
const HANGS_AFTER_MS = 120_000;

export function emptyTally(): Tally {
  return { counts: Object.fromEntries(NAMES.map(name => [name, { messages: 0, taken: 0, refused: 0, accepted: 0 }])), failures: [], slowestMs: 0 };
}

/** The sum of two tallies. */
export function joined(a: Tally, b: Tally): Tally {
  const sum = (x: Counts | undefined, y: Counts | undefined): Counts => ({
    messages: (x?.messages ?? 0) + (y?.messages ?? 0), taken: (x?.taken ?? 0) + (y?.taken ?? 0), refused: (x?.refused ?? 0) + (y?.refused ?? 0), accepted: (x?.accepted ?? 0) + (y?.accepted ?? 0),
  });
  return { counts: Object.fromEntries(NAMES.map(name => [name, sum(a.counts[name], b.counts[name])])), failures: [...a.failures, ...b.failures], slowestMs: Math.max(a.slowestMs, b.slowestMs) };
}

/** How to see one message again. */
export function replayOf(seed: number): string {
  return `npm run fuzz -- --from ${seed} --messages 1`;
}

/** Sends one message a seed, its kind by the seed. One that fails does not stop the others. */
export async function runSeeds(from: number, to: number, told: (tally: Tally) => void = () => undefined): Promise<Tally> {
  const stage = await openStage();
  let all = emptyTally();
  try {
    for (let at = from; at < to; at += TOLD_EVERY) {
      const some = emptyTally();
      for (let seed = at; seed < Math.min(to, at + TOLD_EVERY); seed += 1) await sendOne(stage, seed, some);
      told(some);
      all = joined(all, some);
    }
    return all;
  } finally {
    await stage.close();
  }
}

async function sendOne(stage: Stage, seed: number, tally: Tally): Promise<void> {
  const name = NAMES[seed % NAMES.length] ?? '';
  const kind = KINDS[name];
  const counts = tally.counts[name];
  if (kind === undefined || counts === undefined) throw new Error(`no kind ${name}`);
  const all = Math.floor(seed / NAMES.length) % TAKEN_EVERY === 0;
  const message = kind.make(stage, chanceOf(seed));
  const before = process.threadCpuUsage();
  counts.messages += 1;
  if (all) counts.taken += 1;
  try {
    await ended((all ? kind.take : kind.decode)(message, stage));
    counts.accepted += 1;
  } catch (error) {
    if (error instanceof AppError) counts.refused += 1;
    else tally.failures.push({ seed, kind: name, why: whyOf(error), file: kept(seed, name, message) });
  }
  const { user, system } = process.threadCpuUsage(before);
  const tookMs = (user + system) / 1_000;
  tally.slowestMs = Math.max(tally.slowestMs, tookMs);
  if (tookMs > TOO_LONG_MS) tally.failures.push({ seed, kind: name, why: `took ${Math.round(tookMs)} ms`, file: kept(seed, name, message) });
}

/** @throws {Error} when it does not end */
async function ended(sent: unknown): Promise<void> {
  const timer = new AbortController();
  const hangs = pause(HANGS_AFTER_MS, true, { signal: timer.signal }).catch(() => false);
  try {
    if (await Promise.race([Promise.resolve(sent).then(() => false), hangs])) throw new Error(`no end after ${HANGS_AFTER_MS / 1_000} s`);
  } finally {
    timer.abort();
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` ← ${whyOf(error.cause)}`;
  return `${error.name}: ${error.message} ${error.stack?.split('\n').slice(1, 4).map(line => line.trim()).join(' ') ?? ''}${cause}`;
}

function kept(seed: number, kind: string, message: Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ioc-fuzz-failed-')), `${kind}-${seed}.bin`);
  writeFileSync(file, message);
  return file;
}
