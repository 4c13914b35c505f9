import { z } from 'zod';
import { AppErrorData } from './errors.ts';
import { Id } from './ids.ts';

/** The chain from this machine to "everything is there", in the order in which it is walked. */
export const CHECKS = ['network', 'name', 'connect', 'secure', 'clock', 'answer', 'province', 'device', 'version', 'server', 'disk', 'exchange', 'record', 'copy'] as const;
export type Check = (typeof CHECKS)[number];

/** What a check can find. Each has two sentences in `strings/`: what it is, and what to do. */
export const CAUSES = [
  'checking', 'not-checked', 'not-reached', 'implied',
  'network/up', 'network/same-machine', 'network/none',
  'name/found', 'name/literal', 'name/not-found', 'name/silent', 'name/failed',
  'connect/open', 'connect/refused', 'connect/no-route', 'connect/silent', 'connect/broken',
  'secure/trusted', 'secure/plain', 'secure/expired', 'secure/not-yet', 'secure/clock', 'secure/self-signed', 'secure/untrusted', 'secure/wrong-name', 'secure/not-tls', 'secure/silent',
  'clock/right', 'clock/skewed', 'clock/unmeasured',
  'answer/ours', 'answer/portal', 'answer/foreign', 'answer/silent', 'answer/broken',
  'province/ours', 'province/other',
  'device/accepted', 'device/revoked', 'device/unknown', 'device/bad-signature', 'device/not-enrolled',
  'version/fits', 'version/differs', 'version/parked', 'version/too-old', 'version/province-too-old',
  'server/works', 'server/maintenance', 'server/error',
  'disk/room', 'disk/low', 'disk/full',
  'exchange/works', 'exchange/fails', 'exchange/push-fails', 'exchange/pull-fails',
  'record/none', 'record/stuck',
  'copy/whole', 'copy/loading', 'copy/fails', 'copy/would-remove',
] as const;
export const Cause = z.enum(CAUSES);
export type Cause = z.infer<typeof Cause>;

/** `unknown`: could not be checked, and nothing is claimed. `warning`: works, but someone should look. */
export const CheckState = z.enum(['ok', 'warning', 'trouble', 'checking', 'unknown']);
export type CheckState = z.infer<typeof CheckState>;

/** `facts` fill the cause's sentences; never a name of a person, a word of a record or a secret. `error` names the trouble of an exchange. */
export const CheckLine = z.object({
  check: z.enum(CHECKS), state: CheckState, cause: Cause, facts: z.record(z.string(), z.union([z.string(), z.number()])),
  error: AppErrorData.nullable(), atMs: z.number().nullable().describe('when it was looked at; null where it follows from what is known'),
});
export type CheckLine = z.infer<typeof CheckLine>;

/** The oldest change that the province has not judged, and the record it is about. */
export const OldestPending = z.object({ n: z.number().int(), issueId: Id, issueNo: z.string(), name: z.string(), atMs: z.number() });
export type OldestPending = z.infer<typeof OldestPending>;

export const Diagnosis = z.object({
  lines: z.array(CheckLine), running: z.boolean(), checkedAtMs: z.number().nullable(),
  oldest: OldestPending.nullable(), pendingBytes: z.number().int().describe('JSON; what travels is a tenth or less'),
  files: z.object({ n: z.number().int(), bytes: z.number().int() }).describe('attachments that wait to be sent; they go after the changes, and not by a stick'),
  behindAtMost: z.number().int().nullable().describe('commits of the province since the last page, of which some may not be for here; null: not known'),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
