import { z } from 'zod';
import { wordOf } from './words.ts';

/** Every trouble that a person can meet. Each code has two sentences in `strings/`: what happened, and what to do. */
export const ERROR_CODES = [
  'auth/not-signed-in', 'auth/locked', 'auth/wrong-password', 'auth/too-many-attempts', 'auth/unknown-person',
  'auth/first-time-needs-link', 'auth/offline-expired', 'auth/forbidden', 'auth/account-disabled',
  'enrol/code-unknown', 'enrol/code-used', 'enrol/code-expired', 'enrol/already-enrolled', 'enrol/not-enrolled',
  'device/revoked', 'device/unknown', 'device/bad-signature', 'device/token-expired',
  'link/unreachable', 'link/foreign-answer', 'link/too-slow', 'link/server-error', 'link/wrong-province',
  'sync/out-of-order', 'sync/restart', 'sync/too-old', 'sync/province-too-old', 'sync/unknown-code', 'sync/unknown-verdict', 'sync/unknown-change', 'sync/author-away', 'sync/copy-being-made', 'sync/chunk-gone', 'sync/damaged-chunk', 'sync/mass-removal',
  'issue/not-found', 'issue/already-exists', 'issue/wrong-state', 'issue/wrong-class', 'issue/field-required',
  'issue/same-person', 'issue/outside-scope', 'issue/unit-unknown', 'issue/unit-not-handling', 'issue/no-focal-point', 'issue/not-verified',
  'issue/no-proposal', 'issue/nothing-changed', 'issue/bad-value', 'issue/history-full', 'issue/no-hand-off', 'issue/handed-off', 'issue/returned-too-often', 'issue/paused-too-often', 'issue/forces-out', 'issue/unanswered', 'issue/class-settled',
  'issue/no-reopening', 'issue/too-late-to-reopen', 'issue/too-late-to-split', 'issue/too-many', 'issue/no-survey', 'issue/evidence-needed', 'survey/bad-code', 'survey/unknown-code', 'survey/answered',
  'issue/personal-erased', 'personal/reason-needed', 'personal/off-duty',
  'attachment/too-large', 'attachment/empty', 'attachment/wrong-type', 'attachment/too-many', 'attachment/already-attached', 'attachment/not-found',
  'attachment/not-there-yet', 'attachment/damaged', 'attachment/quota', 'attachment/no-store', 'attachment/upload-gone',
  'map/not-a-pack', 'map/pack-damaged', 'map/pack-changed', 'map/pack-unreadable',
  'draft/not-found', 'draft/too-long', 'attention/form-begun', 'attention/done', 'queue/view-gone',
  'bulk/nothing-chosen', 'bulk/too-many', 'bulk/busy', 'bulk/not-found', 'bulk/interrupted', 'bulk/undo-over', 'bulk/changed-since', 'view/not-found', 'view/too-many', 'view/changed',
  'document/not-found', 'handover/wrong-state', 'handover/same-person', 'handover/changed', 'handover/not-yours', 'handover/not-all-lines',
  'request/ended', 'request/extended-before', 'request/overdue', 'request/not-identified', 'request/received-when', 'request/no-such-record',
  'import/too-large', 'import/line-too-long', 'import/not-text', 'import/unknown-format', 'import/entity-bomb',
  'import/not-well-formed', 'import/missing-column', 'import/not-found', 'import/busy', 'import/unreadable', 'import/interrupted', 'import/line-broken', 'import/line-empty', 'import/line-example',
  'export/gone', 'export/purpose-needed', 'export/too-many-rows', 'export/cell-too-long',
  'policy/not-valid', 'policy/past', 'policy/already-issued', 'policy/another-meanwhile', 'policy/in-force', 'policy/not-found', 'policy/draft-there', 'policy/draft-gone', 'roster/nobody', 'roster/absence', 'roster/changed', 'roster/reason-needed', 'roster/not-in-it', 'roster/no-shift', 'roster/begun', 'roster/busy', 'roster/asked-already', 'roster/ask-over', 'roster/not-yours', 'roster/nobody-takes', 'roster/refused-here', 'roster/future', 'roster/not-running', 'roster/attend-reason', 'roster/why-needed', 'roster/in-shift', 'roster/taken-over', 'roster/worked', 'roster/copies-full', 'roster/moved-on',
  'stick/not-a-file', 'stick/damaged', 'stick/from-future', 'stick/too-large', 'stick/other-province', 'stick/other-station', 'stick/other-key', 'stick/own-file',
  'stick/answer-here', 'stick/station-unknown', 'stick/station-revoked', 'stick/gap', 'stick/nothing-to-send', 'stick/no-keys', 'stick/too-many', 'stick/not-found', 'stick/cannot-write', 'stick/carries-enough',
  'db/locked-by-other', 'db/wrong-key', 'db/key-missing', 'db/damaged', 'db/from-future', 'db/disk-full', 'db/read-only', 'db/busy',
  'core/starting', 'core/gave-up', 'shell/port-taken', 'shell/folder-read-only', 'shell/not-built', 'shell/keyring-unavailable', 'shell/keyring-unsafe',
  'input/invalid', 'input/too-large', 'internal/unexpected',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Plain facts that the sentence of a code may name: a field, a limit, a state. Never personal data. */
export const ErrorFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type ErrorFacts = z.infer<typeof ErrorFacts>;

/** How an expected trouble looks on every wire. */
export const AppErrorData = z.object({ code: wordOf(ERROR_CODES), facts: ErrorFacts });
export type AppErrorData = z.infer<typeof AppErrorData>;

/** Expected trouble: a closed code and facts; the sentences live in `strings/`. A broken assumption is a plain `Error`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }
}

/** The oRPC error map that both wires declare: one error, `APP`, carrying an `AppErrorData`. */
export const wireErrors = { APP: { status: 422, data: AppErrorData } } as const;

/** For the default branch of an exhaustive switch: a new case fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${String(value)}`);
}
