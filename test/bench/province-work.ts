import { newId, type Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import type { LightConsole } from './province-console.ts';

/** Of ten mutations: five reports, three notes and two edits on a record that the same console has received. */
const MIX = ['receive', 'note', 'receive', 'edit', 'receive', 'note', 'receive', 'note', 'edit', 'receive'] as const;

interface Own { id: Id; severity: 'P2' | 'P3'; entries: number }
/** A mutation that was written: its record, and how many entries its history has with it. */
export interface Written { id: Id; entries: number; name: string; payload: Record<string, unknown> }

/** What the operator at one console writes, one mutation after the other. */
export class Operator {
  readonly console: LightConsole;
  #own: Own | null = null;
  #nth: number;

  constructor(console: LightConsole, start: number) {
    this.console = console;
    this.#nth = start;
  }

  next(): Written {
    const what = this.#own === null ? 'receive' : MIX[this.#nth % MIX.length] ?? 'receive';
    this.#nth += 1;
    if (what === 'receive' || this.#own === null) {
      const { id, payload } = reportAt(this.console.identity.siteId);
      this.#own = { id, severity: 'P3', entries: 1 };
      return { id, entries: 1, name: 'issue.receive', payload };
    }
    const own = this.#own;
    own.entries += 1;
    if (what === 'note') return { id: own.id, entries: own.entries, name: 'issue.note', payload: { id: own.id, note: `Người báo gọi lại lần ${own.entries}, tình hình chưa thay đổi` } };
    const to = own.severity === 'P3' ? 'P2' : 'P3';
    const payload = { id: own.id, fields: { severity: { from: own.severity, to } } };
    own.severity = to;
    return { id: own.id, entries: own.entries, name: 'issue.edit', payload };
  }
}

export function reportAt(siteId: Id, service: Service = '1022'): { id: Id; payload: Record<string, unknown> } {
  const id = newId(Date.now());
  return {
    id, payload: {
      id, class: 'issue', service, siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P3',
      description: 'Đèn đường hỏng cả dãy từ ngã tư đến cổng trường, buổi tối rất tối, đã có người ngã xe',
      place: { text: 'Đường Mẫu, đoạn trước cổng trường', areaId: null, landmark: 'đối diện cây xăng', lat: null, lon: null },
      reporter: { anonymous: false, name: 'Trần Minh Họa', phone: '0900000000', relation: '' },
    },
  };
}
