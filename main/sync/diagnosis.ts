import type { LinkStatus } from '../../contract/console.ts';
import type { Diagnosis, OldestPending } from '../../contract/diagnosis.ts';
import type { Database } from '../../db/database.ts';
import { oldestPending, pendingBytes } from '../../db/outbox.ts';
import { countUnsent } from '../../db/stores/attachments.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readPulledSeq } from '../../db/stores/sync.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { evaluate, NOTHING_PROBED, type Probes } from './diagnose.ts';
import { askWhoIsThere, findName, freeBytes, interfacesUp, lookAtCertificate, openSocket, PROBE_LIMITS, targetOf, type ProbeLimits, type Target } from './probes.ts';

export interface DiagnosisDeps {
  reader: Database; clock: Clock; station: () => StationRecord | null; status: () => LinkStatus; dataDir: string;
  /** Told after each step that was looked at. */
  onStep: () => void;
  limits?: ProbeLimits;
}

/** Walks from this machine to the province on demand, one step after the other, and tells at any moment what is known. */
export function createDiagnosis(deps: DiagnosisDeps) {
  const walk = new Walk(deps);
  return {
    /** The chain as far as it is known now. */
    diagnosis: (): Diagnosis => walk.told(),
    /** Begins to look, unless it is being looked at already; answers at once. */
    diagnose: (): Diagnosis => { void walk.start(); return walk.told(); },
  };
}

class Walk {
  readonly #deps: DiagnosisDeps;
  #probes: Probes = NOTHING_PROBED;
  #probing: keyof Probes | null = null;
  #checkedAtMs: number | null = null;

  constructor(deps: DiagnosisDeps) {
    this.#deps = deps;
  }

  told(): Diagnosis {
    const { reader, station, status, clock } = this.#deps;
    const here = station();
    const oldest = this.#oldest();
    const answer = this.#probes.answer?.found;
    return {
      lines: evaluate({
        probes: this.#probes, probing: this.#probing, target: here === null ? null : targetOf(here.address), provinceId: here?.provinceId ?? null,
        nowMs: clock.nowMs(), status: status(), oldestN: oldest?.n ?? null,
      }),
      running: this.#probing !== null, checkedAtMs: this.#checkedAtMs, oldest, pendingBytes: pendingBytes(reader), files: countUnsent(reader),
      behindAtMost: answer?.kind === 'ours' && answer.provinceId === here?.provinceId ? Math.max(0, answer.seq - readPulledSeq(reader)) : null,
    };
  }

  async start(): Promise<void> {
    if (this.#probing !== null) return;
    this.#probes = NOTHING_PROBED;
    const { station, dataDir, clock, limits = PROBE_LIMITS } = this.#deps;
    await this.#look('disk', () => freeBytes(dataDir));
    const here = station();
    if (here !== null) await this.#lookFrom(targetOf(here.address), limits);
    this.#probing = null;
    this.#checkedAtMs = clock.nowMs();
    this.#deps.onStep();
  }

  /** A step that is broken ends the walk: what lies behind it cannot be looked at. */
  async #lookFrom(target: Target, limits: ProbeLimits): Promise<void> {
    await this.#look('network', () => interfacesUp());
    const name = await this.#look('name', () => findName(target.host, limits.nameMs));
    if (name?.kind !== 'found' && name?.kind !== 'literal') return;
    const connected = await this.#look('connect', () => openSocket(target, limits.connectMs));
    if (connected?.kind !== 'open') return;
    const secured = await this.#look('secure', () => lookAtCertificate(target, limits.secureMs));
    if (secured === null || (secured.kind !== 'plain' && (secured.kind !== 'certificate' || secured.problem !== null))) return;
    await this.#look('answer', () => askWhoIsThere(target, limits.answerMs));
  }

  /** @returns what was found; null when it could not be looked at, which is then said */
  async #look<K extends keyof Probes>(step: K, probe: () => Promise<NonNullable<Probes[K]>['found']> | NonNullable<Probes[K]>['found']): Promise<NonNullable<Probes[K]>['found'] | null> {
    this.#probing = step;
    this.#deps.onStep();
    try {
      const found = await probe();
      this.#probes = { ...this.#probes, [step]: { found, atMs: this.#deps.clock.nowMs() } };
      return found;
    } catch {
      return null;   // the machine does not say: the line stays "could not be checked"
    }
  }

  #oldest(): OldestPending | null {
    const { reader } = this.#deps;
    const oldest = oldestPending(reader);
    if (oldest === null) return null;
    const issue = readIssue(reader, oldest.issueId)?.issue;
    return { ...oldest, issueNo: issue?.displayNo ?? issue?.provisionalNo ?? '' };
  }
}
