// `npm start`: a province with sample data and one console enrolled at it, in one terminal. Ctrl+C ends both.
import { fork, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const HELP = `npm start [-- OPTIONS]

Starts a province server with a sample province, enrols one console at it, and opens the console:
in Electron where its binary can be had and there is a display, otherwise in the browser.

  --data DIR            where both keep their data (default .data)
  --port N              port of the console's browser shell (default 8601)
  --province-port N     port of the province server (default 8600)
  --sample full|small   20,000 or 300 sample records, at the first start only (default full)
  --browser             the browser shell even where Electron could run
  --no-open             do not open a window or a browser, only print the address
  --help                this text`;

/** One account of each kind of work, for a first look. */
const SHOWN_LOGINS = ['truc115.1', 'truc114.1', 'truc113.1', 'truc1022.1', 'catruong', 'capcuu', 'quantri', 'dongphu.truc1'];
const ROLES = { truc_ban: 'Trực ban viên', ca_truong: 'Ca trưởng', dau_moi: 'Đầu mối đơn vị', quan_tri: 'Quản trị' };

const stop = message => { console.error(message); process.exitCode = 1; };

function options() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string', default: '.data' }, port: { type: 'string', default: '8601' }, 'province-port': { type: 'string', default: '8600' },
        sample: { type: 'string', default: 'full' }, browser: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    stop(`${error.message}\n\n${HELP}`);
    return null;
  }
}

/** The Electron binary, fetched the first time there is a display to show a window on; null where it cannot be had. */
function electronBinary(given) {
  const rootOnLinux = process.platform === 'linux' && process.getuid() === 0;   // Chromium has no sandbox for root, and without one the window is not opened
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (given.browser || given['no-open'] || !hasDisplay || rootOnLinux) return null;
  const folder = join(root, 'node_modules/electron');
  const binary = join(folder, 'dist', process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron');
  if (!existsSync(binary)) spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: 120_000 });
  return existsSync(binary) ? binary : null;
}

/** Starts one of our programs and resolves with what it says when it is ready, or null when it ended before. */
function program(children, script, args) {
  const child = fork(join(root, script), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return new Promise(done => {
    child.once('message', message => done({ child, ready: message }));
    child.once('exit', () => done(null));
  });
}

function openInBrowser(address) {
  const [command, ...args] = process.platform === 'win32' ? ['cmd', '/c', 'start', '', address] : process.platform === 'darwin' ? ['open', address] : ['xdg-open', address];
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => console.log('Không mở được trình duyệt: hãy mở địa chỉ ở trên.'));
  opener.unref();
  return true;
}

function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    writeFileSync(join(folder, '.write-test'), '');
    return true;
  } catch {
    return false;
  }
}

function tell(data, province, consoleReady, inElectron) {
  const station = province.ready;
  console.log(`
Máy chủ tỉnh   ${station.address}   (${station.engine === 'pglite' ? 'máy cơ sở dữ liệu nhúng' : station.engine})
Bàn điều hành  ${inElectron ? 'cửa sổ Electron' : consoleReady.address}
Dữ liệu        ${join(data, 'province')} (tỉnh), ${join(data, 'console')} (bàn này, đã mã hóa)
Tài khoản mẫu  mật khẩu chung: ${station.accounts[0]?.password ?? '(không có)'}`);
  const shown = station.accounts.filter(a => SHOWN_LOGINS.includes(a.login)).sort((a, b) => SHOWN_LOGINS.indexOf(a.login) - SHOWN_LOGINS.indexOf(b.login));
  for (const a of shown) console.log(`  ${a.login.padEnd(16)} ${a.name} · ${ROLES[a.role] ?? a.role}`);
  if (station.accounts.length > shown.length) console.log(`  … và ${station.accounts.length - shown.length} tài khoản khác: xem docs/operations.md`);
  console.log('\nDữ liệu và người trong bản mẫu là bịa. Ctrl+C để dừng tất cả.');
}

async function start(given) {
  // Sources are compiled once and kept: the second start takes half as long.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compile');
  const data = resolve(given.data);
  if (!writable(data)) return stop(`Không ghi được vào thư mục ${data}. Chọn thư mục khác: npm start -- --data THƯ_MỤC`);
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) return stop('Không dựng được giao diện: xem lỗi ở trên.');
  const children = new Set();
  const end = () => { for (const child of children) child.kill('SIGTERM'); };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);

  const enrolled = existsSync(join(data, 'console', 'console.db'));
  if (!existsSync(join(data, 'province'))) console.log('Đang tạo tỉnh mẫu (lần đầu, khoảng 15 giây)…');
  else console.log('Đang mở dữ liệu…');
  const electron = electronBinary(given);
  const startDesk = enrol => program(children, 'main/browser/index.ts', ['--data', join(data, 'console'), '--port', given.port, '--no-open', '--quiet', ...enrol]);
  // A console that is enrolled needs nothing of the province to start, and finds it by itself.
  const early = enrolled && electron === null ? startDesk([]) : null;
  const province = await program(children, 'province/index.ts', [
    'serve', '--port', given['province-port'], '--data', join(data, 'province'), '--sample', given.sample, ...(enrolled ? [] : ['--codes', '1']),
  ]);
  if (province === null) { end(); return stop('Máy chủ tỉnh không chạy được, vì lý do ở câu trên. Đổi cổng của máy chủ tỉnh: npm start -- --province-port N'); }
  const code = province.ready.codes[0]?.code;
  const enrol = enrolled || code === undefined ? [] : ['--province', province.ready.address, '--code', code, '--name', 'Bàn 01'];

  if (electron !== null) {
    const packed = spawnSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
    if (packed.status !== 0) { end(); return stop('Không dựng được bản Electron: xem lỗi ở trên. Bản trình duyệt: npm start -- --browser'); }
    const window = spawn(electron, [root, '--data', join(data, 'console'), '--allow-unsafe-key', ...enrol], { stdio: 'inherit' });
    children.add(window);
    window.on('exit', () => { children.delete(window); end(); });
    tell(data, province, null, true);
    return;
  }
  const desk = await (early ?? startDesk(enrol));
  if (desk === null) { end(); return stop('Bàn điều hành không chạy được: xem câu ở trên. Cổng khác: npm start -- --port N'); }
  desk.child.on('exit', end);
  tell(data, province, desk.ready, false);
  if (!given['no-open'] && !openInBrowser(desk.ready.address)) console.log('Máy này không có màn hình: mở địa chỉ bàn điều hành ở trên trong trình duyệt của máy này.');
}

const given = options();
if (given?.help) console.log(HELP);
else if (given) await start(given);
