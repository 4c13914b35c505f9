import type { Service } from './org.ts';

/**
 * The regulation's values as dated data. Where the decision gives no value the row says so: `source: null` is shown as
 * "mặc định đề xuất – không có trong Quy chế".
 */
export interface Policy {
  id: string; title: string; effectiveFromMs: number;
  /** Minutes allowed in a state, counted around the clock; null = no limit, times are only recorded. */
  clocks: readonly ClockRule[];
  categories: readonly Category[];
}
export interface ClockRule {
  class: 'incident' | 'issue'; severity: 'P1' | 'P2' | 'P3' | 'P4';
  receivedMin: number; verifiedMin: number; forwardedMin: number; resolveMin: number | null;
  source: string | null;
}
export interface Category { code: string; services: readonly Service[]; vi: string; en: string }

const HOUR = 60;
const DAY = 24 * HOUR;

export const POLICY: Policy = {
  id: 'bp-2022-01',
  title: 'QĐ 244/QĐ-UBND (bản quét: 444), tỉnh Bình Phước',
  effectiveFromMs: Date.UTC(2022, 0, 31),
  clocks: [
    { class: 'incident', severity: 'P1', receivedMin: 1, verifiedMin: 2, forwardedMin: 2, resolveMin: null, source: null },
    { class: 'incident', severity: 'P2', receivedMin: 10, verifiedMin: 5, forwardedMin: 10, resolveMin: null, source: null },
    { class: 'incident', severity: 'P3', receivedMin: 30, verifiedMin: 15, forwardedMin: 30, resolveMin: null, source: null },
    { class: 'incident', severity: 'P4', receivedMin: HOUR, verifiedMin: 30, forwardedMin: HOUR, resolveMin: null, source: null },
    { class: 'issue', severity: 'P1', receivedMin: 2 * HOUR, verifiedMin: HOUR, forwardedMin: 2 * HOUR, resolveMin: DAY, source: null },
    { class: 'issue', severity: 'P2', receivedMin: 2 * HOUR, verifiedMin: HOUR, forwardedMin: 2 * HOUR, resolveMin: DAY, source: null },
    { class: 'issue', severity: 'P3', receivedMin: 8 * HOUR, verifiedMin: 4 * HOUR, forwardedMin: 8 * HOUR, resolveMin: 3 * DAY, source: null },
    { class: 'issue', severity: 'P4', receivedMin: DAY, verifiedMin: 8 * HOUR, forwardedMin: DAY, resolveMin: 7 * DAY, source: null },
  ],
  categories: [
    { code: 'traffic_accident', services: ['113', '115', '112'], vi: 'Tai nạn giao thông', en: 'Traffic accident' },
    { code: 'unconscious', services: ['115'], vi: 'Bất tỉnh', en: 'Unconscious' },
    { code: 'breathing', services: ['115'], vi: 'Khó thở', en: 'Breathing trouble' },
    { code: 'stroke', services: ['115'], vi: 'Đột quỵ', en: 'Stroke' },
    { code: 'birth', services: ['115'], vi: 'Sinh nở', en: 'Childbirth' },
    { code: 'fire_house', services: ['114', '112'], vi: 'Cháy nhà, kho', en: 'Building fire' },
    { code: 'fire_vehicle', services: ['114'], vi: 'Cháy xe', en: 'Vehicle fire' },
    { code: 'fire_forest', services: ['114'], vi: 'Cháy rừng, đồng cỏ', en: 'Forest or grass fire' },
    { code: 'rescue', services: ['114', '112'], vi: 'Cứu nạn, cứu hộ', en: 'Rescue' },
    { code: 'fight', services: ['113'], vi: 'Gây rối, đánh nhau', en: 'Fight or disturbance' },
    { code: 'theft', services: ['113'], vi: 'Trộm cắp, cướp giật', en: 'Theft or robbery' },
    { code: 'missing_person', services: ['113', '112'], vi: 'Người mất tích', en: 'Missing person' },
    { code: 'disaster', services: ['112'], vi: 'Thiên tai', en: 'Natural disaster' },
    { code: 'lighting', services: ['1022', 'field'], vi: 'Chiếu sáng công cộng', en: 'Street lighting' },
    { code: 'road', services: ['1022', 'field'], vi: 'Đường sá, vỉa hè', en: 'Roads and pavements' },
    { code: 'waste', services: ['1022', 'field'], vi: 'Rác thải, môi trường', en: 'Waste and environment' },
    { code: 'water', services: ['1022', 'field'], vi: 'Cấp nước, thoát nước', en: 'Water and drainage' },
    { code: 'noise', services: ['1022', 'field', '113'], vi: 'Tiếng ồn', en: 'Noise' },
    { code: 'tree', services: ['1022', 'field'], vi: 'Cây xanh', en: 'Trees' },
    { code: 'procedure', services: ['1022'], vi: 'Thủ tục hành chính', en: 'Administrative procedure' },
    { code: 'order', services: ['1022', 'field'], vi: 'Trật tự đô thị', en: 'Urban order' },
    { code: 'animal', services: ['1022', 'field'], vi: 'Động vật thả rông', en: 'Loose animals' },
    { code: 'unknown', services: ['113', '114', '115', '112', '1022', 'field'], vi: 'Chưa rõ', en: 'Not yet known' },
  ],
};
