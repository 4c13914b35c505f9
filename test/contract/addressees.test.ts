import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Unit } from '../../contract/org.ts';
import { addresseesOf, DEFAULT_GOES_TO, goesToOf, type Directory } from '../../contract/policy/addressees.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';

const [PROVINCE, DISTRICT, OTHER] = [newId(1), newId(2), newId(3)];
const unit = (kind: string, siteId: string, more: Partial<Unit> = {}): Unit => ({
  id: newId(9), siteId, name: `${kind} ${siteId === PROVINCE ? 'tỉnh' : 'huyện'}`, kind, handling: false, services: [], phone: '0271 000 001', focalPoint: null, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null, ...more,
});
const directory = (...units: Unit[]): Directory => ({ units, sites: [{ id: PROVINCE, tier: 'province' }, { id: DISTRICT, tier: 'district' }, { id: OTHER, tier: 'district' }] });
const who = (units: Unit[], siteId = DISTRICT, goesTo = DEFAULT_GOES_TO) => addresseesOf(goesTo, siteId, directory(...units), 1_000).map(({ title, name, phone }) => [title, name, phone]);

describe('whom the last step of the ladder goes to', () => {
  test('are the units of the kinds that the pack names, of the record’s own site', () => {
    expect(who([unit('van_phong', DISTRICT), unit('van_phong', OTHER), unit('cong_an', DISTRICT), unit('so_tttt', PROVINCE)])).toEqual([['van_phong huyện', '', '0271 000 001']]);
  });

  test('where the site has none, those of the province', () => {
    expect(who([unit('so_tttt', PROVINCE), unit('van_phong', OTHER)])).toEqual([['so_tttt tỉnh', '', '0271 000 001']]);
  });

  test('are called by the head of the unit, else by its own number; one without a number is there all the same', () => {
    const head = { name: 'Bà Chánh Văn phòng', phone: '0900 000 001' };
    expect(who([unit('van_phong', DISTRICT, { head }), unit('van_phong', DISTRICT, { head: { ...head, phone: '' } }), unit('van_phong', DISTRICT, { phone: '', head: null })])).toEqual([
      ['van_phong huyện', 'Bà Chánh Văn phòng', '0900 000 001'], ['van_phong huyện', '', '0271 000 001'], ['van_phong huyện', '', null],
    ]);
  });

  test('are people and units by name before and beside those of a kind; nobody who is not in force', () => {
    const named = unit('cong_an', PROVINCE);
    const goesTo = { unitKinds: ['van_phong'], units: [named.id], people: [{ title: 'Phó Chủ tịch UBND tỉnh', name: 'Ông Mẫu', phone: '0900 000 002' }], source: null };
    expect(who([named, unit('van_phong', DISTRICT, { effectiveToMs: 500 }), unit('van_phong', DISTRICT, { effectiveFromMs: 2_000 })], DISTRICT, goesTo)).toEqual([['Phó Chủ tịch UBND tỉnh', 'Ông Mẫu', '0900 000 002'], ['cong_an tỉnh', '', '0271 000 001']]);
  });

  test('may be nobody, which is for the screen to say', () => { expect(who([unit('cong_an', DISTRICT)])).toEqual([]); });
});

test('a last step of a pack from before this value goes where the proposed one does, a lower step nowhere', () => {
  const [one, , three] = DEFAULT_PACK.ladder;
  const { goesTo: _, ...older } = three!;
  expect([goesToOf(one!), goesToOf(older)]).toEqual([null, DEFAULT_GOES_TO]);
});
