import type { Issue, Severity } from '../../contract/issue.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { makeIssues, makeSample, SAMPLE_SEED } from '../../province/sample.ts';

/** What an intent is called and says. */
export interface Intent { name: 'issue.receive' | 'issue.edit'; payload: Record<string, unknown> }

/** Of ten edits: what calls back and second looks mostly change, and text that grows. */
const MIX = ['severity', 'severity', 'description', 'severity', 'place', 'category', 'severity', 'description', 'category', 'place'] as const;
const ADDED = ['Người báo gọi lại nói rõ thêm', 'Tổ công tác đã tới nơi, ghi nhận', 'Camera khu vực cho thấy', 'Dân ở gần cho biết', 'Theo công an xã'];
const SEEN = ['đường đã thông', 'còn kẹt một chiều', 'không có người bị thương', 'thêm hai người bị thương nhẹ', 'nước đã rút', 'cần xe cứu hộ'];
const NEAR = ['đối diện cổng trường', 'cạnh cây xăng', 'sau trạm y tế', 'gần cầu', 'trước chợ', 'ngay ngã tư đèn đỏ', 'đầu hẻm'];

/**
 * Records that can still be edited (the sample's are nearly all closed), as an operator of the same province takes them
 * in: believable text, and ids spread over the twelve months before `nowMs`.
 */
export function receivedRecords(count: number, nowMs: number): Intent[] {
  const org = makeSample({ seed: SAMPLE_SEED, size: 'full', nowMs, issues: 0 });
  return [...makeIssues(77, count, org, nowMs)].map(({ id, class: kind, service, siteId, channel, receivedAtMs, severity, category, description, place, reporter }) =>
    ({ name: 'issue.receive', payload: { id, class: kind, service, siteId, channel, receivedAtMs, severity, category, description, place, reporter } }));
}

/**
 * The `nth` edit of a mix of ten, one field each, with its value before and after: four severities, two categories, two
 * descriptions with a sentence added, two places with a landmark.
 */
export function editOf(issue: Pick<Issue, 'id' | 'service' | 'severity' | 'category' | 'description' | 'place'>, nth: number): Intent {
  const field = MIX[nth % MIX.length] ?? 'severity';
  return { name: 'issue.edit', payload: { id: issue.id, fields: { [field]: { from: issue[field], to: changed(issue, field, nth) } } } };
}

function changed(issue: Pick<Issue, 'service' | 'severity' | 'category' | 'description' | 'place'>, field: (typeof MIX)[number], nth: number): unknown {
  const minutes = `${String(7 + nth % 12).padStart(2, '0')}:${String(nth * 7 % 60).padStart(2, '0')}`;
  switch (field) {
    case 'severity': return ({ P1: 'P2', P2: 'P1', P3: 'P2', P4: 'P3' } satisfies Record<Severity, Severity>)[issue.severity];
    case 'category': return other(DEFAULT_PACK.categories.filter(c => c.services.includes(issue.service)).map(c => c.code), issue.category, nth);
    case 'description': return `${issue.description} ${minutes}: ${pick(ADDED, nth)} ${pick(SEEN, nth * 5 + 1)}, cách ${20 + nth * 13 % 480} m.`;
    case 'place': return { ...issue.place, landmark: `${pick(NEAR, nth * 3)}, số ${1 + nth * 17 % 300}` };
  }
}

function other(all: readonly string[], current: string, nth: number): string {
  const others = all.filter(one => one !== current);
  return others.length === 0 ? 'unknown' : pick(others, nth);
}

function pick(all: readonly string[], nth: number): string {
  return all[nth % all.length] ?? '';
}
