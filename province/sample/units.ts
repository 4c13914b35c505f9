import type { Area, Service, Site, Unit } from '../../contract/org.ts';
import { DISTRICTS, lowerFirst, round6, SAMPLE_EPOCH_MS, shortName, slug, type DistrictPlan } from './places.ts';
import { createRandom, type Random } from './random.ts';

/** A unit with the words that its accounts' logins are made of. `areaId`: the commune that it governs. */
export interface SampleUnit { unit: Unit; prefix: string; handle: string; areaId: string | null }

interface UnitPlan { kind: string; name: string; handle: string; services: Service[]; handling: boolean }

const CIVIC: Service[] = ['1022', 'field'];

const PROVINCE_UNITS: readonly UnitPlan[] = [
  { kind: 'so_tttt', name: 'Sở Thông tin và Truyền thông', handle: 'sotttt', services: [], handling: false },
  { kind: 'cntt', name: 'Trung tâm Công nghệ thông tin và Truyền thông', handle: 'cntt', services: [], handling: false },
  { kind: 'so_khdt', name: 'Sở Kế hoạch và Đầu tư', handle: 'sokhdt', services: [], handling: false },
  { kind: 'thanh_tra', name: 'Thanh tra tỉnh', handle: 'thanhtra', services: [], handling: false },
  { kind: 'cong_an', name: 'Công an tỉnh', handle: 'congan', services: ['113', '112', ...CIVIC], handling: true },
  { kind: 'pccc', name: 'Phòng Cảnh sát PCCC và CNCH', handle: 'pccc', services: ['114', '112'], handling: true },
  { kind: 'cap_cuu', name: 'Trung tâm Cấp cứu 115', handle: 'capcuu', services: ['115', '112'], handling: true },
  { kind: 'benh_vien', name: 'Bệnh viện Đa khoa tỉnh', handle: 'benhvien', services: ['115'], handling: true },
  { kind: 'quan_su', name: 'Bộ Chỉ huy Quân sự tỉnh', handle: 'quansu', services: ['112'], handling: true },
  { kind: 'kiem_lam', name: 'Chi cục Kiểm lâm', handle: 'kiemlam', services: ['114'], handling: true },
  { kind: 'dien_luc', name: 'Công ty Điện lực tỉnh', handle: 'dienluc', services: CIVIC, handling: true },
  { kind: 'cap_nuoc', name: 'Công ty Cấp thoát nước tỉnh', handle: 'capnuoc', services: CIVIC, handling: true },
  { kind: 'moi_truong', name: 'Công ty Môi trường đô thị', handle: 'moitruong', services: CIVIC, handling: true },
  { kind: 'do_thi', name: 'Sở Giao thông vận tải', handle: 'sogtvt', services: CIVIC, handling: true },
  { kind: 'hanh_chinh', name: 'Trung tâm Phục vụ hành chính công tỉnh', handle: 'hanhchinhcong', services: ['1022'], handling: true },
];

const isTown = (plan: DistrictPlan): boolean => !plan.name.startsWith('Huyện');

function districtUnits(plan: DistrictPlan): UnitPlan[] {
  const where = lowerFirst(plan.name);
  return [
    { kind: 'van_phong', name: `Văn phòng HĐND và UBND ${where}`, handle: 'vanphong', services: [], handling: false },
    { kind: 'cong_an', name: `Công an ${where}`, handle: 'congan', services: ['113', '112', ...CIVIC], handling: true },
    { kind: 'pccc', name: `Đội Chữa cháy và CNCH ${where}`, handle: 'pccc', services: ['114', '112'], handling: true },
    { kind: 'benh_vien', name: `Trung tâm Y tế ${where}`, handle: 'yte', services: ['115'], handling: true },
    { kind: 'dien_luc', name: `Điện lực ${shortDistrict(plan)}`, handle: 'dienluc', services: CIVIC, handling: true },
    { kind: 'cap_nuoc', name: `Chi nhánh Cấp nước ${shortDistrict(plan)}`, handle: 'capnuoc', services: CIVIC, handling: true },
    { kind: 'moi_truong', name: `Đội Môi trường đô thị ${shortDistrict(plan)}`, handle: 'moitruong', services: CIVIC, handling: true },
    { kind: 'do_thi', name: `${isTown(plan) ? 'Phòng Quản lý đô thị' : 'Phòng Kinh tế và Hạ tầng'} ${where}`, handle: 'dothi', services: CIVIC, handling: true },
  ];
}

function shortDistrict(plan: DistrictPlan): string {
  return plan.name.replace(/^(Thành phố|Thị xã|Huyện) /, '');
}

/** One in this many handling units has named no focal point yet: the gap that Q13.5 asks to be shown. */
const GAP_EVERY = 17;

/** Every organisation of the sample; the last is one that ended, which no forward may reach. */
export function makeUnits(random: Random, sites: readonly Site[], areas: readonly Area[]): SampleUnit[] {
  const units: SampleUnit[] = [];
  const add = (siteId: string, plan: UnitPlan, prefix: string, at: { lat: number; lon: number }, areaId: string | null): void => {
    const n = units.length;
    // Lộc Thành and Lộc Thạnh are one without their marks: the second is locthanh2.
    const namesakes = units.filter(u => u.prefix === prefix && u.handle.replace(/2$/, '') === plan.handle).length;
    const gap = plan.handling && n % GAP_EVERY === GAP_EVERY - 1;
    units.push({
      prefix, handle: namesakes === 0 ? plan.handle : `${plan.handle}${namesakes + 1}`, areaId,
      unit: {
        id: random.id(SAMPLE_EPOCH_MS), siteId, name: plan.name, kind: plan.kind, handling: plan.handling, services: plan.services,
        phone: `0271 000 ${String(n).padStart(4, '0')}`,
        focalPoint: gap || !plan.handling ? null : {
          name: '', phone: `0000 271 ${String(n).padStart(3, '0')}`, hours: plan.services.some(s => s.startsWith('11')) ? '24/24' : '07:00–11:30, 13:30–17:00',
        },
        lat: round6(at.lat + (random.unit() - 0.5) * 0.01), lon: round6(at.lon + (random.unit() - 0.5) * 0.01),
        effectiveFromMs: SAMPLE_EPOCH_MS, effectiveToMs: null,
      },
    });
  };
  const seat = DISTRICTS[0]!;
  for (const plan of PROVINCE_UNITS) add(sites[0]!.id, plan, '', seat, null);
  DISTRICTS.forEach((district, i) => {
    const site = sites[i + 1]!;
    for (const plan of districtUnits(district)) add(site.id, plan, district.slug, district, null);
    for (const area of areas.filter(a => a.siteId === site.id)) {
      add(site.id, { kind: 'ubnd_xa', name: `UBND ${lowerFirst(area.name)}`, handle: slug(shortName(area.name)), services: CIVIC, handling: true }, district.slug, area, area.id);
    }
  });
  const ended = { kind: 'trat_tu', name: 'Đội Quản lý trật tự đô thị (đã giải thể)', handle: 'trattu', services: CIVIC, handling: true };
  add(sites[1]!.id, ended, seat.slug, seat, null);
  const last = units[units.length - 1]!;
  last.unit = { ...last.unit, focalPoint: null, effectiveToMs: Date.UTC(2023, 5, 30) };
  return units;
}

/** The workstations that the sample's records were written at. They hold no key, so nobody can sign in as them. */
export interface SampleStation { id: string; siteId: string; code: string; name: string }

/** Six at the province, two at each district. */
export function makeStations(seed: number, sites: readonly Site[]): SampleStation[] {
  const random = createRandom(seed, 'stations');
  return sites.flatMap(site => Array.from({ length: site.tier === 'province' ? 6 : 2 }, (_, i) => ({
    id: random.id(SAMPLE_EPOCH_MS), siteId: site.id, code: `${site.code}M${i + 1}`, name: `Máy trực mẫu ${site.code} ${i + 1}`,
  })));
}
