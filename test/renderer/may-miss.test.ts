import { expect, test } from 'vitest';
import { mayMiss } from '../../renderer/ui/may-miss.ts';

test('only who searches by words while some are still to come is told that not everything may be found', () => {
  expect([mayMiss({ textBehind: true }, 'đường'), mayMiss({ textBehind: true }, '  '), mayMiss({ textBehind: false }, 'đường'), mayMiss(undefined, 'đường')]).toEqual([true, false, false, false]);
});
