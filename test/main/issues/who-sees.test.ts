import { expect, test } from 'vitest';
import type { Attention } from '../../../contract/console.ts';
import { newId } from '../../../contract/ids.ts';
import { SEVERITIES, STATES } from '../../../contract/issue.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { policyBook } from '../../../contract/policy/pack.ts';
import { SERVICES, type Scope, type Service } from '../../../contract/org.ts';
import type { PageRow } from '../../../db/stores/issue-queries.ts';
import { issueDetail } from '../../../main/issues/detail.ts';
import { queuePage } from '../../../main/issues/page.ts';
import { issueWith, sessionWith, SITES, T0 } from './support.ts';

const PERSONAL = /Phan Bí Mật|0933333444|Lê Giấu Tên/;
const reporter = { anonymous: false, name: 'Phan Bí Mật', phone: '0933333444', relation: 'hàng xóm' };
const issue = issueWith({ reporter });

function refusal(some: Partial<Attention>): Attention {
  return {
    n: 1, name: 'issue.edit', issueId: issue.id, issueNo: 'TẠM-1', description: 'Đèn đường', status: 'conflict', error: null, lost: [], payload: { id: issue.id },
    byName: 'Trần Minh Họa', atMs: T0, judgedAtMs: T0, ...some,
  };
}
const NOW = { presentBy: 'Đinh Mẫu', presentAtMs: T0 };
const REFUSALS = [
  refusal({ name: 'issue.receive', payload: { id: issue.id, description: 'Cháy kho', reporter, victims: [{ who: 'Lê Giấu Tên' }], original: { ho_ten: 'Phan Bí Mật' } } }),
  refusal({ payload: { id: issue.id, fields: { reporter: { from: null, to: reporter }, severity: { from: 'P3', to: 'P2' } } } }),
  refusal({ lost: [{ field: 'reporter', mine: reporter, theirs: reporter, present: reporter, ...NOW }, { field: 'victims', mine: [{ who: 'Lê Giấu Tên' }], theirs: [], present: [], ...NOW }, { field: 'severity', mine: 'P2', theirs: 'P1', present: 'P1', ...NOW }] }),
];
const shown = (revealed: boolean, of = issue, root: string | null = null) => issueDetail({ rid: 1, issue: of, sync: 2 } as never, sessionWith(), { names: () => ({}), refusals: () => REFUSALS, isLinkUp: true, revealed, access: { is: 'open', ground: 'line' }, now: { atMs: T0, policy: policyBook([DEFAULT_PACK]) }, caseOf: { root, parts: [] }, line: () => null, isAnsweredBeside: false });

test('what was refused says nothing of persons until they are revealed, and keeps the rest', () => {
  const hidden = shown(false);
  expect(hidden.reporterMasked).toBe(true);
  expect(JSON.stringify(hidden)).not.toMatch(PERSONAL);
  expect(hidden.refusals.map(({ payload }) => payload)).toEqual([
    { id: issue.id, description: 'Cháy kho' }, { id: issue.id, fields: { severity: { from: 'P3', to: 'P2' } } }, { id: issue.id },
  ]);
  expect(hidden.refusals[2]?.lost).toEqual([
    { field: 'reporter', mine: '•••', theirs: '•••', present: '•••', ...NOW }, { field: 'victims', mine: '•••', theirs: '•••', present: '•••', ...NOW },
    { field: 'severity', mine: 'P2', theirs: 'P1', present: 'P1', ...NOW },
  ]);
  expect(shown(true).refusals).toEqual(REFUSALS);
});

test('a record for which another stands is still answered for to another line, and its forces are called back', () => {
  const offered = issueWith({ handOff: { to: '113', byId: newId(T0), atMs: T0, note: 'Mất cắp' } });
  const out = issueWith({ resources: [{ id: newId(T0), unitId: newId(T0), name: 'Xe 01', dispatchedAtMs: T0, enRouteAtMs: null, arrivedAtMs: null, clearedAtMs: null }] });
  expect(shown(false, offered, newId(T0)).actions).toEqual(expect.arrayContaining(['issue.refuseHandOff', 'issue.withdrawHandOff']));
  expect(shown(false, out, newId(T0)).actions).toContain('issue.resourceStep');
  expect(shown(false, out, newId(T0)).actions).not.toContain('issue.sendResource');
});

const ALL: Scope = { siteIds: null, services: null };
const hex = (id: string): string => id.replaceAll('-', '');
const row = (rid: number, service: Service, siteId: string): PageRow => [
  rid, hex(newId(T0)), SERVICES.indexOf(service), `DX-${rid}`, `TẠM-${rid}`, SEVERITIES.indexOf('P1'), STATES.indexOf('verified'), 'Phan Bí Mật kêu cứu', 'Nhà 0933333444', T0, T0, 0, hex(siteId), 0, null, 0,
];
const RIDS = [1, 2, 3];
const ROWS = [row(3, '115', SITES[0]), row(1, '114', SITES[0]), row(2, '114', SITES[1])];

test.each<[string, Scope, number[]]>([
  ['everything', ALL, [1, 2, 3]], ['one service', { siteIds: null, services: ['114'] }, [1, 2]], ['one site', { siteIds: [SITES[0]], services: null }, [1, 3]],
  ['a service at a site', { siteIds: [SITES[1]], services: ['115'] }, []],
])('a page for someone who may see %s shows no word of the others', (_name, scope, visible) => {
  const page = queuePage({ rids: RIDS, gone: RIDS.map(() => false), chosen: RIDS.map(() => false) }, ROWS, scope, true);
  expect(RIDS.filter((_, i) => page.gone[i] === false)).toEqual(visible);
  expect(page.displayNo.filter(no => no !== null)).toEqual(visible.map(rid => `DX-${rid}`));
  expect(JSON.stringify(page).match(/Phan Bí Mật/g) ?? []).toHaveLength(visible.length);
  expect(JSON.stringify(page).match(/0933333444/g) ?? []).toHaveLength(visible.length);
});
