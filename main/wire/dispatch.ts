import { isContractProcedure, ValidationError, type AnyContractProcedure } from '@orpc/contract';
import { implement, ORPCError, type AnyRouter } from '@orpc/server';
import type { CallMeta } from '../../contract/call-rights.ts';
import { consoleContract, type ChangeEvent, type Session } from '../../contract/console.ts';
import { AppError, type AppErrorData, type ErrorFacts } from '../../contract/errors.ts';
import { may } from '../../contract/permissions.ts';
import type { Call } from '../platform/call.ts';
import type { Log } from '../platform/log.ts';
import type { Handlers } from './handlers.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface DispatchDeps {
  handlers: Handlers;
  /** Who is signed in at this console; asked anew for every call. */
  currentSession: () => Session | null;
  subscriptions: Subscriptions;
  log: Log;
}

type PlainHandler = (input: unknown, call: Call) => unknown;

/** Both checks of a call before its own work: nobody learns anything about the input's rules before being let in. */
const CHECK_FIRST = { initialInputValidationIndex: Number.POSITIVE_INFINITY, initialOutputValidationIndex: Number.POSITIVE_INFINITY };

/**
 * The router of everything that screens can ask: who is it, may they, does the input fit the contract, then the
 * capability. Whatever goes wrong leaves as the contract's `APP` error; what nobody expected is logged and says no detail.
 *
 * @throws {Error} when a procedure of the contract has no handler, or no permission of its own
 */
export function createDispatch(deps: DispatchDeps): AnyRouter {
  const changes: PlainHandler = (_input, call) => changesFor(deps, call.signal);
  const parts: Record<string, unknown> = { ...deps.handlers, changes };
  const router: Record<string, AnyRouter> = {};
  for (const [part, contract] of Object.entries(consoleContract)) router[part] = routerOf(deps, contract, parts[part], part);
  return router;
}

function routerOf(deps: DispatchDeps, contract: unknown, handler: unknown, path: string): AnyRouter {
  if (isContractProcedure(contract)) {
    if (!isHandler(handler)) throw new Error(`no handler for ${path}`);
    return procedureOf(deps, contract, handler, path);
  }
  if (!isRecord(contract)) throw new Error(`not a contract: ${path}`);
  return Object.fromEntries(Object.entries(contract).map(([name, inner]) =>
    [name, routerOf(deps, inner, isRecord(handler) ? handler[name] : undefined, `${path}.${name}`)]));
}

function procedureOf(deps: DispatchDeps, contract: AnyContractProcedure, handler: PlainHandler, path: string): AnyRouter {
  const { allow } = callMeta(contract, path);
  return implement(contract, CHECK_FIRST)
    .use(async ({ next }) => {
      try {
        const session = admit(allow, deps.currentSession());
        return await next({ context: { session } });
      } catch (error) {
        throw toWire(error, path, deps.log);
      }
    })
    .handler(({ input, context, signal }) =>
      handler(input, { session: context.session, signal: signal ?? new AbortController().signal }));
}

/**
 * Lets a call in or throws 'auth/not-signed-in', 'auth/locked' or 'auth/forbidden'.
 *
 * @returns the session that the handler works in; for a procedure that anyone may call also a locked one
 */
export function admit(allow: CallMeta['allow'], session: Session | null): Session | null {
  if (allow === 'anyone') return session;
  if (session === null) throw new AppError('auth/not-signed-in');
  if (session.locked) throw new AppError('auth/locked');
  if (allow !== 'signedIn' && !may(session.roles, allow)) throw new AppError('auth/forbidden', { permission: allow });
  return session;
}

/** Any trouble as the one error of the contract. */
export function toWire(error: unknown, path: string, log: Log): ORPCError<'APP', AppErrorData> {
  const data = toAppError(error, path, log);
  return new ORPCError('APP', { defined: true, status: 422, message: data.code, data, cause: error });
}

function toAppError(error: unknown, path: string, log: Log): AppErrorData {
  if (error instanceof AppError) return { code: error.code, facts: error.facts };
  // `ValidationError` on the way in; on the way out it is our own mistake and falls through.
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return { code: 'input/invalid', facts: whatIsInvalid(error.cause) };
  log.error({ procedure: path, error }, 'call failed unexpectedly');
  return { code: 'internal/unexpected', facts: { procedure: path } };
}

/** Where the first thing is that does not fit: its path, never its value. */
function whatIsInvalid(cause: unknown): ErrorFacts {
  if (!(cause instanceof ValidationError)) return {};
  const path = cause.issues[0]?.path ?? [];
  return { field: path.map(part => String(typeof part === 'object' ? part.key : part)).join('.'), problems: cause.issues.length };
}

/** Someone who is not signed in, or whose screen is locked, only learns that something changed. */
async function* changesFor(deps: DispatchDeps, signal: AbortSignal): AsyncGenerator<ChangeEvent, void, void> {
  for await (const event of deps.subscriptions.stream(signal)) {
    const session = deps.currentSession();
    yield session === null || session.locked ? { tables: event.tables, issueIds: [], fresh: {} } : event;
  }
}

function callMeta(contract: AnyContractProcedure, path: string): CallMeta {
  const meta: unknown = contract['~orpc'].meta;
  if (!isRecord(meta) || typeof meta.allow !== 'string') throw new Error(`no permission stated for ${path}`);
  return { allow: meta.allow as CallMeta['allow'] };
}

function isHandler(value: unknown): value is PlainHandler {
  return typeof value === 'function';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
