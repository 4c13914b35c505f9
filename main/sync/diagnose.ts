import type { LinkStatus } from '../../contract/console.ts';
import { CHECKS, type Cause, type Check, type CheckLine, type CheckState } from '../../contract/diagnosis.ts';
import type { AppErrorData, ErrorCode } from '../../contract/errors.ts';
import { PROTOCOL_VERSION, speaksWithUs } from '../../contract/province.ts';
import { SKEW_MS } from '../../contract/time.ts';
import { isLoopback, type Answered, type Connected, type NameFound, type Secured, type Target } from './probes.ts';

/** What a probe found, and when; null while it has not run since the check began, or could not. */
export interface Probed<T> { found: T; atMs: number }
export interface Probes {
  network: Probed<string[]> | null; name: Probed<NameFound> | null; connect: Probed<Connected> | null;
  secure: Probed<Secured> | null; answer: Probed<Answered> | null; disk: Probed<number> | null;
}
export const NOTHING_PROBED: Probes = { network: null, name: null, connect: null, secure: null, answer: null, disk: null };

/** All that the chain is judged from. */
export interface Evidence {
  probes: Probes;
  /** The step that is being probed now. */
  probing: Check | null;
  target: Target | null; provinceId: string | null; nowMs: number;
  status: LinkStatus; oldestN: number | null;
}

/** Below this the local copy may soon not be able to grow; below the second nothing more can be saved safely. */
const LOW_DISK_BYTES = 1 << 30;
const FULL_DISK_BYTES = 64 << 20;
/** So often a push was made smaller before it holds one change only: then that one is what the server cannot take. */
const ALONE_AFTER = 5;
/** Steps that must be right where the province answers us: between them and us nothing can be broken. */
const IMPLIED: readonly Check[] = ['network', 'name', 'connect', 'secure', 'answer', 'province'];

type Finding = Omit<CheckLine, 'check'>;

function find(state: CheckState, cause: Cause, more: Partial<Finding> = {}): Finding {
  return { state, cause, facts: {}, error: null, atMs: null, ...more };
}

/**
 * The chain line by line. Pure: only what was probed or is known is claimed; where an earlier step is broken, what hangs on
 * it is said not to be reached.
 */
export function evaluate(evidence: Evidence): CheckLine[] {
  const lines: CheckLine[] = [];
  let isBroken = false;
  for (const check of CHECKS) {
    const found = JUDGES[check](evidence);
    const isOnTheWay = IMPLIED.includes(check);
    const isExplained = check === 'exchange' || found.state === 'unknown' || found.state === 'checking';
    const finding = isBroken && isExplained ? find('unknown', 'not-reached') : isOnTheWay ? implied(found, evidence) : found;
    if (isOnTheWay && finding.state === 'trouble') isBroken = true;
    lines.push({ check, ...finding });
  }
  return lines;
}

/** While the province answers us, a step that was not looked at since must be right; a newer probe that failed is believed. */
function implied(found: Finding, { status }: Evidence): Finding {
  if (status.link !== 'up' || found.state === 'ok' || found.state === 'warning') return found;
  const isNewer = found.state === 'trouble' && (found.atMs ?? 0) > (status.lastSyncAtMs ?? 0);
  return isNewer ? found : find('ok', 'implied', { atMs: status.lastSyncAtMs });
}

const JUDGES: Readonly<Record<Check, (evidence: Evidence) => Finding>> = {
  network: evidence => probed(evidence, 'network', names => {
    if (evidence.target !== null && isLoopback(evidence.target.host)) return find('ok', 'network/same-machine');
    return names.length === 0 ? find('trouble', 'network/none') : find('ok', 'network/up', { facts: { names: names.join(', ') } });
  }),
  name: evidence => probed(evidence, 'name', found => {
    const facts = { host: evidence.target?.host ?? '' };
    if (found.kind === 'found') return find('ok', 'name/found', { facts: { ...facts, ms: found.elapsedMs } });
    return found.kind === 'literal' ? find('ok', 'name/literal', { facts }) : find('trouble', `name/${found.kind}`, { facts });
  }),
  connect: evidence => probed(evidence, 'connect', found => {
    const facts = { host: evidence.target?.host ?? '', port: evidence.target?.port ?? 0 };
    return found.kind === 'open' ? find('ok', 'connect/open', { facts: { ...facts, ms: found.elapsedMs } }) : find('trouble', `connect/${found.kind}`, { facts: { ...facts, reason: found.reason } });
  }),
  secure: evidence => probed(evidence, 'secure', found => judgeSecure(found, evidence)),
  clock: judgeClock,
  answer: evidence => probed(evidence, 'answer', found => {
    switch (found.kind) {
      case 'ours': return find('ok', 'answer/ours', { facts: { ms: found.elapsedMs } });
      case 'error': return find('ok', 'answer/ours', { facts: { ms: 0 } });
      case 'portal': case 'foreign': return find('trouble', `answer/${found.kind}`, { facts: { status: found.status } });
      case 'silent': return find('trouble', 'answer/silent');
      case 'broken': return find('trouble', 'answer/broken', { facts: { reason: found.reason } });
    }
  }),
  province: judgeProvince, device: judgeDevice, version: judgeVersion, server: judgeServer,
  disk: judgeDisk, exchange: judgeExchange, record: judgeRecord, copy: judgeCopy,
};

function probed<K extends keyof Probes>(evidence: Evidence, step: K & Check, judge: (found: NonNullable<Probes[K]>['found']) => Finding): Finding {
  const one = evidence.probes[step];
  if (one === null) return evidence.probing === step ? find('checking', 'checking') : find('unknown', 'not-checked');
  return { ...judge(one.found), atMs: one.atMs };
}

function judgeSecure(found: Secured, { nowMs, status }: Evidence): Finding {
  if (found.kind === 'plain') return find('ok', 'secure/plain');
  if (found.kind !== 'certificate') return find('trouble', `secure/${found.kind}`, { facts: { reason: found.reason } });
  const { problem, validFromMs, validToMs } = found;
  const isIn = (atMs: number): boolean => atMs >= validFromMs && atMs <= validToMs;
  const facts = { from: validFromMs, to: validToMs };
  if (problem === null) return find('ok', 'secure/trusted', { facts });
  if (!isIn(nowMs)) {
    if (status.serverOffsetMs !== null && isIn(nowMs + status.serverOffsetMs)) return find('trouble', 'secure/clock', { facts });
    return find('trouble', nowMs < validFromMs ? 'secure/not-yet' : 'secure/expired', { facts });
  }
  if (/SELF_SIGNED/.test(problem)) return find('trouble', 'secure/self-signed', { facts: { reason: problem } });
  return find('trouble', /ALTNAME|HOSTNAME/.test(problem) ? 'secure/wrong-name' : 'secure/untrusted', { facts: { reason: problem } });
}

function judgeClock({ status }: Evidence): Finding {
  const { serverOffsetMs: offsetMs, offsetMeasuredAtMs: atMs } = status;
  if (offsetMs === null) return find('unknown', 'clock/unmeasured');
  return find(Math.abs(offsetMs) > SKEW_MS ? 'warning' : 'ok', Math.abs(offsetMs) > SKEW_MS ? 'clock/skewed' : 'clock/right', { facts: { offsetMs }, atMs });
}

function judgeProvince({ probes, provinceId, status, probing }: Evidence): Finding {
  const answer = probes.answer;
  if (answer?.found.kind === 'ours') {
    return { ...(answer.found.provinceId === provinceId ? find('ok', 'province/ours') : find('trouble', 'province/other', { facts: { province: answer.found.provinceName } })), atMs: answer.atMs };
  }
  if (status.lastError?.code === 'link/wrong-province') return find('trouble', 'province/other', { facts: { province: String(status.lastError.facts['province'] ?? '') } });
  return probing === 'answer' ? find('checking', 'checking') : find('unknown', 'not-checked');
}

const DEVICE: Partial<Record<ErrorCode, Cause>> = {
  'device/revoked': 'device/revoked', 'device/unknown': 'device/unknown', 'device/bad-signature': 'device/bad-signature', 'enrol/not-enrolled': 'device/not-enrolled',
};

function judgeDevice({ status, target }: Evidence): Finding {
  if (target === null) return find('trouble', 'device/not-enrolled');
  const refused = status.lastError === null ? undefined : DEVICE[status.lastError.code];
  if (refused !== undefined) return find('trouble', refused);
  return status.link === 'up' ? find('ok', 'device/accepted') : find('unknown', 'not-checked');
}

function judgeVersion({ status, probes }: Evidence): Finding {
  const answer = probes.answer?.found;
  const theirs = answer?.kind === 'ours' ? answer.protocol : null;
  if (status.lastError?.code === 'sync/too-old' || (theirs !== null && PROTOCOL_VERSION < theirs - 2)) return find('trouble', 'version/too-old', { facts: { ours: PROTOCOL_VERSION } });
  if (status.lastError?.code === 'sync/province-too-old' || (theirs !== null && !speaksWithUs(theirs))) return find('trouble', 'version/province-too-old', { facts: { ours: PROTOCOL_VERSION } });
  const parkedRows = status.parkedRows ?? 0;
  if (parkedRows > 0) return find('warning', 'version/parked', { facts: { rows: parkedRows } });
  if (theirs !== null && theirs !== PROTOCOL_VERSION) return find('ok', 'version/differs', { facts: { ours: PROTOCOL_VERSION, theirs } });
  return theirs !== null || status.link === 'up' ? find('ok', 'version/fits', { facts: { ours: PROTOCOL_VERSION } }) : find('unknown', 'not-checked');
}

function judgeServer({ status, probes }: Evidence): Finding {
  const answer = probes.answer;
  const trouble = [status.lastError, status.pushTrouble?.error, status.pullTrouble?.error].find(error => error?.code === 'link/server-error');
  const said = answer?.found.kind === 'error' ? answer.found.status : trouble === undefined || trouble === null ? null : Number(trouble.facts['status'] ?? 500);
  // A single kind of exchange that fails is told there: the server itself works.
  if (said !== null && (answer?.found.kind === 'error' || status.link !== 'up')) return find('trouble', said === 503 ? 'server/maintenance' : 'server/error', { facts: { status: said }, atMs: answer?.atMs ?? null });
  return answer?.found.kind === 'ours' || status.link === 'up' ? find('ok', 'server/works', { atMs: answer?.atMs ?? null }) : find('unknown', 'not-checked');
}

function judgeDisk(evidence: Evidence): Finding {
  return probed(evidence, 'disk', bytes => {
    const facts = { freeMb: Math.floor(bytes / (1 << 20)) };
    if (bytes < FULL_DISK_BYTES) return find('trouble', 'disk/full', { facts });
    return bytes < LOW_DISK_BYTES ? find('warning', 'disk/low', { facts }) : find('ok', 'disk/room', { facts });
  });
}

/** Told elsewhere in the chain, in more detail. */
const TOLD_ABOVE: readonly ErrorCode[] = ['device/revoked', 'device/unknown', 'device/bad-signature', 'enrol/not-enrolled', 'sync/too-old', 'sync/province-too-old', 'link/wrong-province'];

function judgeExchange({ status }: Evidence): Finding {
  const { pushTrouble: push, pullTrouble: pull, lastError, link } = status;
  const fails = (cause: Cause, error: AppErrorData): Finding => find('trouble', cause, { error });
  if (link === 'up') {
    if (push !== null && push.failures < ALONE_AFTER) return fails('exchange/push-fails', push.error);
    return pull !== null && pull.error.code !== 'sync/mass-removal' ? fails('exchange/pull-fails', pull.error) : find('ok', 'exchange/works');
  }
  if (lastError === null) return find('unknown', 'not-checked');
  return TOLD_ABOVE.includes(lastError.code) ? find('unknown', 'not-reached') : fails('exchange/fails', lastError);
}

function judgeRecord({ status, oldestN }: Evidence): Finding {
  const { pushTrouble: push, link } = status;
  if (link === 'up' && push !== null && push.failures >= ALONE_AFTER && oldestN !== null) return find('trouble', 'record/stuck', { facts: { n: oldestN, waiting: status.pending - 1 }, error: push.error });
  return link === 'up' || oldestN === null ? find('ok', 'record/none') : find('unknown', 'not-checked');
}

function judgeCopy({ status }: Evidence): Finding {
  const stopped = status.pullTrouble?.error;
  if (stopped?.code === 'sync/mass-removal') return find('trouble', 'copy/would-remove', { facts: { rows: Number(stopped.facts['rows']), of: Number(stopped.facts['of']) } });
  if (status.loading === null) return find('ok', 'copy/whole');
  const facts = { percent: Math.min(99, Math.floor(status.loading * 100)) };
  return status.link === 'up' ? find('checking', 'copy/loading', { facts }) : find('warning', 'copy/fails', { facts });
}
