import { expect, test } from 'vitest';
import { foundPeople, type Listed } from '../../renderer/screens/roster/find-people.ts';

const one = (name: string, more: Partial<Listed> = {}): Listed => ({ id: name as Listed['id'], login: 'x1', name, agency: 'Công an thị trấn Mẫu', title: 'Trực ban', site: 'IOC huyện Giả', isOwn: false, ...more });
const names = (people: readonly Listed[], text: string): string[] => foundPeople(people, text).map(({ name }) => name);

test('a name is found by the beginnings of its words before anything else that has the same letters', () => {
  const people = [one('Lê Ngọc Giả Định'), one('Ngô Thị Giả Định'), one('Giả Thị Ngôn')];
  expect(names(people, 'ngo thi gia')).toEqual(['Ngô Thị Giả Định', 'Giả Thị Ngôn', 'Lê Ngọc Giả Định']);
  expect(names(people, 'Ngô Thị Giả')).toEqual(names(people, 'ngo thi gia'));
  expect(names(people, 'lê định')).toEqual(['Lê Ngọc Giả Định']);
});

test('the exact name comes before longer ones, one’s own centre before others, whole words before beginnings', () => {
  const people = [one('Vũ Mẫu Thử'), one('Vũ Mẫu'), one('Vũ Mẫu Hai', { isOwn: true }), one('Vũng Mẫu')];
  expect(names(people, 'vu mau')).toEqual(['Vũ Mẫu', 'Vũ Mẫu Hai', 'Vũ Mẫu Thử', 'Vũng Mẫu']);
});

test('other fields find too, after names; a word that is nowhere finds nobody, no word everybody as they are', () => {
  const people = [one('Trần Mô Phỏng', { login: 'catruong', title: 'Ca trưởng' }), one('Ca Thử')];
  expect(names(people, 'ca')).toEqual(['Ca Thử', 'Trần Mô Phỏng']);
  expect(names(people, 'truong')).toEqual(['Trần Mô Phỏng']);
  expect(names(people, 'catruong')).toEqual(['Trần Mô Phỏng']);
  expect(names(people, 'ca khong')).toEqual([]);
  expect(names(people, ' ')).toEqual(['Trần Mô Phỏng', 'Ca Thử']);
});
