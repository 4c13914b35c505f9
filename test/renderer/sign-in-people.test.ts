import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchingPeople, steppedTile } from '../../renderer/screens/sign-in/people-filter.ts';

const person = (login: string, name: string) => ({ login, name, title: '', known: false });
const people = [person('truc115.1', 'Trần Minh Họa'), person('truc113.2', 'Nguyễn Văn Mẫu'), person('dongphu.truc1', 'Đặng Thị Hoa Mẫu'), person('catruong', 'Võ Thị Hòa')];
const logins = (text: string) => matchingPeople(people, text).map(p => p.login);

describe('people at sign-in are narrowed by what is typed', () => {
  test('with and without accents, by any word of the name', () => {
    expect(logins('tran')).toEqual(['truc115.1']);
    expect(logins('Trần minh')).toEqual(['truc115.1']);
    expect(logins('dang')).toEqual(['dongphu.truc1']);
    expect(logins('mau nguyen')).toEqual(['truc113.2']);
  });

  test('by the sign-in name, anywhere in it', () => {
    expect(logins('115')).toEqual(['truc115.1']);
    expect(logins('dongphu')).toEqual(['dongphu.truc1']);
  });

  test('a word of the name must begin as typed, so that few letters leave few people', () => {
    expect(logins('ran')).toEqual([]);
  });

  test('names with the accents as typed come first', () => {
    expect(logins('hoa')).toEqual(['truc115.1', 'dongphu.truc1', 'catruong']);
    expect(logins('hòa')).toEqual(['catruong', 'truc115.1', 'dongphu.truc1']);
    expect(logins('hoà')).toEqual(['catruong', 'truc115.1', 'dongphu.truc1']);
  });

  test('who is called exactly that comes first, by sign-in name or by full name', () => {
    const alike = [person('truc.capcuu', 'An Văn Mẫu'), person('b', 'Cấp Cứu Mẫu'), person('capcuu', 'Võ Thị Mẫu'), person('c', 'Võ Thị Mẫu Hai')];
    expect(matchingPeople(alike, 'capcuu').map(p => p.login)).toEqual(['capcuu', 'truc.capcuu']);
    expect(matchingPeople(alike.toReversed(), 'vo thi mau').map(p => p.login)).toEqual(['capcuu', 'c']);
    expect(matchingPeople(alike.toReversed(), 'Võ Thị Mẫu')[0]?.login).toBe('capcuu');
  });

  test('nothing typed gives all, nonsense gives nobody', () => {
    expect(logins('  ')).toHaveLength(4);
    expect(logins('zz')).toEqual([]);
  });
});

describe('an arrow among the tiles', () => {
  test('goes by one, and by a row', () => {
    expect(steppedTile('ArrowRight', 0, 8, 3)).toBe(1);
    expect(steppedTile('ArrowDown', 1, 8, 3)).toBe(4);
    expect(steppedTile('ArrowUp', 4, 8, 3)).toBe(1);
  });

  test('never leaves them, and reaches a shorter last row', () => {
    expect(steppedTile('ArrowDown', 5, 7, 3)).toBe(6);
    expect(steppedTile('ArrowDown', 6, 7, 3)).toBe(6);
    fc.assert(fc.property(fc.constantFrom('ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (key, count, columns, start) => {
      const next = steppedTile(key, start % count, count, columns);
      expect(next >= 0 && next < count).toBe(true);
    }));
  });
});
