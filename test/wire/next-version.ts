import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Desk } from '../support/desk.ts';
import { ROOT, startProgram, type ProvinceReady, type Running } from '../support/processes.ts';

/**
 * What a later version of this program might change, as replacements in today's source: a kind of rows, words, an intent,
 * fields at every place, a code, a verdict and a signal of its own. Each must be found, so that this keeps up with the source.
 */
const CHANGES: readonly [file: string, from: string, to: string][] = [
  ['contract/province.ts', `'policy', 'issue', `, `'policy', 'issue', 'camera', `],
  ['contract/province.ts', 'rows: z.array(Row), cursor: Cursor, more', `news: z.string().default('mới'), rows: z.array(Row), cursor: Cursor, more`],
  ['contract/province.ts', 'PushOutput = z.object({', `PushOutput = z.object({ news: z.string().default('mới'),`],
  ['contract/province.ts', '.output(z.object({ token: z.string(), expiresInMs', `.output(z.object({ news: z.string().default('mới'), token: z.string(), expiresInMs`],
  ['contract/province.ts', 'SnapshotManifest = z.object({', `SnapshotManifest = z.object({ news: z.string().default('mới'),`],
  ['contract/province.ts', 'eventIterator(z.object({', 'eventIterator(z.object({ notice: z.string().optional(),'],
  ['province/router.ts', 'yield* hub.listen(', `yield { notice: 'Bảo trì lúc 23:00' };\n      yield* hub.listen(`],
  ['contract/issue.ts', `'reopened', 'cancelled',\n]`, `'reopened', 'cancelled', 'escalated',\n]`],
  ['contract/issue.ts', `'P3', 'P4'] as const`, `'P3', 'P4', 'P0'] as const`],
  ['contract/issue.ts', `lon: z.number().min(-180).max(180).nullable(),`, `lon: z.number().min(-180).max(180).nullable(), accuracyM: z.number().optional(),`],
  ['contract/issue.ts', '  history: z.array(HistoryEntry),', '  escalation: z.object({ reason: z.string() }).optional(), history: z.array(HistoryEntry),'],
  ['contract/mutations/payloads.ts', `  'issue.attach': Ref.extend(`, `  'issue.escalate': Ref.extend({ reason: z.string() }), 'issue.openAnew': Ref.extend({ reason: z.string() }),\n  'issue.attach': Ref.extend(`],
  ['contract/mutations/workflow.ts', `  'issue.attach': {`, `  'issue.escalate': { permission: 'issue.note', from: null }, 'issue.openAnew': { permission: 'issue.note', from: null },\n  'issue.attach': {`],
  ['contract/mutations/steps.ts', `  'issue.attach': (row,`,
    `  'issue.escalate': (row, p, facts) => moved(row, 'escalated', 'issue.escalate', facts, p.reason, { severity: 'P0', escalation: { reason: p.reason } }),\n  'issue.openAnew': (row, p, facts) => moved(row, 'verifying', 'issue.openAnew', facts, p.reason),\n  'issue.attach': (row,`],
  ['province/judge.ts', 'function applyOne(item: Extract<Parsed, { refusal: null }>, actor: Actor, court: Court, judgement: Judgement): Verdict {\n', `function applyOne(item, actor, court, judgement) {
  if (item.payload.note === 'Để riêng') return { n: item.mutation.n, seq: 0, status: 'set_aside' };
  if (item.payload.note === 'Không được') throw new AppError('issue/frozen', { until: 'mai' });\n`],
  // A record that is escalated brings a camera along, in the same commit.
  ['province/store.ts', 'const rows = batch.rows.map(row', `const cameras = batch.rows.filter(row => row.data.state === 'escalated' && row.before?.state !== 'escalated').map(row => ({
    kind: 'camera', id: row.id.slice(0, 9) + 'cafe' + row.id.slice(13), siteId: row.siteId, service: null, deleted: false, expected: 0,
    data: { siteId: row.siteId, name: 'Camera mẫu', lat: 11, lon: 106 },
  }));
  const rows = [...batch.rows, ...cameras].map(row`],
  ['db/stores/org.ts', 'policy: PolicyRow } as const', 'policy: PolicyRow, camera: Area.omit({ id: true }) } as const'],
];

/** This program as a later version of it: its source, changed, in a folder of its own inside the project. */
export interface NextVersion {
  startProvince(options: { data: string; port?: number; databaseUrl?: string }): Promise<Running<ProvinceReady>>;
  /** The workstation of that version. */
  Desk: typeof Desk;
  remove(): void;
}

export async function nextVersion(protocol: number): Promise<NextVersion> {
  mkdirSync(join(ROOT, 'test/.tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'test/.tmp/next-'));
  for (const part of ['contract', 'db', 'main', 'province', 'package.json', 'tsconfig.json', 'test/support/desk.ts', 'test/support/silent-log.ts']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  for (const [file, from, to] of [...CHANGES, ['contract/province.ts', /PROTOCOL_VERSION = \d+/, `PROTOCOL_VERSION = ${protocol}`] as const]) {
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${String(from)} any more`);
    writeFileSync(path, after);
  }
  const { Desk: NextDesk } = await import(join(folder, 'test/support/desk.ts')) as { Desk: typeof Desk };
  return {
    startProvince: ({ data, port = 0, databaseUrl }) => startProgram<ProvinceReady>(join(relative(ROOT, folder), 'province/index.ts'),
      ['serve', '--port', String(port), '--data', data, '--sample', 'small', '--codes', '5', '--json'], databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    Desk: NextDesk,
    remove: () => { rmSync(folder, { recursive: true, force: true }); },
  };
}

/** The same workstation under another version of the program: its folder, as it lies on the disk. */
export async function updated(from: Desk, To: typeof Desk, options: ConstructorParameters<typeof Desk>[0]): Promise<Desk> {
  await from.stop();
  const desk = new To(options);
  cpSync(from.dir, desk.dir, { recursive: true });
  rmSync(from.dir, { recursive: true, force: true });
  await desk.open(true);
  desk.sync.start();
  return desk;
}
