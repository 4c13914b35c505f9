import { DUTY_HOURS } from '../duty.ts';
import { CLOCK_NAMES, type ClockName, type IssueClass, type Severity } from '../issue.ts';
import { instantOf } from '../time.ts';
import { DEFAULT_ASKING } from './default-asking.ts';
import { DEFAULT_GOES_TO } from './addressees.ts';
import { DEFAULT_DUTY } from './rosters.ts';
import type { Category, ClockRule, PolicyPack } from './pack.ts';

/** One working day of the calendar below, minutes. */
const WORKING_DAY = 450;

type Times = Readonly<Partial<Record<ClockName, number>>>;

/** Minutes per clock; a clock without a figure only records times. Incidents run around the clock, issues in working time (domain, §5.4). */
const TIMES: Readonly<Record<IssueClass, Readonly<Record<Severity, Times>>>> = {
  incident: {
    P1: { ack: 1, forward: 2, accept: 2, reroute: 2, confirm: 1_440, handOff: 1 },
    P2: { ack: 2, verify: 10, forward: 5, accept: 10, reroute: 5, confirm: 1_440, survey: 7 * 1_440, handOff: 2 },
    P3: { ack: 5, verify: 30, forward: 15, accept: 30, reroute: 15, confirm: 1_440, survey: 7 * 1_440, handOff: 5 },
    P4: { ack: 10, verify: 60, forward: 30, accept: 60, reroute: 30, confirm: 1_440, survey: 7 * 1_440, handOff: 10 },
  },
  issue: {
    P1: { ack: 30, verify: 120, forward: 60, accept: 120, reroute: 60, resolve: WORKING_DAY, confirm: WORKING_DAY, survey: 5 * WORKING_DAY, handOff: 30 },
    P2: { ack: 30, verify: 120, forward: 60, accept: 120, reroute: 60, resolve: WORKING_DAY, confirm: WORKING_DAY, survey: 5 * WORKING_DAY, handOff: 30 },
    P3: { ack: 120, verify: 240, forward: 120, accept: 240, reroute: 120, resolve: 3 * WORKING_DAY, confirm: 2 * WORKING_DAY, survey: 5 * WORKING_DAY, handOff: 60 },
    P4: { ack: 240, verify: WORKING_DAY, forward: 240, accept: WORKING_DAY, reroute: 240, resolve: 7 * WORKING_DAY, confirm: 2 * WORKING_DAY, survey: 5 * WORKING_DAY, handOff: 120 },
  },
};

/** Processing times stand in documents that the decision cites and we do not have; these two of Đà Nẵng's are public. */
function sourceOf(kind: IssueClass, severity: Severity, clock: ClockName): string | null {
  if (kind !== 'issue' || clock !== 'resolve') return null;
  if (severity === 'P4') return null;
  return severity === 'P3' ? 'Tham khảo QĐ 960/QĐ-UBND Đà Nẵng: 3 ngày làm việc' : 'Tham khảo QĐ 960/QĐ-UBND Đà Nẵng: 1 ngày làm việc';
}

const CLOCK_RULES: ClockRule[] = (['incident', 'issue'] as const).flatMap(kind => (['P1', 'P2', 'P3', 'P4'] as const).flatMap(severity => CLOCK_NAMES.map((clock): ClockRule => ({
  clock, class: kind, severity, minutes: TIMES[kind][severity][clock] ?? null, calendar: kind === 'incident' ? 'around' : 'working',
  ...(clock === 'forward' && kind === 'incident' && severity === 'P1' ? { from: 'received' as const } : {}),
  source: sourceOf(kind, severity, clock),
}))));

const CATEGORIES: Category[] = [
    { code: 'traffic_accident', services: ['113', '115', '112'], vi: 'Tai nạn giao thông', en: 'Traffic accident', family: 'road_harm' },
    { code: 'unconscious', services: ['115'], vi: 'Bất tỉnh', en: 'Unconscious', family: 'health' },
    { code: 'breathing', services: ['115'], vi: 'Khó thở', en: 'Breathing trouble', family: 'health' },
    { code: 'stroke', services: ['115'], vi: 'Đột quỵ', en: 'Stroke', family: 'health' },
    { code: 'birth', services: ['115'], vi: 'Sinh nở', en: 'Childbirth', family: 'health' },
    { code: 'fire_house', services: ['114', '112'], vi: 'Cháy nhà, kho', en: 'Building fire', family: 'fire' },
    { code: 'fire_vehicle', services: ['114'], vi: 'Cháy xe', en: 'Vehicle fire', family: 'fire' },
    { code: 'fire_forest', services: ['114'], vi: 'Cháy rừng, đồng cỏ', en: 'Forest or grass fire', family: 'fire' },
    { code: 'rescue', services: ['114', '112'], vi: 'Cứu nạn, cứu hộ', en: 'Rescue', family: 'rescue' },
    { code: 'fight', services: ['113'], vi: 'Gây rối, đánh nhau', en: 'Fight or disturbance', family: 'order' },
    { code: 'theft', services: ['113'], vi: 'Trộm cắp, cướp giật', en: 'Theft or robbery', family: 'theft' },
    { code: 'missing_person', services: ['113', '112'], vi: 'Người mất tích', en: 'Missing person', family: 'rescue' },
    { code: 'disaster', services: ['112'], vi: 'Thiên tai', en: 'Natural disaster', family: 'rescue' },
    { code: 'lighting', services: ['1022', 'field'], vi: 'Chiếu sáng công cộng', en: 'Street lighting', family: 'street', evidence: true },
    { code: 'road', services: ['1022', 'field'], vi: 'Đường sá, vỉa hè', en: 'Roads and pavements', family: 'street', evidence: true },
    { code: 'waste', services: ['1022', 'field'], vi: 'Rác thải, môi trường', en: 'Waste and environment', family: 'street', evidence: true },
    { code: 'water', services: ['1022', 'field'], vi: 'Cấp nước, thoát nước', en: 'Water and drainage', family: 'street', evidence: true },
    { code: 'noise', services: ['1022', 'field', '113'], vi: 'Tiếng ồn', en: 'Noise', family: 'order' },
    { code: 'tree', services: ['1022', 'field'], vi: 'Cây xanh', en: 'Trees', family: 'street', evidence: true },
    { code: 'procedure', services: ['1022'], vi: 'Thủ tục hành chính', en: 'Administrative procedure', family: 'procedure' },
    { code: 'order', services: ['1022', 'field'], vi: 'Trật tự đô thị', en: 'Urban order', family: 'order' },
    { code: 'animal', services: ['1022', 'field'], vi: 'Động vật thả rông', en: 'Loose animals', family: 'street' },
    { code: 'unknown', services: ['113', '114', '115', '112', '1022', 'field'], vi: 'Chưa rõ', en: 'Not yet known', family: 'unknown' },
];

const off = (date: string, name: string) => ({ date, name, working: false });
const made = (date: string, name: string) => ({ date, name, working: true });
/** Holidays of the Labour Code and the days swapped for them as announced; those of 2027 stand as the calendar has them, not yet announced. */
const SPECIAL_DAYS = [
  off('2026-01-01', 'Tết Dương lịch'), off('2026-01-02', 'Nghỉ hoán đổi'), made('2026-01-10', 'Làm bù ngày 02/01'),
  off('2026-02-16', 'Tết Nguyên đán'), off('2026-02-17', 'Tết Nguyên đán'), off('2026-02-18', 'Tết Nguyên đán'), off('2026-02-19', 'Tết Nguyên đán'), off('2026-02-20', 'Tết Nguyên đán'),
  off('2026-04-27', 'Nghỉ bù Giỗ Tổ Hùng Vương'), off('2026-04-30', 'Ngày Chiến thắng'), off('2026-05-01', 'Quốc tế Lao động'),
  made('2026-08-22', 'Làm bù ngày 31/08'), off('2026-08-31', 'Nghỉ hoán đổi'), off('2026-09-01', 'Quốc khánh'), off('2026-09-02', 'Quốc khánh'),
  off('2027-01-01', 'Tết Dương lịch'), off('2027-02-05', 'Tết Nguyên đán (dự kiến)'), off('2027-02-08', 'Tết Nguyên đán (dự kiến)'), off('2027-02-09', 'Tết Nguyên đán (dự kiến)'), off('2027-02-10', 'Tết Nguyên đán (dự kiến)'), off('2027-02-11', 'Tết Nguyên đán (dự kiến)'),
  off('2027-04-16', 'Giỗ Tổ Hùng Vương'), off('2027-04-30', 'Ngày Chiến thắng'), off('2027-05-03', 'Nghỉ bù Quốc tế Lao động'), off('2027-09-02', 'Quốc khánh'), off('2027-09-03', 'Quốc khánh (dự kiến)'),
];

/**
 * The pack that a province begins with, until its administrators issue another. The decision itself gives no time, no distance and no
 * threshold: what is here is proposed, and every screen says so.
 */
export const DEFAULT_PACK: PolicyPack = {
  id: '00000000-0000-7000-8000-000020220131', code: 'bp-2022-01', title: 'Quy chế quản lý, khai thác, vận hành IOC tỉnh và IOC cấp huyện',
  document: 'QĐ 244/QĐ-UBND ngày 31/01/2022 (bản quét: 444), tỉnh Bình Phước', effectiveFromMs: instantOf(2022, 1, 31),
  note: 'Quy chế không ghi thời hạn xử lý nào. Lịch nghỉ cần đối chiếu với thông báo hằng năm; Ngày Văn hóa Việt Nam 24/11 chưa được đưa vào vì chưa xác nhận.',
  clocks: CLOCK_RULES,
  warnShare: { value: 0.75, source: null },
  calendar: { weekdays: [1, 2, 3, 4, 5], spans: [{ fromMin: 450, toMin: 690 }, { fromMin: 810, toMin: 1_020 }], days: SPECIAL_DAYS, source: null },
  categories: CATEGORIES,
  dispatchFirst: { severities: ['P1', 'P2'], source: null },
  returns: { limit: 2, source: null },
  pauses: { infoTimes: 2, infoMinutes: 3 * WORKING_DAY, holdTimes: 2, holdMinutes: 10 * WORKING_DAY, source: null },
  reopening: { by: 'reporter', days: 30, source: null },
  dedupe: { incident: { metres: 500, minutes: 120 }, issue: { metres: 50, minutes: 7 * 1_440 }, phoneMinutes: 30, closedDays: 7, splitDays: 30, source: null },
  ladder: [
    { level: 1, atShare: 0.75, tells: ['dau_moi', 'ca_truong'], source: null },
    { level: 2, atShare: 1, tells: ['lanh_dao_don_vi', 'lanh_dao_ioc'], source: 'Q15.6' },
    { level: 3, atShare: 1.5, orOverdue: 2, tells: ['lanh_dao_ioc'], source: null, goesTo: DEFAULT_GOES_TO },
  ],
  survey: { notSeverities: ['P1'], lowScore: 2, source: 'Q13.10', asking: DEFAULT_ASKING },
  alarms: { repeatSeconds: 8, escalateSeconds: 60, perMinute: 12, severities: ['P1', 'P2'], source: null },
  personalData: { retentionDays: null, requestWorkingDays: 2, source: 'NĐ 356/2025/NĐ-CP', duty: { hours: DUTY_HOURS, source: null }, retention: { incidentDays: 5 * 365, issueDays: 2 * 365, falseDays: 365, requestDays: 2 * 365, source: null } },
  rosters: DEFAULT_DUTY,
};
