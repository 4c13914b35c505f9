import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { PROTOCOL_VERSION, provinceContract } from '../contract/province.ts';
import { PUSH_MEDIA_TYPE } from '../contract/push-body.ts';

const FILE = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

/** The one route that is not JSON, in the document's words. */
const CHUNK_OPERATION = {
  summary: 'One chunk of a snapshot: zstd-compressed rows in the columnar form that the manifest names, in byte ranges',
  operationId: 'sync.snapshotChunk', security: [{ device: [] }],
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'index', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } },
    { name: 'range', in: 'header', required: false, schema: { type: 'string', examples: ['bytes=1024-'] } },
  ],
  responses: {
    200: { description: 'The whole chunk', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
    206: { description: 'The bytes asked for', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
    416: { description: 'The chunk is shorter than that' },
    422: { description: 'APP: sync/chunk-gone, device/token-expired, device/revoked' },
  },
} as const;

/** A push may come in a second form, which no schema can describe. */
const PUSH_BY_COLUMNS = { schema: { type: 'string', format: 'binary', description: 'The same mutations in the columnar form columns-1, as contract/push-body.ts makes it' } } as const;

/** The OpenAPI 3.1 document of the sync API, as text: generated from the contract and nothing else. */
export async function openApiText(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(provinceContract, {
    info: { title: 'IOC Console: provincial sync API', version: String(PROTOCOL_VERSION) },
    components: { securitySchemes: { device: { type: 'http', scheme: 'bearer', description: 'The short-lived token of POST /v1/session' } } },
  });
  const content = (document.paths?.['/v1/sync/push']?.post?.requestBody as { content?: Record<string, object> } | undefined)?.content;
  if (content === undefined) throw new Error('the contract has no push');
  content[PUSH_MEDIA_TYPE] = PUSH_BY_COLUMNS;
  const paths = { ...document.paths, '/v1/sync/snapshot/{id}/{index}': { get: CHUNK_OPERATION } };
  return `${JSON.stringify({ ...document, paths }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await openApiText();
  if (process.argv.includes('--write')) writeFileSync(FILE, text);
  else console.log(readFileSync(FILE, 'utf8') === text ? 'docs/openapi.json is current' : 'docs/openapi.json is not current: run with --write');
}
