import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApiText } from '../../province/openapi.ts';

test('docs/openapi.json is what the contract says (else run: node province/openapi.ts --write)', async () => {
  const text = await openApiText();
  expect(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8') === text).toBe(true);
  const document = JSON.parse(text) as { openapi: string; paths: Record<string, Record<string, { security?: object[] }>> };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toContain('/v1/sync/snapshot/{id}/{index}');
  const open = Object.entries(document.paths).flatMap(([path, methods]) => Object.values(methods).filter(method => method.security === undefined).map(() => path));
  expect(open.sort()).toEqual(['/v1/enrol', '/v1/health', '/v1/session', '/v1/session/challenge']);
});
