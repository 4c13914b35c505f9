import type { LinkStatus, Trouble } from '../../contract/console.ts';
import { currentError, type EngineState, type Lane, type OffsetSample } from './engine.ts';

/** Whether the province answers, and since when it does or does not; `null` before the first answer since the start. */
export interface LinkState { up: boolean | null; sinceMs: number | null }

export interface StatusParts {
  engine: EngineState; link: LinkState;
  counts: { pending: number; oldestAtMs: number | null; refused: number };
  offset: Pick<OffsetSample, 'offsetMs' | 'measuredAtMs'> | null;
  lastSyncAtMs: number | null; loading: number | null; textBehind: boolean; repairedRows: number; parkedRows: number; address: string;
  /** Wall clock minus the engine's own, ms: its times are monotonic, people read the clock. */
  wallAheadMs: number;
}

/** The state of the link in the words of the contract. */
export function linkStatus(parts: StatusParts): LinkStatus {
  const { engine, link, counts, offset } = parts;
  const never = link.up === null && parts.lastSyncAtMs === null;
  const nextTry = nextTryMs(engine, counts.pending > 0);
  return {
    link: link.up === true ? 'up' : never ? 'never' : 'down', sinceMs: link.sinceMs, lastSyncAtMs: parts.lastSyncAtMs,
    pending: counts.pending, refused: counts.refused, oldestPendingAtMs: counts.oldestAtMs,
    serverOffsetMs: offset?.offsetMs ?? null, offsetMeasuredAtMs: offset?.measuredAtMs ?? null,
    loading: parts.loading, textBehind: parts.textBehind, repairedRows: parts.repairedRows, parkedRows: parts.parkedRows, lastError: currentError(engine),
    pushTrouble: troubleOf(engine.lanes.push), pullTrouble: troubleOf(engine.lanes.pull),
    nextTryAtMs: nextTry === null ? null : Math.round(nextTry + parts.wallAheadMs), provinceAddress: parts.address,
  };
}

function troubleOf({ error, failures }: Lane): Trouble | null {
  return error === null ? null : { error, failures };
}

function nextTryMs(engine: EngineState, pending: boolean): number | null {
  const { link, push, pull } = engine.lanes;
  if (link.failures > 0) return link.retryAtMs;
  if (pending && push.failures > 0) return push.retryAtMs;
  return pull.failures > 0 ? pull.retryAtMs : null;
}

/** How much of a first copy is here, 0…1; null once it is in and followed. */
export function loadingShare({ hasCursor, copied, catchingUp }: { hasCursor: boolean; copied: number; catchingUp: boolean }): number | null {
  if (!hasCursor) return copied;
  return catchingUp ? 1 : null;
}
