import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PolicyRow, type PolicyPack } from '../../contract/policy/pack.ts';
import { isSigned } from '../../db/stores/policy.ts';
import { Desk, until } from '../support/desk.ts';
import { ROOT } from '../support/processes.ts';
import { accountOf, provinceFolder, startProvince, type RunningProvince } from './support.ts';

const world = {} as { folder: string; files: string; running: RunningProvince };
beforeAll(async () => {
  world.folder = await provinceFolder();
  world.files = mkdtempSync(join(tmpdir(), 'ioc-policy-'));
  world.running = await startProvince(world.folder, ['--codes', '2']);
}, 120_000);
afterAll(async () => {
  await world.running.stop();
  rmSync(world.folder, { recursive: true, force: true });
  rmSync(world.files, { recursive: true, force: true });
});

const file = (name: string): string => join(world.files, name);
function policy(...args: string[]): { code: number | null; out: string; err: string } {
  const said = spawnSync(process.execPath, [join(ROOT, 'province/index.ts'), 'policy', ...args, '--data', world.folder], { encoding: 'utf8' });
  return { code: said.status, out: said.stdout, err: said.stderr };
}

test('an administrator edits the pack in force and issues it; a running console judges the next record by it, and those that are there by theirs', async () => {
  const code = world.running.codes.find(one => one.site === 'BP')?.code ?? '';
  const desk = await Desk.enrolled({ address: world.running.address, code });
  await desk.loaded();
  const { login, password } = accountOf(world.running, 'ca_truong', 'BP');
  const session = await desk.signIn(login, password);
  const before = await desk.receive(session, 'Trước khi có gói mới');

  expect(policy('--out', file('goi.json')).code).toBe(0);
  const pack = JSON.parse(readFileSync(file('goi.json'), 'utf8')) as PolicyPack & { effectiveFrom: string };
  pack.code = 'thu-2026-02';
  for (const rule of pack.clocks) if (rule.clock === 'ack') Object.assign(rule, { minutes: 7, calendar: 'around', source: 'QĐ 1/QĐ-UBND (thử)' });
  writeFileSync(file('moi.json'), JSON.stringify(pack));
  expect(policy('--issue', file('moi.json')).out).toContain('Đã ban hành gói thu-2026-02');

  const rows = () => desk.reader.prepare<[], string>(`SELECT data FROM org_row WHERE kind='policy'`).pluck().all().map(text => PolicyRow.parse(JSON.parse(text)));
  await until(() => rows().some(row => row.code === 'thu-2026-02'), 'the pack');
  const signKey = desk.reader.prepare<[], string>('SELECT sign_key FROM stick_province').pluck().get() ?? '';
  for (const row of rows()) expect(isSigned(row, signKey)).toBe(true);
  const after = await desk.receive(session, 'Sau khi có gói mới');
  await desk.settled();
  await until(() => desk.find(after)!.issue.version > 0 && desk.find(before)!.issue.version > 0, 'both rows');
  const [old, fresh] = [desk.find(before)!.issue, desk.find(after)!.issue];
  expect((fresh.dueAtMs ?? 0) - fresh.receivedAtMs).toBe(7 * 60_000);
  expect(old.policyId).not.toBe(fresh.policyId);
  await desk.close();
});

test('what is no pack, or would reach into the past, is refused with the place that is wrong, and changes nothing', () => {
  writeFileSync(file('hong.json'), '{"clocks":');
  expect(policy('--issue', file('hong.json'))).toMatchObject({ code: 1, err: expect.stringContaining('không phải JSON') as string });
  const whole = JSON.parse(readFileSync(file('goi.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(file('sai.json'), JSON.stringify({ ...whole, warnShare: { value: 7, source: null } }));
  expect(policy('--issue', file('sai.json'))).toMatchObject({ code: 1, err: expect.stringContaining('warnShare.value') as string });
  writeFileSync(file('lich.json'), JSON.stringify({ ...whole, calendar: { ...whole['calendar'] as object, weekdays: [] } }));
  expect(policy('--issue', file('lich.json'))).toMatchObject({ code: 1, err: expect.stringContaining('calendar.weekdays') as string });
  expect(policy('--out', file('goi.json'))).toMatchObject({ code: 1, err: expect.stringContaining('tệp đã có') as string });
  expect(policy()).toMatchObject({ code: 1, err: expect.stringContaining('--out') as string });
});
