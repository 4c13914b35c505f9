import type { Person, Role, Service, Site } from '../../contract/org.ts';
import { DISTRICTS, SAMPLE_EPOCH_MS } from './places.ts';
import type { Random } from './random.ts';
import type { SampleUnit } from './units.ts';

/** The password of every sample account. Known to everybody on purpose: never use the sample with real data. */
export const SAMPLE_PASSWORD = 'Mau-2026!';

const SURNAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Điểu', 'Lương'];
const MIDDLES = ['Văn', 'Thị', 'Minh', 'Ngọc', 'Hữu', 'Thanh', 'Quốc', 'Kim'];
/** Words for "sample", "example", "made up": nobody is called that, and everyone sees it. */
const GIVEN = ['Mẫu', 'Họa', 'Ví Dụ', 'Thử', 'Giả Định', 'Diễn Tập', 'Minh Họa', 'Tưởng Tượng', 'Phỏng', 'Giả Lập', 'Bịa', 'Nháp', 'Mô Phỏng', 'Dựng'];

const NAMES = SURNAMES.length * GIVEN.length * MIDDLES.length;

/** An invented name such as "Nguyễn Văn Mẫu"; `n` chooses it, and 1,904 in a row differ. */
export function inventedName(n: number): string {
  // 331 shares no factor with the number of names: neighbours get names that look nothing alike, none twice.
  const mixed = (n * 331) % NAMES;
  const surname = SURNAMES[mixed % SURNAMES.length]!;
  const given = GIVEN[Math.floor(mixed / SURNAMES.length) % GIVEN.length]!;
  return `${surname} ${MIDDLES[Math.floor(mixed / (SURNAMES.length * GIVEN.length))]!} ${given}`;
}

/** A phone number that no network in Viet Nam has: "0000 123 418". */
export function inventedPhone(random: Random): string {
  const n = String(random.int(1_000_000)).padStart(6, '0');
  return `0000 ${n.slice(0, 3)} ${n.slice(3)}`;
}

interface Post { login: string; title: string; roles: Role[]; services?: Service[]; siteId: string; unitId: string | null }

/** Everyone with an account: the staffing of Q8 and Q12, and someone at every handling unit. */
export function makePeople(random: Random, sites: readonly Site[], units: readonly SampleUnit[]): Person[] {
  const posts = [...provincePosts(sites[0]!, units), ...sites.slice(1).flatMap(site => districtPosts(site, units)), ...units.flatMap(unitPosts)];
  const offset = random.int(1_000);
  const people = posts.map((post, i) => ({
    id: random.id(SAMPLE_EPOCH_MS), siteId: post.siteId, unitId: post.unitId, login: post.login, name: inventedName(offset + i),
    title: post.title, roles: post.roles, services: post.services ?? [], active: true,
  }));
  // One who has left: the account must be refused, the records keep the name.
  return people.map(person => person.login === 'dongxoai.camera3' ? { ...person, active: false } : person);
}

function unitOfKind(units: readonly SampleUnit[], site: Site, kind: string): string | null {
  return units.find(u => u.unit.siteId === site.id && u.unit.kind === kind)?.unit.id ?? null;
}

/** Q8.1: one lead and two specialists; Q8.2: 115 three, 114 six, 113 six; Q8.3: one off site. The 1022 desk and the inspector are ours. */
function provincePosts(site: Site, units: readonly SampleUnit[]): Post[] {
  const at = (kind: string) => ({ siteId: site.id, unitId: unitOfKind(units, site, kind) });
  const desk = (count: number, line: Service, services: Service[], kind: string): Post[] => Array.from({ length: count }, (_, i) => ({
    login: `truc${line}.${i + 1}`, title: `Trực ban ${line}`, roles: ['truc_ban'], services, ...at(kind),
  }));
  return [
    { login: 'lanhdao', title: 'Lãnh đạo phụ trách IOC tỉnh', roles: ['lanh_dao_ioc'], ...at('so_tttt') },
    { login: 'catruong', title: 'Ca trưởng, chuyên viên Sở TTTT', roles: ['ca_truong'], ...at('so_tttt') },
    { login: 'quantri', title: 'Quản trị hệ thống, chuyên viên Sở TTTT', roles: ['quan_tri'], ...at('so_tttt') },
    ...desk(3, '115', ['115'], 'cap_cuu'),
    ...desk(6, '114', ['114', '112'], 'pccc'),
    ...desk(6, '113', ['113'], 'cong_an'),
    { login: 'phantich', title: 'Phân tích dữ liệu, Sở KH&ĐT (làm việc ngoài IOC)', roles: ['phan_tich'], ...at('so_khdt') },
    ...desk(3, '1022', ['1022', 'field'], 'cntt'),
    { login: 'kiemtra', title: 'Thanh tra viên', roles: ['kiem_tra'], ...at('thanh_tra') },
  ];
}

/** Q12.1: office of the People's Council and Committee, one lead and two specialists; Q12.2: three police officers at the cameras. */
function districtPosts(site: Site, units: readonly SampleUnit[]): Post[] {
  const prefix = DISTRICTS.find(d => d.code === site.code)!.slug;
  const office = { siteId: site.id, unitId: unitOfKind(units, site, 'van_phong') };
  const police = { siteId: site.id, unitId: unitOfKind(units, site, 'cong_an') };
  return [
    { login: `${prefix}.lanhdao`, title: 'Lãnh đạo Văn phòng, phụ trách IOC', roles: ['lanh_dao_ioc'], ...office },
    { login: `${prefix}.truc1`, title: 'Ca trưởng, chuyên viên Văn phòng', roles: ['ca_truong', 'truc_ban'], ...office },
    { login: `${prefix}.truc2`, title: 'Trực ban, chuyên viên Văn phòng', roles: ['truc_ban'], ...office },
    ...[1, 2, 3].map((n): Post => ({ login: `${prefix}.camera${n}`, title: 'Trực camera, Công an', roles: ['truc_ban'], ...police })),
  ];
}

/** The focal point (Q13.5) of a handling unit has an account; where there is none, the head of the unit stands in. */
function unitPosts({ unit, prefix, handle }: SampleUnit): Post[] {
  if (!unit.handling || unit.effectiveToMs !== null) return [];
  const base = { siteId: unit.siteId, unitId: unit.id };
  const login = prefix === '' ? handle : `${prefix}.${handle}`;
  const head: Post = { login: `${login}.truong`, title: `Lãnh đạo ${unit.name}`.slice(0, 80), roles: ['lanh_dao_don_vi'], ...base };
  const focal: Post = { login, title: `Đầu mối ${unit.name}`.slice(0, 80), roles: ['dau_moi'], ...base };
  if (unit.focalPoint === null) return [head];
  return prefix === '' ? [focal, head] : [focal];
}
