// `npm run build`: the screens into dist/renderer and the core into dist/core. What has not changed is not built again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv.includes('--help')) {
  console.log('npm run build [-- --force]\n\nDựng giao diện vào dist/renderer và lõi của bàn điều hành vào dist/core; phần nào không đổi thì không dựng lại.\n\n  --force   dựng lại tất cả');
  process.exit(0);
}

const PARTS = [
  { name: 'renderer', what: 'giao diện (khoảng 10 giây)', config: 'renderer/vite.config.ts', sources: ['renderer', 'contract'] },
  { name: 'core', what: 'lõi', config: 'main/vite.config.ts', sources: ['main', 'db', 'contract'] },
];

/** Names, sizes and times of everything that a part is made of: cheap, and any edit changes it. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const visit = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else { const s = statSync(path); hash.update(`${path}:${s.size}:${s.mtimeMs}`); }
    }
  };
  for (const folder of sources) visit(join(root, folder));
  return hash.digest('hex');
}

/** Beside its place first: a build that is stopped or fails leaves what was there. */
function build({ name, what, config }) {
  console.error(`Đang dựng ${what}…`);
  const making = join(root, 'dist', `.${name}-${process.pid}`);
  const built = spawnSync(process.execPath, [
    join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', config, '--outDir', making, '--logLevel', 'warn',
  ], { cwd: root, stdio: 'inherit' });
  if (built.status === 0) {
    rmSync(join(root, 'dist', name), { recursive: true, force: true });
    renameSync(making, join(root, 'dist', name));
  }
  rmSync(making, { recursive: true, force: true });
  return built.status ?? 1;
}

mkdirSync(join(root, 'dist'), { recursive: true });
for (const part of PARTS) {
  const stamp = join(root, 'dist', `.${part.name}-stamp`);
  const current = fingerprint(part.sources);
  if (!process.argv.includes('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) continue;
  rmSync(stamp, { force: true });
  const status = build(part);
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, current);
}
