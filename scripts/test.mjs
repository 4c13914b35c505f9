// `npm test`: types, the house rules, unit and integration tests, end-to-end tests in a real Chromium.
// The last line is `N passed, N failed`; the exit code is 0 only when nothing failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv.includes('--help')) {
  console.log('npm test [-- --only types|house|build|unit|e2e]\n\nChạy tất cả: kiểu, quy tắc của nhà, dựng, kiểm thử đơn vị và tích hợp, kiểm thử đầu cuối trong Chromium.\nDòng cuối: `N passed, N failed`; mã thoát là 0 chỉ khi không có gì hỏng.\n\n  --only PHẦN   chỉ chạy một phần');
  process.exit(0);
}
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : process.argv[onlyAt + 1];
const scratch = mkdtempSync(join(tmpdir(), 'ioc-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs one of our tools with the project's own Node. */
function run(script, args) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NO_COLOR: '1' } });
    child.on('close', code => resolve(code ?? 1));
  });
}

/** A check that passes or fails as one. */
const check = (script, args) => async () => ((await run(script, args)) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });

/** A Vitest project; its counts are read from its own report, and a run without a test is a failure. */
const vitest = project => async () => {
  const report = join(scratch, `${project}.json`);
  const code = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]);
  try {
    const { numPassedTests: passed, numFailedTests, numPendingTests: skipped, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = Math.max(numFailedTests, code !== 0 || passed === 0 ? 1 : 0, numFailedTests === 0 ? numFailedTestSuites : 0);
    return { passed, failed, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const STEPS = [
  ['types', 'types of contract, core and province', check('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json'])],
  ['types', 'types of the contract alone', check('node_modules/typescript/bin/tsc', ['-p', 'contract/tsconfig.json'])],
  ['types', 'types of the preload bridge', check('node_modules/typescript/bin/tsc', ['-p', 'preload/tsconfig.json'])],
  ['types', 'types of the screens', check('node_modules/typescript/bin/tsc', ['-p', 'renderer/tsconfig.json'])],
  ['house', 'house rules', check('scripts/house.mjs', [])],
  ['build', 'build', check('scripts/build.mjs', [])],
  ['unit', 'unit and integration tests', vitest('unit')],
  ['e2e', 'end-to-end tests', vitest('e2e')],
];

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [group, title, step] of STEPS) {
  if (only !== null && only !== group) continue;
  console.log(`\n== ${title}`);
  const startedAt = Date.now();
  const result = await step();
  for (const key of Object.keys(sum)) sum[key] += result[key];
  console.log(`== ${title}: ${result.failed === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped (each says above why)`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);
