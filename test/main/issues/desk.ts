import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../contract/ids.ts';
import type { Area, Unit } from '../../../contract/org.ts';
import type { Row } from '../../../contract/province.ts';
import { openDatabase, type Database } from '../../../db/open.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import { startWriter } from '../../../db/writer.ts';
import { PEOPLE, SITES, T0, UNITS } from './support.ts';

export const KEY = 'ab'.repeat(32);
export const AREA: Area = { id: newId(T0), siteId: SITES[0], name: 'Phường Tân Bình', lat: 11.53, lon: 106.89 };

/** An enrolled workstation with a small directory: real writer, real file. */
export interface Desk { folder: string; file: string; reader: Database; writer: Writer; station: StationRecord; now: { ms: number }; close(): Promise<void> }

export async function testDesk(some: { thread?: boolean } = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-desk-'));
  const file = join(folder, 'console.db');
  const writer = await startWriter({ file, keyHex: KEY, thread: some.thread ?? false });
  const station: StationRecord = {
    deviceId: newId(T0), stationCode: 'BP01', stationName: 'Bàn 1', site: { id: SITES[0], code: 'BP', name: 'IOC tỉnh', tier: 'province' },
    scope: { siteIds: null, services: null }, provinceId: newId(T0), provinceName: 'Tỉnh mẫu', address: 'http://127.0.0.1:1', privateKey: '', sample: true,
  };
  await writer.call('station.save', station);
  const unit: Unit = {
    id: UNITS[0], siteId: SITES[0], name: 'Đội chiếu sáng', kind: 'team', handling: true, services: [], phone: '', focalPoint: null, lat: null, lon: null,
    effectiveFromMs: 0, effectiveToMs: null,
  };
  const people = PEOPLE.map((id, i) => ({
    id, siteId: SITES[0], unitId: null, login: `mau${i}`, name: ['Trần Minh Họa', 'Nguyễn Văn Mẫu'][i]!, title: 'Trực ban', roles: ['truc_ban'], services: [], active: true,
  }));
  const rows = [station.site, AREA, unit, ...people].map((data, i): Row => ({
    kind: (['site', 'area', 'unit', 'person', 'person'] as const)[i]!, id: data.id, seq: i + 1, deleted: false, data: { ...data },
  }));
  await writer.call('sync.applyPage', { rows, cursor: 'c1', verdicts: [], atMs: T0 });
  const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
  return {
    folder, file, reader, writer, station, now: { ms: T0 },
    async close() {
      reader.close();
      await writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
