import { isContractProcedure } from '@orpc/contract';
import { createRouterClient, ORPCError, type AnyRouter } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { consoleContract, type ChangeEvent, type Session } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../../contract/permissions.ts';
import { ROLES } from '../../../contract/org.ts';
import type { Log } from '../../../main/platform/log.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createDispatch } from '../../../main/wire/dispatch.ts';
import { ANYONE } from '../../../main/wire/handlers.ts';
import { createSubscriptions } from '../../../main/wire/subscriptions.ts';
import { handlersFrom, invent, type Answer } from '../../support/stand-in-core.ts';

interface Procedure { path: string; allow: unknown }

/** Every procedure of the contract with what its meta says. */
const PROCEDURES: Procedure[] = Object.entries(consoleContract).flatMap(([part, inner]) =>
  isContractProcedure(inner)
    ? [{ path: part, allow: inner['~orpc'].meta.allow as unknown }]
    : Object.entries(inner).map(([name, procedure]) => ({ path: `${part}.${name}`, allow: procedure['~orpc'].meta.allow as unknown })));

/** A router with this session; `calls` are the procedures whose handler was reached. */
function world(session: Session | null, answer: Answer = () => ({}), log: Log = silentLog) {
  const calls: string[] = [];
  const subscriptions = createSubscriptions();
  const router = createDispatch({
    handlers: handlersFrom((path, input, call) => { calls.push(path); return answer(path, input, call); }),
    currentSession: () => session, subscriptions, log,
  });
  return { calls, router, subscriptions };
}

/** Calls by path; gives the code of the refusal, or null when something came back. */
async function codeOf(router: AnyRouter, path: string, input: unknown = {}): Promise<unknown> {
  const client = path.split('.').reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), createRouterClient(router)) as (input: unknown) => Promise<unknown>;
  try {
    await client(input);
    return null;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    expect([error.code, error.defined, error.status]).toEqual(['APP', true, 422]);
    return error.data;
  }
}

test('every procedure states who may call it', () => {
  expect(PROCEDURES.length).toBeGreaterThan(30);
  for (const { path, allow } of PROCEDURES) expect(['anyone', 'signedIn', ...PERMISSIONS], path).toContain(allow);
});

test('the list of handlers that must do without a session is the contract’s', () => {
  const anyone = PROCEDURES.filter(({ path, allow }) => allow === 'anyone' && path !== 'changes').map(({ path }) => path);
  expect([...ANYONE].sort()).toEqual(anyone.sort());
});

describe('whoever is not let in reaches no handler:', () => {
  const guarded = PROCEDURES.filter(({ allow }) => allow !== 'anyone');

  test.each(guarded)('$path without a session', async ({ path }) => {
    const { router, calls } = world(null);
    expect(await codeOf(router, path)).toEqual({ code: 'auth/not-signed-in', facts: {} });
    expect(calls).toEqual([]);
  });

  test.each(guarded)('$path on a locked screen', async ({ path }) => {
    const { router, calls } = world(invent([...ROLES], { locked: true }));
    expect(await codeOf(router, path)).toEqual({ code: 'auth/locked', facts: {} });
    expect(calls).toEqual([]);
  });

  const needing = guarded.filter(({ allow }) => allow !== 'signedIn');
  test.each(needing)('$path for roles that lack $allow', async ({ path, allow }) => {
    const without = ROLES.filter(role => !ROLE_PERMISSIONS[role].some(permission => permission === allow));
    const { router, calls } = world(invent(without));
    expect(await codeOf(router, path)).toEqual({ code: 'auth/forbidden', facts: { permission: allow } });
    expect(calls).toEqual([]);
  });
});

describe('what anyone may call works', () => {
  test.each([['nobody signed in', null], ['a locked screen', invent(['truc_ban'], { locked: true })]])('with %s', async (_name, session) => {
    const { router, calls } = world(session, (_path, _input, call) => {
      expect(call.session).toEqual(session);
      throw new AppError('db/busy');
    });
    expect(await codeOf(router, 'sync.status')).toEqual({ code: 'db/busy', facts: {} });
    expect(calls).toEqual(['sync.status']);
  });
});

describe('trouble leaves as the error of the contract:', () => {
  const session = invent([...ROLES]);

  test('an expected one with its facts', async () => {
    const { router } = world(session, () => { throw new AppError('issue/wrong-state', { state: 'closed' }); });
    expect(await codeOf(router, 'issues.counts')).toEqual({ code: 'issue/wrong-state', facts: { state: 'closed' } });
  });

  test('input that does not fit, naming the place and never the value', async () => {
    const { router, calls } = world(null);
    expect(await codeOf(router, 'auth.signIn', { login: 'hoa', password: 42 })).toEqual({ code: 'input/invalid', facts: { field: 'password', problems: 1 } });
    expect(calls).toEqual([]);
  });

  test('an unexpected one without any detail, and a line in the diary with the stack', async () => {
    const lines: { facts: object; message: string }[] = [];
    const log: Log = { ...silentLog, error: (facts, message) => { lines.push({ facts, message }); } };
    const { router } = world(session, () => { throw new TypeError('row 0912345678 of Trần Minh Họa'); }, log);
    expect(await codeOf(router, 'issues.counts')).toEqual({ code: 'internal/unexpected', facts: { procedure: 'issues.counts' } });
    expect(lines).toEqual([{ facts: { procedure: 'issues.counts', error: expect.any(TypeError) as TypeError }, message: 'call failed unexpectedly' }]);
  });

  test('an answer that breaks the contract, as our own mistake', async () => {
    const { router } = world(session, () => ({ open: 'many' }));
    expect(await codeOf(router, 'issues.counts')).toEqual({ code: 'internal/unexpected', facts: { procedure: 'issues.counts' } });
  });
});

test('defaults of the contract are filled in before the handler', async () => {
  const inputs: unknown[] = [];
  const { router } = world(invent(['truc_ban']), (_path, input) => { inputs.push(input); return []; });
  expect(await codeOf(router, 'directory.units')).toBeNull();
  expect(inputs).toEqual([{ text: '', handlingOnly: false, service: null }]);
});

test('a contract without a handler does not start', () => {
  const { sync: _sync, ...handlers } = handlersFrom(() => ({}));
  const broken = handlers as ReturnType<typeof handlersFrom>;
  expect(() => createDispatch({ handlers: broken, currentSession: () => null, subscriptions: createSubscriptions(), log: silentLog })).toThrow('no handler for sync.status');
});

test.each([
  ['someone signed in', invent(['truc_ban']), ['0199c2f3-1111-7abc-8def-0123456789ab']],
  ['a locked screen', invent(['truc_ban'], { locked: true }), []],
  ['nobody', null, []],
])('changes name records to %s or not at all', async (_who, session, issueIds) => {
  const { router, subscriptions } = world(session);
  const client = createRouterClient(router) as unknown as { changes(input: object, options: { signal: AbortSignal }): Promise<AsyncIterable<ChangeEvent>> };
  const stop = new AbortController();
  const stream = (await client.changes({}, { signal: stop.signal }))[Symbol.asyncIterator]();
  const asked = stream.next();
  await new Promise(resolve => setImmediate(resolve));
  subscriptions.publish({ tables: ['issue'], issueIds: ['0199c2f3-1111-7abc-8def-0123456789ab'], fresh: {} });
  expect((await asked).value).toEqual({ tables: ['issue'], issueIds, fresh: {} });
  stop.abort();
  expect((await stream.next()).done).toBe(true);
  expect(subscriptions.readers).toBe(0);
});
