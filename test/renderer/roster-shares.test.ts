import { expect, test } from 'vitest';
import { shareLines } from '../../renderer/screens/roster/explain/share-lines.ts';

const share = (shifts: number, nights = 0) => ({ minutes: shifts * 480, shifts, nights, weekends: 0 });
const member = (name: string, offSite = false) => ({ personId: null, name, cells: [], ...offSite && { offSite } });

test('an even share goes by how many months each was in: somebody new owes nothing for months before; who has no seat is not in it', () => {
  const plan = { members: [member('A'), member('B'), member('Mới'), member('Sở', true)] };
  const ledger = [{ ...share(40, 12), months: 2, holidays: 2, holidaysNow: 1 }, { ...share(50, 18), months: 2, holidays: 0, holidaysNow: 0 }, { ...share(0), months: 0, holidays: 0, holidaysNow: 0 }, { ...share(0), months: 0, holidays: 0, holidaysNow: 0 }];
  const lines = shareLines(plan, [share(20), share(10), share(20), share(0)], ledger);
  expect(lines.map(({ name, total, even }) => [name, total.minutes / 480, even.minutes / 480, total.holidays])).toEqual([['A', 60, 60, 3], ['B', 60, 60, 0], ['Mới', 20, 20, 0]]);
  expect(shareLines(plan, [share(20), share(10), share(0), share(0)]).map(({ even }) => even.minutes / 480)).toEqual([10, 10, 10]);
});
