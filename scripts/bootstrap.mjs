// Brings what a bare machine lacks: the project's own Node >= 22, all dependencies, and (with --browser) a Chromium.
// Plain Node >= 18, no dependencies. Run before every script; does nothing in a few ms when all is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.bootstrap-stamp');
const lock = join(root, '.bootstrap-lock');
const onWindows = process.platform === 'win32';
const nodeBin = join(modules, '.bin', onWindows ? 'node.cmd' : 'node');
const say = message => console.log(`[bootstrap] ${message}`);
const stop = message => { console.error(`[bootstrap] ${message}`); process.exit(1); };
const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const fingerprint = createHash('sha256')
  .update(readFileSync(join(root, 'package.json')))
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');
const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;

/** One installer at a time: `npm start` and `npm test` may run in two terminals. */
function takeLock() {
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lock);
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') stop(`Không ghi được vào ${root} (${error.code}). Cho người dùng này quyền ghi ở đó, hoặc chép dự án sang nơi khác.`);
      let ageMs = 0;
      try { ageMs = Date.now() - statSync(lock).mtimeMs; } catch { continue; }
      if (ageMs > 15 * 60_000) { rmSync(lock, { recursive: true, force: true }); continue; }
      if (waited === 0) say('một lần cài đặt khác đang chạy, đang chờ');
      sleep(500);
      if (isFresh()) return false;
    }
  }
}

function installDependencies() {
  if (isFresh()) return;
  try { accessSync(root, constants.W_OK); } catch { stop(`Thư mục ${root} chỉ đọc. Chép dự án sang một thư mục ghi được.`); }
  if (!takeLock()) return;
  process.on('exit', () => rmSync(lock, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  if (isFresh()) return;
  say('đang cài các gói cần dùng, khoảng một phút');
  // npm_execpath is npm's own entry when run from a script: no shell, the same on Windows.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: '' } };
  const done = npm
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: onWindows });
  if (done.status !== 0) stop(`npm ci không thành (${done.status ?? done.signal}). Máy có tới được kho gói npm không? Sửa xong thì chạy lại lệnh này.`);
  const probe = spawnSync(existsSync(nodeBin) ? nodeBin : process.execPath,
    ['-e', "new (require('better-sqlite3'))(':memory:').close(); process.stdout.write(process.version)"],
    { cwd: root, encoding: 'utf8', shell: onWindows });
  if (probe.status !== 0) stop(`Không nạp được máy cơ sở dữ liệu (${probe.status ?? probe.signal}). Cần Node 22 trở lên.\n${probe.stderr}`);
  writeFileSync(stamp, fingerprint);
  say(`xong, chạy bằng Node ${probe.stdout}`);
}

/** Debian packages that tests use, by a file that shows they are there. */
const TEST_PACKAGES = [
  { name: 'chromium', files: [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'], needed: 'các kiểm thử trong trình duyệt' },
  { name: 'poppler-utils', files: ['/usr/bin/pdftotext'], needed: 'việc đọc lại bản in (PDF)' },
];

function ensureBrowser() {
  const missing = TEST_PACKAGES.filter(p => !p.files.some(file => file && existsSync(file)));
  if (missing.length === 0) return;
  const names = missing.map(p => p.name);
  const byApt = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!byApt) {
    for (const p of missing) say(`không thấy ${p.name}: hãy cài (hoặc đặt CHROMIUM_PATH); ${p.needed} sẽ bị bỏ qua`);
    return;
  }
  say(`đang cài ${names.join(', ')} bằng apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  for (const args of [[...quiet, 'update'], [...quiet, 'install', '-y', '--no-install-recommends', ...names]]) {
    const done = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (done.status !== 0) { say(`apt-get ${args[3]} không thành: ${missing.map(p => p.needed).join(', ')} sẽ bị bỏ qua`); return; }
  }
}

installDependencies();
if (process.argv.includes('--browser')) ensureBrowser();
