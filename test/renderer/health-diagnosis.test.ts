import { describe, expect, test } from 'vitest';
import type { LinkStatus } from '../../contract/console.ts';
import { ERROR_CODES } from '../../contract/errors.ts';
import { brokenStep, diagnose, STEPS } from '../../renderer/screens/health/diagnosis.ts';

const UP: LinkStatus = {
  link: 'up', sinceMs: 1, lastSyncAtMs: 2, pending: 0, refused: 0, oldestPendingAtMs: null, serverOffsetMs: 0, offsetMeasuredAtMs: 2,
  loading: null, textBehind: false, lastError: null, nextTryAtMs: null, provinceAddress: 'http://127.0.0.1:4480',
};
const states = (status: LinkStatus) => Object.fromEntries(diagnose(status, []).rows.map(row => [row.step, row.state]));

describe('why it is not in step', () => {
  test('a link that is up with nothing to send is in step all along', () => {
    expect(diagnose(UP, []).answer).toEqual({ kind: 'inStep' });
    expect(new Set(Object.values(states(UP)))).toEqual(new Set(['ok']));
  });

  test('a foreign answer stops at the server, and nothing is claimed about the steps behind it', () => {
    const down: LinkStatus = { ...UP, link: 'down', lastError: { code: 'link/foreign-answer', facts: {} }, pending: 37 };
    expect(states(down)).toEqual({ reach: 'ok', server: 'stopped', device: 'notReached', exchange: 'notReached', work: 'notReached', firstCopy: 'notReached', refused: 'ok', conflict: 'ok' });
    expect(diagnose(down, []).answer).toEqual({ kind: 'stopped', step: 'server', error: 'link/foreign-answer' });
  });

  test('a revoked device is the only break that is red, and asks for the administrator', () => {
    const revoked = diagnose({ ...UP, link: 'down', lastError: { code: 'device/revoked', facts: {} } }, []);
    expect([revoked.tone, revoked.rows.find(row => row.state === 'stopped')?.action]).toEqual(['danger', 'callAdmin']);
  });

  test('an old error does not outlive a link that is up again', () => {
    expect(diagnose({ ...UP, lastError: { code: 'link/unreachable', facts: {} } }, []).answer).toEqual({ kind: 'inStep' });
  });

  test('refused and lost values are counted apart and do not stop the chain', () => {
    const { rows, answer } = diagnose(UP, [{ status: 'rejected' }, { status: 'conflict' }, { status: 'merged' }]);
    expect(rows.filter(row => row.state === 'warning').map(row => [row.step, row.count])).toEqual([['refused', 1], ['conflict', 2]]);
    expect(answer).toEqual({ kind: 'attention' });
  });

  test('while the first copy arrives its share is the answer', () => {
    expect(diagnose({ ...UP, loading: 0.4 }, []).answer).toEqual({ kind: 'firstCopy', share: 0.4 });
  });

  test('every error code breaks the chain at one of its steps', () => {
    for (const code of ERROR_CODES) expect(STEPS).toContain(brokenStep(code));
  });
});
