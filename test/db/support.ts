import { join } from 'node:path';
import { newId, type Id } from '../../contract/ids.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { Person, Role, Unit } from '../../contract/org.ts';
import type { Row } from '../../contract/province.ts';
import { closeWriter, openDatabase, type Database } from '../../db/open.ts';
import { createRunner } from '../../db/runner.ts';
import type { StationRecord, WriterCommand, WriterCommands } from '../../db/writer-api.ts';
import { folderOfTest } from '../support/folders-of-test.ts';

export const KEY = 'a1'.repeat(32);
export const T0 = Date.UTC(2026, 10, 24, 3, 0, 0);        // 10:00 in Vietnam
const ALL = { siteIds: null, services: null };

export function tempFile(): string {
  return join(folderOfTest('console-db'), 'console.db');
}

const fixed = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const SITE = fixed(1), DEVICE = fixed(2), UNIT = fixed(3), AREA = fixed(4), DESK = fixed(5), LEAD = fixed(6), FOCAL = fixed(7);

export const STATION: StationRecord = {
  deviceId: DEVICE, stationCode: 'DX01', stationName: 'Bàn trực 1', site: { id: SITE, code: 'DX', name: 'IOC Đồng Xoài', tier: 'district' }, scope: ALL,
  provinceId: fixed(9), provinceName: 'Tỉnh mẫu', address: 'http://127.0.0.1:1', privateKey: 'none', sample: true,
};

export function actor(personId: Id, roles: Role[] = ['truc_ban'], unitId: Id | null = null): Actor {
  return { personId, unitId, roles, scope: ALL };
}
export const desk = actor(DESK), lead = actor(LEAD, ['ca_truong']), focal = actor(FOCAL, ['dau_moi'], UNIT);

export const unitRow: Unit = {
  id: UNIT, siteId: SITE, name: 'Đội cấp nước Đồng Xoài', kind: 'doi', handling: true, services: ['1022'], phone: '0271555000', focalPoint: null,
  lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null,
};
export const personRow: Person = {
  id: DESK, siteId: SITE, unitId: null, login: 'hoa', name: 'Trần Minh Họa', title: 'Trực ban', roles: ['truc_ban'], services: [], active: true,
};
export const orgRows: Row[] = [
  { kind: 'site', id: SITE, seq: 1, deleted: false, data: { ...STATION.site } },
  { kind: 'area', id: AREA, seq: 1, deleted: false, data: { id: AREA, siteId: SITE, name: 'Phường Tân Phú', lat: 11.5, lon: 106.9 } },
  { kind: 'unit', id: UNIT, seq: 1, deleted: false, data: { ...unitRow } },
  { kind: 'person', id: DESK, seq: 1, deleted: false, data: { ...personRow } },
];

/** The payload of a report that anyone may receive. */
export function report(id: Id, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id, class: 'issue', service: '1022', siteId: SITE, channel: 'phone', receivedAtMs: T0, severity: 'P3',
    description: 'Vỡ ống nước trước cổng trường', place: { text: '12 đường Hoà Bình', areaId: AREA, lat: 11.53, lon: 106.89 },
    reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271 555-418', relation: '' }, ...more,
  };
}

export interface Desk {
  db: Database; file: string;
  call<C extends WriterCommand>(command: C, input: WriterCommands[C][0]): WriterCommands[C][1];
  /** Shorthand: one mutation at `atMs`. */
  mutate(who: Actor, name: WriterCommands['issue.mutate'][0]['name'], payload: Record<string, unknown>, atMs?: number): WriterCommands['issue.mutate'][1];
  receive(more?: Record<string, unknown>): Id;
  close(): void;
}

/** An enrolled workstation's database with its directory (unless `set` is false: as the file is); commands run in this thread. */
export function openDesk(file = tempFile(), set = true): Desk {
  const db = openDatabase({ file, keyHex: KEY, role: 'writer' });
  const runner = createRunner(db);
  const clock = { now: T0 };
  const call: Desk['call'] = (command, input) => {
    const ran = runner.run(command, input);
    ran.upkeep();
    return ran.output;
  };
  const mutate: Desk['mutate'] = (who, name, payload, atMs = ++clock.now) => call('issue.mutate', { actor: who, name, payload, atMs, draftId: null });
  if (set) {
    call('station.save', STATION);
    call('sync.applyPage', { rows: orgRows, cursor: 'start', verdicts: [], atMs: T0 });
  }
  return {
    db, file, call, mutate,
    receive: more => {
      const id = newId(T0);
      mutate(desk, 'issue.receive', report(id, more));
      return id;
    },
    close: () => closeWriter(db, file),
  };
}
