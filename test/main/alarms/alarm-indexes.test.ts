import { afterEach, expect, test, vi } from 'vitest';
import { readRinging } from '../../../db/stores/alarms.ts';
import { testDesk } from '../issues/desk.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });

test('what rings is found through its small indexes, however many records there are', async () => {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const asked = vi.spyOn(desk.reader, 'prepare');
  readRinging(new Proxy(desk.reader, {}), ['P1', 'P2'], 0);
  const plans = asked.mock.calls.map(([sql]) => JSON.stringify(desk.reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...sql.includes('received_at > ?') ? [0] : [])));
  expect(plans).toHaveLength(4);
  expect(plans[0]).toContain('SEARCH issue USING INDEX ix_waiting (severity=?)');
  expect(plans[1]).toContain('SEARCH issue USING INDEX ix_waiting_part (severity=?)');
  expect(plans[2]).toContain('USING INDEX ix_offered');
  expect(plans[3]).toContain('USING INDEX ix_asked');
  expect(plans.join()).not.toContain('SCAN issue"');
});
