import { describe, expect, test } from 'vitest';
import type { IssueDetail } from '../../contract/console.ts';
import { isUndelivered } from '../../renderer/screens/queue/delivery.ts';

const entry = (action: string, atMs: number) => ({ atMs, byId: 'p', deviceId: 'd', action });
const detail = (sync: IssueDetail['sync'], state: IssueDetail['issue']['state'] = 'forwarded') =>
  ({ sync, issue: { state, history: [entry('issue.receive', 10), entry('issue.forward', 20), entry('issue.note', 30)] } });

describe('a forwarded record', () => {
  test('has not reached its unit while the change that forwards it waits on this machine', () => {
    expect(isUndelivered(detail('saved'), 20)).toBe(true);
    expect(isUndelivered(detail('waiting'), 10)).toBe(true);
    expect(isUndelivered(detail('saved'), null)).toBe(true);
  });

  test('has reached it when only a later note waits, when nothing waits, and when the unit has taken it', () => {
    expect(isUndelivered(detail('saved'), 30)).toBe(false);
    expect(isUndelivered(detail('sent'), null)).toBe(false);
    expect(isUndelivered(detail('saved', 'accepted'), 20)).toBe(false);
  });
});
