import { beforeAll, expect, test } from 'vitest';
import type { Reach } from '../../contract/focal.ts';
import { reachWords } from '../../renderer/reach-words.ts';
import { startTexts, t } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));

const words = (reason: Reach['reason'], focal: Reach['focal'], name = 'Trần Thị Thử') => reachWords({ reason, focal, name, phone: '0000 000 002' } as Reach, t);

test('whom to call, and why it is not the focal point, is said in one line', () => {
  expect(words('in-hours', 'on-duty')).toBe('Đầu mối: Trần Thị Thử');
  expect(words('deputy', 'off-duty')).toBe('Ngoài giờ – gọi người thay: Trần Thị Thử');
  expect(words('head', 'off-duty')).toBe('Ngoài giờ – gọi người đứng đầu: Trần Thị Thử');
  expect(words('head', 'none')).toBe('Chưa có đầu mối – chuyển người đứng đầu: Trần Thị Thử');
  expect(words('unit', 'no-number', '')).toBe('Đầu mối chưa có số máy – gọi số đơn vị');
  expect(words('gap', 'off-duty')).toBe('Ngoài giờ – chưa có ai thay: Trần Thị Thử');
});
