import { fold } from '../../contract/text.ts';
import type { Area, Site } from '../../contract/org.ts';
import type { Random } from './random.ts';

/** A district-level unit of the former Bình Phước with its communes, the one with the district's seat first. */
export interface DistrictPlan {
  code: string; slug: string; name: string; lat: number; lon: number;
  /** How far its communes spread around the seat, in degrees. */
  reach: number;
  hamletWord: 'ấp' | 'thôn';
  communes: readonly string[];
}

/** When the sample organisation begins: the day the decision took effect. Its ids carry this time, so they never change with the clock. */
export const SAMPLE_EPOCH_MS = Date.UTC(2022, 0, 31);

const wards = (names: string): string[] => names.split(', ').map(name => `Phường ${name}`);
const communes = (names: string): string[] => names.split(', ').map(name => `Xã ${name}`);

/** Names are real, of the time of the decision; centres are approximate and for the sample only. */
export const DISTRICTS: readonly DistrictPlan[] = [
  { code: 'DX', slug: 'dongxoai', name: 'Thành phố Đồng Xoài', lat: 11.535, lon: 106.892, reach: 0.05, hamletWord: 'ấp',
    communes: [...wards('Tân Phú, Tân Đồng, Tân Bình, Tân Xuân, Tân Thiện, Tiến Thành'), ...communes('Tân Thành, Tiến Hưng')] },
  { code: 'BL', slug: 'binhlong', name: 'Thị xã Bình Long', lat: 11.651, lon: 106.606, reach: 0.05, hamletWord: 'ấp',
    communes: [...wards('An Lộc, Hưng Chiến, Phú Đức, Phú Thịnh'), ...communes('Thanh Lương, Thanh Phú')] },
  { code: 'PL', slug: 'phuoclong', name: 'Thị xã Phước Long', lat: 11.829, lon: 106.992, reach: 0.05, hamletWord: 'thôn',
    communes: [...wards('Thác Mơ, Long Phước, Long Thủy, Phước Bình, Sơn Giang'), ...communes('Long Giang, Phước Tín')] },
  { code: 'BDA', slug: 'budang', name: 'Huyện Bù Đăng', lat: 11.806, lon: 107.224, reach: 0.15, hamletWord: 'thôn',
    communes: ['Thị trấn Đức Phong', ...communes('Bình Minh, Bom Bo, Đak Nhau, Đăng Hà, Đoàn Kết, Đồng Nai, Đức Liễu, Đường 10, Minh Hưng, Nghĩa Bình, Nghĩa Trung, Phú Sơn, Phước Sơn, Thọ Sơn, Thống Nhất')] },
  { code: 'BDO', slug: 'budop', name: 'Huyện Bù Đốp', lat: 11.985, lon: 106.798, reach: 0.09, hamletWord: 'ấp',
    communes: ['Thị trấn Thanh Bình', ...communes('Hưng Phước, Phước Thiện, Tân Thành, Tân Tiến, Thanh Hòa, Thiện Hưng')] },
  { code: 'BGM', slug: 'bugiamap', name: 'Huyện Bù Gia Mập', lat: 11.94, lon: 107.01, reach: 0.14, hamletWord: 'thôn',
    communes: communes('Phú Nghĩa, Bình Thắng, Bù Gia Mập, Đa Kia, Đak Ơ, Đức Hạnh, Phú Văn, Phước Minh') },
  { code: 'CT', slug: 'chonthanh', name: 'Thị xã Chơn Thành', lat: 11.41, lon: 106.662, reach: 0.1, hamletWord: 'ấp',
    communes: [...wards('Hưng Long, Minh Hưng, Minh Long, Minh Thành, Thành Tâm'), ...communes('Minh Lập, Minh Thắng, Nha Bích, Quang Minh')] },
  { code: 'DP', slug: 'dongphu', name: 'Huyện Đồng Phú', lat: 11.452, lon: 106.888, reach: 0.14, hamletWord: 'ấp',
    communes: ['Thị trấn Tân Phú', ...communes('Đồng Tâm, Đồng Tiến, Tân Hòa, Tân Hưng, Tân Lập, Tân Lợi, Tân Phước, Tân Tiến, Thuận Lợi, Thuận Phú')] },
  { code: 'HQ', slug: 'honquan', name: 'Huyện Hớn Quản', lat: 11.555, lon: 106.614, reach: 0.11, hamletWord: 'ấp',
    communes: ['Thị trấn Tân Khai', ...communes('An Khương, An Phú, Đồng Nơ, Minh Đức, Minh Tâm, Phước An, Tân Hiệp, Tân Hưng, Tân Lợi, Tân Quan, Thanh An, Thanh Bình')] },
  { code: 'LN', slug: 'locninh', name: 'Huyện Lộc Ninh', lat: 11.842, lon: 106.591, reach: 0.12, hamletWord: 'ấp',
    communes: ['Thị trấn Lộc Ninh', ...communes('Lộc An, Lộc Điền, Lộc Hiệp, Lộc Hòa, Lộc Hưng, Lộc Khánh, Lộc Phú, Lộc Quang, Lộc Tấn, Lộc Thái, Lộc Thạnh, Lộc Thành, Lộc Thiện, Lộc Thịnh, Lộc Thuận')] },
  { code: 'PR', slug: 'phurieng', name: 'Huyện Phú Riềng', lat: 11.69, lon: 106.915, reach: 0.1, hamletWord: 'thôn',
    communes: communes('Bù Nho, Bình Sơn, Bình Tân, Long Bình, Long Hà, Long Hưng, Long Tân, Phú Riềng, Phú Trung, Phước Tân') },
];

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** The province's IOC and one per district-level unit, with their communes spread around each seat. */
export function makePlaces(random: Random): { sites: Site[]; areas: Area[] } {
  const sites: Site[] = [{ id: random.id(SAMPLE_EPOCH_MS), code: 'BP', name: 'IOC tỉnh Bình Phước', tier: 'province' }];
  const areas: Area[] = [];
  for (const plan of DISTRICTS) {
    const siteId = random.id(SAMPLE_EPOCH_MS);
    sites.push({ id: siteId, code: plan.code, name: `IOC ${lowerFirst(plan.name)}`, tier: 'district' });
    plan.communes.forEach((name, i) => {
      const distance = plan.reach * Math.sqrt(i / plan.communes.length);
      areas.push({
        id: random.id(SAMPLE_EPOCH_MS), siteId, name,
        lat: round6(plan.lat + distance * Math.sin(i * GOLDEN_ANGLE)), lon: round6(plan.lon + distance * Math.cos(i * GOLDEN_ANGLE)),
      });
    });
  }
  return { sites, areas };
}

/** Degrees cut to a millionth, about 0.1 m. */
export function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** "Huyện Đồng Phú" inside a sentence: "huyện Đồng Phú"; an abbreviation ("UBND xã …") stays as it is. */
export function lowerFirst(name: string): string {
  return /^\p{Lu}{2}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** "Xã Tân Lập" → "Tân Lập"; "Thị trấn Tân Phú" → "Tân Phú". */
export function shortName(areaName: string): string {
  return areaName.replace(/^(Xã|Phường|Thị trấn) /, '');
}

/** A name as part of a login: "Đak Ơ" → "dako". */
export function slug(name: string): string {
  return fold(name).replace(/[^a-z0-9]/g, '');
}
