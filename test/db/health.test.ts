import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { asDatabaseError } from '../../db/health.ts';

function engineError(code: string, cause?: unknown): Error {
  return Object.assign(new Error('engine', { cause }), { code });
}

test.each([
  ['SQLITE_NOTADB', 'db/wrong-key'], ['SQLITE_CORRUPT', 'db/damaged'], ['SQLITE_CORRUPT_VTAB', 'db/damaged'], ['SQLITE_FULL', 'db/disk-full'],
  ['SQLITE_IOERR_WRITE', 'db/disk-full'], ['SQLITE_READONLY_DBMOVED', 'db/read-only'], ['SQLITE_CANTOPEN', 'db/read-only'],
  ['SQLITE_BUSY_SNAPSHOT', 'db/busy'], ['ENOSPC', 'db/disk-full'],
])('%s means %s', (engine, code) => {
  expect(asDatabaseError(engineError(engine))).toMatchObject({ code, facts: { engine } });
});

test('the code is found behind other errors, even where causes go round in a circle', () => {
  expect(asDatabaseError(new Error('outer', { cause: new Error('middle', { cause: engineError('SQLITE_FULL') }) }))).toMatchObject({ code: 'db/disk-full' });
  const a = new Error('a'), b = new Error('b', { cause: a });
  a.cause = b;
  expect(asDatabaseError(a)).toBe(a);
});

test('refusals and broken assumptions come through as they are', () => {
  const refusal = new AppError('issue/wrong-state'), bug = new TypeError('bug');
  expect(asDatabaseError(refusal)).toBe(refusal);
  expect(asDatabaseError(bug)).toBe(bug);
});
