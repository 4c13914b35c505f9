// `npm run build`: the screens into dist/renderer. Skipped when nothing that goes into it has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv.includes('--help')) {
  console.log('npm run build [-- --force]\n\nBuilds the screens into dist/renderer; does nothing when they are current.');
  process.exit(0);
}

/** Names, sizes and times of everything that the build reads: cheap, and any edit changes it. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const visit = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else { const s = statSync(path); hash.update(`${path}:${s.size}:${s.mtimeMs}`); }
    }
  };
  for (const folder of ['renderer', 'contract']) visit(join(root, folder));
  return hash.digest('hex');
}

const stamp = join(root, 'dist', '.build-stamp');
const current = fingerprint();
if (!process.argv.includes('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) process.exit(0);
console.log('Đang dựng giao diện (khoảng 10 giây)…');
const built = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(stamp, current);
