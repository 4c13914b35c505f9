// The tree itself: import directions and cycles (dependency-cruiser), lengths and the like (ESLint). Exit code 1 on any violation.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv.includes('--help')) {
  console.log('npm run house\n\nKiểm tra hướng import, vòng import, độ dài tệp và hàm, và các quy tắc lint. In từng vi phạm; dòng cuối là tổng số (N violations).');
  process.exit(0);
}
const FOLDERS = ['contract', 'db', 'main', 'preload', 'province', 'renderer', 'scripts', 'test'].filter(f => existsSync(join(root, f)));
const run = (bin, args) => spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });

const cruise = run('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS]);
const lint = run('eslint/bin/eslint.js', ['--format', 'json', '--no-error-on-unmatched-pattern', '.']);
const violations = told();
for (const violation of violations) console.log(violation);
console.log(`${violations.length} violations`);
process.exit(violations.length === 0 ? 0 : 1);

/** What both checkers found; ends with code 2 when one of them could not run. */
function told() {
  try {
    const directions = JSON.parse(cruise.stdout).summary.violations.map(v => `${v.from} → ${v.to}: ${v.rule.name}`);
    const lines = JSON.parse(lint.stdout).flatMap(file => file.messages.map(m => `${file.filePath.slice(root.length + 1)}:${m.line ?? 0} ${m.ruleId ?? 'parse'}: ${m.message}`));
    return [...directions, ...lines];
  } catch {
    console.error(cruise.stderr, lint.stderr);
    console.error('house: the checkers did not run');
    process.exit(2);
  }
}
