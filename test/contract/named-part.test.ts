import { expect, test } from 'vitest';
import { changedValue, namedPart } from '../../contract/mutations/named-part.ts';
import { same } from '../../contract/mutations/issue.ts';

const victim = (who: string, more: object = {}) => ({ who, conscious: 'yes', ...more });

test('what an editor did not know of stays inside a field that it changes', () => {
  const change = { from: { text: 'Chợ Mẫu', lat: null }, to: { text: 'Cổng chợ Mẫu', lat: null } };
  const row = { text: 'Chợ Mẫu', lat: null, accuracyM: 12 };
  expect(namedPart(row, change)).toEqual(change.from);
  expect(changedValue(row, change, same)).toEqual({ text: 'Cổng chợ Mẫu', lat: null, accuracyM: 12 });
});

test('an editor that knows of it takes it out, and meets what someone else has put there', () => {
  expect(changedValue({ text: 'a', accuracyM: 12 }, { from: { text: 'a', accuracyM: 12 }, to: { text: 'a' } }, same)).toEqual({ text: 'a' });
  const change = { from: { text: 'a' }, to: { text: 'a', accuracyM: 5 } };
  expect(same(namedPart({ text: 'a', accuracyM: 7 }, change), change.from)).toBe(false);
});

test.each([
  ['changed in its place', [victim('A'), victim('B')], [victim('A'), victim('B', { conscious: 'no' })], [victim('A', { age: 1 }), victim('B', { conscious: 'no', age: 2 })]],
  ['left while another goes', [victim('A'), victim('B')], [victim('B')], [victim('B', { age: 2 })]],
  ['left while another comes', [victim('A'), victim('B')], [victim('A'), victim('B'), victim('C')], [victim('A', { age: 1 }), victim('B', { age: 2 }), victim('C')]],
])('of a list it stays with the item that is %s', (_, from, to, becomes) => {
  expect(changedValue([victim('A', { age: 1 }), victim('B', { age: 2 })], { from, to }, same)).toEqual(becomes);
});

test('a plain value is replaced', () => {
  expect(changedValue('cũ', { from: 'cũ', to: 'mới' }, same)).toBe('mới');
  expect(changedValue(null, { from: null, to: { text: 'a' } }, same)).toEqual({ text: 'a' });
});
