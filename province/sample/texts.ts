import type { Area } from '../../contract/org.ts';
import { DISTRICTS, lowerFirst, shortName } from './places.ts';
import type { Random } from './random.ts';
import type { Story } from './story.ts';
import { CIVIC_STORIES } from './texts-civic.ts';
import { EMERGENCY_STORIES } from './texts-emergency.ts';

/** Where a record lies, in the words that its sentences need. */
export interface Scene { place: string; short: string; hamlet: string; road: string; landmark: string }

const TOWN_ROADS = ['Hùng Vương', 'Nguyễn Huệ', 'Lý Thường Kiệt', 'Trần Hưng Đạo', 'Lê Duẩn', 'Phú Riềng Đỏ', 'Lê Lợi', 'Nguyễn Trãi', 'Hoà Bình', 'Trần Phú', 'Phan Bội Châu', 'Cách Mạng Tháng Tám'];
const COUNTRY_ROADS = ['Quốc lộ 13', 'Quốc lộ 14', 'Quốc lộ 14C', 'ĐT 741', 'ĐT 753', 'ĐT 755', 'ĐT 756', 'ĐT 757', 'ĐT 758', 'ĐT 759', 'ĐT 760', 'đường liên xã', 'đường liên ấp'];
const NUMBERS = ['2', '3', '4', '5', '6', '7', '8'];
const METRES = ['12', '15', '20', '25', '30', '40', '50', '60', '80'];

/** Slots that stand for themselves whatever the place is. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  n: NUMBERS, it: ['1', '2', '3'], met: METRES, gio: ['21', '22', '23'], tuan: ['35', '36', '37', '38', '39', '40'], ben: ['trái', 'phải'],
  nguoi: [
    'một người đàn ông', 'một phụ nữ', 'một cụ ông khoảng 70 tuổi', 'một cụ bà khoảng 75 tuổi', 'một cụ bà khoảng 82 tuổi', 'một cháu bé khoảng 4 tuổi', 'một cháu bé khoảng 9 tuổi',
    'một thanh niên khoảng 20 tuổi', 'một học sinh', 'một công nhân', 'một người đi đường', 'một tài xế', 'một phụ nữ khoảng 30 tuổi', 'một người đàn ông khoảng 50 tuổi',
  ],
  xe: ['xe máy', 'xe tải nhỏ', 'xe khách', 'ô tô con', 'xe đầu kéo', 'xe máy cày', 'xe ba gác', 'xe buýt', 'xe ben'],
  xe2: ['xe máy', 'xe đạp điện', 'xe tải', 'ô tô 7 chỗ', 'xe công nông', 'xe container'],
  than: ['đầu', 'tay', 'chân', 'mặt', 'ngực', 'lưng', 'bàn tay'],
  benh: ['tim mạch', 'tăng huyết áp', 'tiểu đường', 'hen phế quản', 'động kinh', 'phổi tắc nghẽn'],
  moi: ['khoảng 5 phút trước', 'khoảng 10 phút trước', 'khoảng 20 phút trước', 'khoảng 30 phút trước'], vang: ['hơn 6 giờ', 'từ hôm qua', 'đã 2 ngày'],
  hay: ['vào giờ cao điểm', 'hằng đêm', 'gần như mỗi ngày', 'nhiều lần trong tuần'], lau: ['mấy ngày nay', 'hơn một tuần nay', 'từ tuần trước', 'từ tháng trước', 'nửa tháng nay'],
  nguoilon: ['một người đàn ông', 'một phụ nữ khoảng 40 tuổi', 'một người đàn ông khoảng 50 tuổi', 'một phụ nữ', 'một người đàn ông khoảng 60 tuổi'],
  hang: ['hạt điều', 'mủ cao su', 'gỗ ép', 'phân bón', 'vải vụn', 'nông sản', 'thức ăn chăn nuôi', 'phế liệu'],
  cay: ['cao su', 'điều', 'tiêu', 'tràm', 'sầu riêng', 'xà cừ', 'keo lai', 'phượng'],
  quan: ['nhậu', 'cà phê', 'karaoke', 'bi da', 'ăn đêm'],
  taisan: ['xe máy', 'điện thoại', 'túi xách', 'dây chuyền', 'máy bơm nước', 'bình ắc quy', 'ví tiền', 'laptop', 'xe đạp'],
  vat: ['bò', 'dê', 'gà', 'heo', 'trâu', 'vịt'],
  mau: ['trắng', 'xanh', 'đỏ', 'đen', 'vàng', 'kẻ sọc'],
  nghe: ['cưa gỗ', 'cơ khí', 'tách hạt điều', 'nhôm kính', 'gạch', 'xay xát'],
  thutuc: [
    'cấp giấy chứng nhận quyền sử dụng đất', 'tách thửa đất', 'đăng ký khai sinh', 'đăng ký kết hôn', 'xác nhận tình trạng hôn nhân', 'cấp phép xây dựng nhà ở', 'đăng ký hộ kinh doanh',
    'chứng thực bản sao', 'đổi giấy phép lái xe', 'hưởng trợ cấp xã hội', 'đăng ký tạm trú', 'chuyển mục đích sử dụng đất', 'cấp lý lịch tư pháp', 'chuyển trường cho con', 'cấp thẻ bảo hiểm y tế',
  ],
};

/** A spot in the commune: hamlet, road, landmark. */
export function makeScene(random: Random, area: Area, districtCode: string): Scene {
  const plan = DISTRICTS.find(d => d.code === districtCode);
  if (plan === undefined) throw new Error(`no district ${districtCode}`);
  const short = shortName(area.name);
  const urban = !area.name.startsWith('Xã');
  const hamlet = `${urban ? 'khu phố' : plan.hamletWord} ${1 + random.int(9)}`;
  const road = random.pick(urban ? TOWN_ROADS : COUNTRY_ROADS);
  return {
    place: `${urban ? 'Đường ' : ''}${upperFirst(road)}, ${hamlet}, ${lowerFirst(area.name)}, ${lowerFirst(plan.name)}`,
    short, hamlet, road, landmark: landmark(random, short, hamlet),
  };
}

const LANDMARKS: readonly ((short: string, hamlet: string, n: number) => string)[] = [
  short => `chợ ${short}`, short => `trường tiểu học ${short}`, short => `trường THCS ${short}`, short => `trạm y tế ${short}`, short => `trụ sở UBND ${short}`,
  (_s, hamlet) => `nhà văn hóa ${hamlet}`, (_s, _h, n) => `cây xăng số ${n}`, (_s, _h, n) => `cầu số ${n}`, (short, _h, n) => `nông trường cao su ${short}, lô ${n}`,
  (_s, _h, n) => `ngã ba cột mốc ${n}`, short => `bưu điện ${short}`, (_s, hamlet, n) => `hẻm ${n * 7}, ${hamlet}`, (_s, _h, n) => `trạm biến áp ${n}`, short => `sân bóng ${short}`,
];

function landmark(random: Random, short: string, hamlet: string): string {
  return random.pick(LANDMARKS)(short, hamlet, 1 + random.int(40));
}

const NEAR = ['gần', 'đối diện', 'trước', 'phía sau', 'cách khoảng 100 m từ', 'ngay'];

function fill(random: Random, template: string, scene: Scene): string {
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    switch (slot) {
      case 'cho': return `${random.pick(NEAR)} ${scene.landmark}`;
      case 'noi': return random.chance(0.5) ? `nhà dân ${scene.hamlet}` : scene.landmark;
      case 'khu': return `${scene.hamlet}, ${scene.short}`;
      case 'xa': return scene.short;
      case 'duong': return scene.road.replace(/^đường /, '');
      case 'so6': return String(100_000 + random.int(900_000));
      default: return random.pick(WORDS[slot] ?? []);
    }
  });
}

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const WISHES = {
  incident: ['Đề nghị hỗ trợ gấp', 'Người báo đang chờ tại chỗ', 'Người báo sẽ ra đầu đường đón', 'Xin giữ máy để hướng dẫn'],
  issue: ['Đề nghị kiểm tra, khắc phục', 'Người dân mong sớm được xử lý', 'Đề nghị trả lời kết quả cho người phản ánh', 'Nhờ cơ quan chức năng xem xét', 'Đề nghị báo lại thời gian xử lý'],
} as const;

function storyOf(category: string, recordClass: 'incident' | 'issue'): Story {
  const name = category === 'unknown' ? (recordClass === 'incident' ? 'unknown_emergency' : 'unknown_civic') : category;
  const story = EMERGENCY_STORIES[name] ?? CIVIC_STORIES[name];
  if (story === undefined) throw new Error(`no story for category ${category}`);
  return story;
}

/** What the person who reports says, as an operator would note it down. */
export function describe(random: Random, category: string, recordClass: 'incident' | 'issue', scene: Scene): string {
  const story = storyOf(category, recordClass);
  const sentences = [fill(random, random.pick(story.openings), scene)];
  if (random.chance(0.85)) sentences.push(fill(random, random.pick(story.details), scene));
  if (random.chance(0.45)) sentences.push(random.pick(WISHES[recordClass]));
  return `${sentences.map(upperFirst).join('. ')}.`;
}

/** What the unit reports when it has done its part (Q13.4). */
export function resultOf(random: Random, category: string, recordClass: 'incident' | 'issue', scene: Scene): string {
  return `${upperFirst(fill(random, random.pick(storyOf(category, recordClass).results), scene))}.`;
}

/** How a report was checked (Q18.2), with the note that fits. */
export const VERIFICATIONS = [
  { method: 'call_back', note: 'Gọi lại, người báo xác nhận đúng nội dung.' }, { method: 'call_back', note: '' },
  { method: 'camera', note: 'Xem camera khu vực, đúng như phản ánh.' }, { method: 'force_on_site', note: 'Công an xã có mặt xác nhận.' },
  { method: 'unit_confirms', note: 'Đơn vị quản lý xác nhận có sự việc.' }, { method: 'second_source', note: 'Có nguồn thứ hai cùng nội dung.' },
] as const;
export const FALSE_NOTES = ['Gọi lại nhiều lần không liên lạc được, lực lượng tại chỗ không thấy sự việc.', 'Người báo thừa nhận báo đùa.', 'Số máy đã báo tin sai nhiều lần, camera không ghi nhận.', 'Nhầm sang địa phương khác, nơi đó xác nhận không có.'];
export const FORWARD_NOTES = ['Đề nghị xử lý và báo kết quả về IOC.', 'Chuyển xử lý theo chức năng.', 'Đề nghị phối hợp với UBND xã.', ''];
export const WORK_NOTES = ['Đã cử người đến hiện trường.', 'Chờ vật tư, dự kiến xong trong ngày.', 'Đã liên hệ người phản ánh.', 'Đang khảo sát.', 'Cần thêm phương tiện.'];
/** Where the evidence of a result is, when it is not here. */
export const NO_EVIDENCE = ['Ảnh trước và sau nằm trong hồ sơ của đơn vị.', 'Máy ảnh của tổ hỏng, đã mời người phản ánh đến xem.', 'Việc làm ban đêm, biên bản giấy gửi sau.'];
export const REPLIES = ['Đã trả lời người phản ánh qua điện thoại, người dân hài lòng.', 'Đã nhắn tin kết quả cho người phản ánh.', 'Người báo không để lại liên lạc.', 'Đã gọi lại, người dân ghi nhận.', ''];
