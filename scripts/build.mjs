// `npm run build`: the screens into dist/renderer, the core into dist/core and an empty cluster of the province's embedded engine into
// dist/cluster, side by side. What has not changed is not built again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const HELP = 'npm run build [-- --force]\n\nDựng giao diện vào dist/renderer, lõi của bàn điều hành vào dist/core và một cụm dữ liệu tỉnh còn trống vào dist/cluster; phần nào không đổi thì không dựng lại.\n\n  --force   dựng lại tất cả';

/** Puts what one of our Vite configurations makes into `folder`. */
const vite = config => folder => [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', config, '--outDir', folder, '--logLevel', 'warn'];

const PARTS = [
  { name: 'renderer', what: 'giao diện (khoảng 10 giây)', args: vite('renderer/vite.config.ts'), sources: ['renderer', 'contract'] },
  { name: 'core', what: 'lõi', args: vite('main/vite.config.ts'), sources: ['main', 'db', 'contract'] },
  { name: 'cluster', what: 'cụm dữ liệu tỉnh còn trống', args: folder => [join(root, 'province/make-cluster.ts'), '--out', folder], sources: ['province/sql.ts', 'province/make-cluster.ts'] },
];

/** The project's own: in the command that has just installed everything this process may still be an older one. */
const ownNode = join(root, 'node_modules/.bin/node');
const node = process.platform !== 'win32' && existsSync(ownNode) ? ownNode : process.execPath;
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Names, sizes and times of everything that a part is made of: cheap, and any edit changes it. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const visit = path => {
    const found = statSync(path);
    if (found.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}:${found.size}:${found.mtimeMs}`);
  };
  for (const source of sources) visit(join(root, source));
  return hash.digest('hex');
}

/** Beside its place first: a build that is stopped or fails leaves what was there. What tests drive is what is shipped: never React's development build. */
async function build({ name, what, args }) {
  console.error(`Đang dựng ${what}…`);
  const making = join(root, 'dist', `.${name}-${process.pid}`);
  const building = spawn(node, args(making), { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } });
  const stop = () => { building.kill(); };
  for (const signal of STOPS) process.on(signal, stop);
  const status = await new Promise(done => { building.once('exit', code => done(code ?? 1)); });
  for (const signal of STOPS) process.off(signal, stop);
  if (status === 0) {
    rmSync(join(root, 'dist', name), { recursive: true, force: true });
    renameSync(making, join(root, 'dist', name));
  }
  rmSync(making, { recursive: true, force: true });
  return status;
}

const stampOf = part => join(root, 'dist', `.${part.name}-stamp`);

/** The parts whose sources are not those that were built. */
export function outdated() {
  return PARTS.filter(part => !existsSync(stampOf(part)) || readFileSync(stampOf(part), 'utf8') !== fingerprint(part.sources));
}

async function buildAll(parts) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const ended = await Promise.all(parts.map(async part => {
    // Taken before the build: what is edited meanwhile is built the next time.
    const current = fingerprint(part.sources);
    rmSync(stampOf(part), { force: true });
    const status = await build(part);
    if (status === 0) writeFileSync(stampOf(part), current);
    return status;
  }));
  return ended.find(status => status !== 0) ?? 0;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--help')) console.log(HELP);
  else process.exitCode = await buildAll(process.argv.includes('--force') ? PARTS : outdated());
}
