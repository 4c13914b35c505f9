import { expect, test } from 'vitest';
import { BULK } from '../../contract/bulk.ts';
import type { Issue } from '../../contract/issue.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { mapRecord } from '../../main/issues/import/map.ts';
import { context } from '../main/issues/import/support.ts';

const issue = { service: '1022', category: 'unknown', severity: 'P3' } as Issue;
const retired = DEFAULT_PACK.categories.map(one => (one.code === 'noise' ? { ...one, retired: true } : one));

test('a kind that is retired is given to no record any more: not by many at once, not by an import', () => {
  const bulk = (categories: typeof retired) => () => BULK.classify.payloads({ severity: null, category: 'noise' }, { categories, atMs: 0 })(issue);
  expect(bulk(DEFAULT_PACK.categories)()).toMatchObject({ fields: { category: { to: 'noise' } } });
  expect(bulk(retired)).toThrow('issue/bad-value');
  const imported = (categories: typeof retired): unknown => mapRecord({ line: 1, fields: { service: '1022', service_name: 'Tiếng ồn', description: 'Hát karaoke', address: 'Đường Mẫu 1', requested_datetime: '2026-03-01T08:00:00+07:00' }, warnings: [] }, { ...context, categories }).payload['category'];
  expect([imported(DEFAULT_PACK.categories), imported(retired)]).toEqual(['noise', 'unknown']);
});
