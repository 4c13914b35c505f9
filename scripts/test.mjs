// `npm test`: types, the house rules, unit and integration tests, end-to-end tests in a real Chromium.
// The last line is `N passed, N failed`; the exit code is 0 only when nothing failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
/** What desks showed when end-to-end tests failed: printed once more at the end, where it is found. */
const seen = join(scratch, 'seen.txt');
/** Programs that tests start by the hundred are made ready to run once: a third of what a start takes. */
const compiled = join(scratch, 'compiled');
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs one of our tools with the project's own Node. @param told what it prints is shown as it comes; else together, once it has ended */
function run(script, args, told = true) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', told ? 'inherit' : 'pipe', told ? 'inherit' : 'pipe'], env: { ...process.env, NO_COLOR: '1', IOC_TEST_SEEN: seen, NODE_COMPILE_CACHE: compiled } });
    const said = [];
    child.stdout?.on('data', chunk => said.push(chunk));
    child.stderr?.on('data', chunk => said.push(chunk));
    child.on('close', code => { process.stdout.write(Buffer.concat(said)); resolve(code ?? 1); });
  });
}

/** A check that passes or fails as one. */
const check = (script, args) => async () => ((await run(script, args, false)) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });

/**
 * A Vitest project; its counts are read from the report, and a run without a test is a failure.
 * @param workers so many files at a time, in percent of the processors
 */
const vitest = (project, workers) => async () => {
  const report = join(scratch, `${project}.json`);
  const code = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, '--maxWorkers', workers, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]);
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
  // A third of what a unit test takes is waiting, for a server to start or a link to come back; a page that has to wait for its turn is another test.
  ['unit', 'unit and integration tests', vitest('unit', '150%')],
  ['e2e', 'end-to-end tests', vitest('e2e', '100%')],
];

const sum = { passed: 0, failed: 0, skipped: 0 };

async function step([, title, work]) {
  console.log(`\n== ${title}`);
  const startedAt = Date.now();
  const result = await work();
  for (const key of Object.keys(sum)) sum[key] += result[key];
  console.log(`== ${title}: ${result.failed === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

const wanted = STEPS.filter(([group]) => only === null || only === group);
const beside = wanted.filter(([group]) => group === 'types' || group === 'house');
/** Checks that need one processor each go two at a time; the others one after another. */
const lanes = [beside, beside].map(async waiting => { for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await step(next); });
await Promise.all(lanes);
for (const next of wanted.filter(([group]) => group !== 'types' && group !== 'house')) await step(next);
if (existsSync(seen)) console.log(`\n${readFileSync(seen, 'utf8')}`);
if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped (each says above why)`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);
