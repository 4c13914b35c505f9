import { fold } from '../../../contract/text.ts';

/** What a field of a source can be for us. */
export type Meaning =
  | 'ref' | 'jurisdiction' | 'title' | 'description' | 'serviceName' | 'serviceCode' | 'service' | 'address' | 'landmark' | 'areaName' | 'lat' | 'lon'
  | 'receivedAt' | 'occurredAt' | 'status' | 'severity' | 'firstName' | 'lastName' | 'name' | 'phone' | 'kept';

/** Names of fields after `plainName`: Open311's, then Vietnamese ones and what people write in their tables. */
const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
  ref: ['service request id', 'token', 'id', 'ma', 'ma nguon', 'ma phan anh', 'ma vu viec', 'so phieu', 'so hieu', 'ref'],
  jurisdiction: ['jurisdiction id', 'jurisdiction'],
  title: ['tieu de', 'title', 'subject', 'tom tat'],
  description: ['description', 'noi dung', 'mo ta', 'noi dung phan anh', 'dien bien', 'content', 'details'],
  serviceName: ['service name', 'category', 'danh muc', 'nhom', 'loai', 'loai phan anh', 'chuyen muc'],
  serviceCode: ['service code'],
  service: ['linh vuc', 'service', 'dich vu', 'dau so'],
  address: ['address', 'address string', 'dia chi', 'dia diem', 'noi xay ra', 'vi tri', 'location'],
  landmark: ['landmark', 'moc', 'gan', 'diem moc'],
  areaName: ['xa phuong', 'phuong xa', 'xa', 'phuong', 'area', 'ward', 'commune'],
  lat: ['lat', 'latitude', 'vi do'],
  lon: ['long', 'lon', 'lng', 'longitude', 'kinh do'],
  receivedAt: ['requested datetime', 'thoi gian', 'thoi gian tiep nhan', 'thoi diem tiep nhan', 'ngay tiep nhan', 'ngay phan anh', 'ngay gui', 'received at', 'created at', 'date'],
  occurredAt: ['thoi diem', 'thoi diem xay ra', 'thoi gian xay ra', 'occurred at'],
  status: ['status', 'trang thai'],
  severity: ['severity', 'priority', 'muc do', 'do khan'],
  firstName: ['first name'],
  lastName: ['last name'],
  name: ['name', 'ho ten', 'ho va ten', 'nguoi bao', 'nguoi bao tin', 'nguoi phan anh', 'nguoi gui', 'reporter'],
  phone: ['phone', 'dien thoai', 'so dien thoai', 'sdt', 'dt', 'telephone', 'mobile'],
  // Known, but for no field of ours: kept word for word, without a warning.
  kept: [
    'status notes', 'agency responsible', 'service notice', 'updated datetime', 'expected datetime', 'address id', 'zipcode', 'media url',
    'email', 'device id', 'account id', 'ghi chu', 'note', 'notes', 'stt', 'no',
  ],
};

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  (Object.entries(NAMES) as [Meaning, readonly string[]][]).flatMap(([meaning, names]) => names.map(name => [name, meaning] as const)),
);

/** A field's name without marks, signs and capitals: "Nội_dung" and "NỘI DUNG" are "noi dung". */
export function plainName(name: string): string {
  return fold(name.replace(/[^\p{L}\p{N}]+/gu, ' '));
}

/** What the field means; undefined when we do not know its name. */
export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(plainName(name));
}
