// `npm start`: a province with sample data and one console enrolled at it, in one terminal. Ctrl+C ends both.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { outdated } from './build.mjs';
import { Programs } from './programs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const HELP = `npm start [-- TÙY CHỌN]

Chạy máy chủ tỉnh với một tỉnh mẫu, ghi danh một bàn điều hành vào đó và mở bàn điều hành: trong cửa sổ Electron nếu máy
có bản chạy của Electron và có màn hình, nếu không thì trong trình duyệt. Ctrl+C dừng tất cả; lần sau dữ liệu vẫn còn.

  --data THƯ_MỤC        nơi máy chủ tỉnh và bàn điều hành giữ dữ liệu (mặc định .data)
  --port N              cổng của bàn điều hành (mặc định 8601)
  --province-port N     cổng của máy chủ tỉnh (mặc định 8600)
  --sample full|small   20.000 hay 300 bản ghi mẫu, chỉ ở lần chạy đầu (mặc định full)
  --browser             dùng trình duyệt cả khi máy chạy được Electron
  --no-open             không mở cửa sổ hay trình duyệt, chỉ in địa chỉ
  --help                in hướng dẫn này`;

/** One account of each kind of work, for a first look. */
const SHOWN_LOGINS = ['truc115.1', 'truc114.1', 'truc113.1', 'truc1022.1', 'catruong', 'capcuu', 'quantri', 'dongphu.truc1'];
const ROLES = { truc_ban: 'Trực ban viên', ca_truong: 'Ca trưởng', dau_moi: 'Đầu mối đơn vị', quan_tri: 'Quản trị' };
const LOOPBACK = '127.0.0.1';

/** Trouble that a person can do something about: said as one sentence. */
class Trouble extends Error {}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', default: '.data' }, port: { type: 'string', default: '8601' }, 'province-port': { type: 'string', default: '8600' },
        sample: { type: 'string', default: 'full' }, browser: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
      },
    });
    for (const name of ['port', 'province-port']) {
      if (!/^\d{1,5}$/.test(values[name]) || Number(values[name]) > 65_535) throw new Trouble(`Cổng không hợp lệ: --${name} ${values[name]} (cần một số từ 0 đến 65535).`);
    }
    if (values.port === values['province-port'] && values.port !== '0') throw new Trouble('Bàn điều hành và máy chủ tỉnh cần hai cổng khác nhau: --port và --province-port.');
    if (!['full', 'small'].includes(values.sample)) throw new Trouble(`Không hiểu --sample ${values.sample}: chọn full hoặc small.`);
    return values;
  } catch (error) {
    console.error(`${error instanceof Trouble ? error.message : misread(error)}\n\n${HELP}`);
    process.exitCode = 1;
    return null;
  }
}

/** What `parseArgs` found wrong with the line, in our words. */
function misread(error) {
  const option = /'(-[^' ]+)/.exec(error.message)?.[1];
  if (option === undefined) return 'npm start không nhận tham số nào ngoài các tùy chọn.';
  return error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' ? `Tùy chọn ${option} thiếu giá trị, hoặc không nhận giá trị.` : `Không có tùy chọn ${option}.`;
}

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The Electron binary, fetched the first time there is a display to show a window on; null where it cannot be had. */
function electronBinary(given) {
  const rootOnLinux = process.platform === 'linux' && process.getuid() === 0;   // Chromium has no sandbox for root, and without one the window is not opened
  if (given.browser || given['no-open'] || !hasDisplay() || rootOnLinux) return null;
  const folder = join(root, 'node_modules/electron');
  const binary = join(folder, 'dist', process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron');
  if (!existsSync(binary)) spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: 120_000 });
  return existsSync(binary) ? binary : null;
}

function openInBrowser(address) {
  const [command, ...args] = process.platform === 'win32' ? ['cmd', '/c', 'start', '', address] : process.platform === 'darwin' ? ['open', address] : ['xdg-open', address];
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => console.log('Không mở được trình duyệt: hãy mở địa chỉ bàn điều hành ở trên.'));
  opener.unref();
}

/** Makes the folder level by level: Node's own `recursive` never comes back where a level cannot be made, as in /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

function requireWritable(folder) {
  try {
    makeFolder(folder);
    accessSync(join(folder, '.'), constants.W_OK);
  } catch {
    throw new Trouble(`Không ghi được vào thư mục ${folder}. Chọn thư mục khác: npm start -- --data THƯ_MỤC`);
  }
}

/** How to get a fresh address of the console in this folder, ready to be pasted into a terminal. */
function addressCommand(data) {
  const folder = join(data, 'console');
  return `npm run console -- address --data ${/^[\p{L}\p{M}\p{N}_./\\:-]+$/u.test(folder) ? folder : `"${folder}"`}`;
}

/** Asked first of all: what already runs here holds its ports too, and is no other program. What asks is loaded only when there is something to ask. */
async function requireNotRunning(data) {
  if (existsSync(join(data, 'console', 'console.json'))) {
    const { findConsole } = await import('../main/browser/running.ts');
    const running = await findConsole(join(data, 'console'));
    if (running !== null) {
      throw new Trouble(`Bàn điều hành này đang chạy rồi (tiến trình ${running.pid}), với dữ liệu ở ${data}. Lấy địa chỉ mới để mở nó: ${addressCommand(data)}`);
    }
  }
  if (existsSync(join(data, 'province', 'province.lock'))) {
    const { holderOf } = await import('../province/folder.ts');
    const holder = holderOf(join(data, 'province'));
    if (holder !== null) {
      throw new Trouble(`Máy chủ tỉnh với dữ liệu ở ${join(data, 'province')} đang chạy rồi (tiến trình ${holder.pid}), thường là của một npm start chưa dừng. `
        + `Dùng cửa sổ đang mở của nó, hoặc lấy địa chỉ mới: ${addressCommand(data)}`);
    }
  }
}

/** Asked before anything runs: a taken port is said at once, in the words of this command. */
async function requireFreePort(port, option, whose) {
  const probe = createServer();
  try {
    await new Promise((done, fail) => { probe.once('error', fail).listen(Number(port), LOOPBACK, done); });
  } catch {
    throw new Trouble(`Cổng ${port} (${whose}) đang được chương trình khác dùng hoặc không được phép mở. Dừng chương trình đó, hoặc chọn cổng khác: npm start -- --${option} N`);
  }
  await new Promise(done => { probe.close(done); });
}

function tellDesk(address, data) {
  console.log(`
Bàn điều hành  ${address}${address.startsWith('http') ? `
               (địa chỉ này chỉ mở được một trình duyệt, một lần; lấy địa chỉ mới: ${addressCommand(data)})` : ''}
Dữ liệu        ${join(data, 'province')} (tỉnh), ${join(data, 'console')} (bàn này, đã mã hóa)`);
}

function tellProvince(station) {
  console.log(`Máy chủ tỉnh   ${station.address}   (${station.engine === 'pglite' ? 'máy cơ sở dữ liệu nhúng' : station.engine})`);
  const password = station.accounts[0]?.password;
  if (password !== undefined) {
    console.log(`Tài khoản mẫu  mật khẩu chung: ${password}`);
    const shown = station.accounts.filter(a => SHOWN_LOGINS.includes(a.login)).sort((a, b) => SHOWN_LOGINS.indexOf(a.login) - SHOWN_LOGINS.indexOf(b.login));
    for (const a of shown) console.log(`  ${a.login.padEnd(16)} ${a.name} · ${ROLES[a.role] ?? a.role}`);
    if (station.accounts.length > shown.length) console.log(`  … và ${station.accounts.length - shown.length} tài khoản khác: xem docs/operations.md`);
    console.log('\nDữ liệu và người trong bản mẫu là bịa.');
  }
  console.log('Ctrl+C để dừng tất cả.');
}

/** A console that was enrolled before belongs to one province at one address; with any other it would wait for ever. */
function requireSameProvince(desk, given, { data, isNew }) {
  if (isNew) {
    throw new Trouble(`Bàn điều hành trong ${join(data, 'console')} đã ghi danh ở một máy chủ tỉnh mà dữ liệu ở ${join(data, 'province')} không còn. Đặt lại thư mục đó, `
      + `hoặc xóa ${join(data, 'console')} để ghi danh lại từ đầu (mất những gì bàn chưa gửi), rồi chạy lại.`);
  }
  const port = new URL(desk.enrolledAt).port;
  if (port !== given['province-port']) throw new Trouble(`Bàn điều hành này đã ghi danh ở ${desk.enrolledAt}. Chạy lại với cổng đó: npm start -- --province-port ${port}`);
}

/** A one-time code from the province, spent at once by the console. */
async function enrol(desk, province, address) {
  const { code } = await province.ask({ type: 'code' }) ?? {};
  if (code === undefined) throw new Trouble('Máy chủ tỉnh không cấp được mã ghi danh, vì lý do ở câu trên.');
  if (code === null) throw new Trouble('Tỉnh này chưa có trụ sở nào để ghi danh bàn điều hành. Tạo trụ sở và quản trị viên đầu tiên: npm run province -- found --help');
  const answer = await desk.ask({ type: 'enrol', address, code, stationName: 'Bàn 01' });
  if (answer?.done !== true) throw new Trouble('Bàn điều hành không ghi danh được, vì lý do ở câu trên.');
}

/** An enrolled console needs nothing of the province to start, and finds it by itself. */
async function startInBrowser(programs, given, { data, isNew, startProvince }) {
  const desk = programs.fork('main/browser/index.ts', ['--data', join(data, 'console'), '--port', given.port, '--no-open', '--quiet']);
  const deskIsReady = desk.ready.then(ready => {
    if (ready === null) throw new Trouble('Bàn điều hành không chạy được, vì lý do ở câu trên.');
    if (ready.enrolledAt === null) return ready;
    requireSameProvince(ready, given, { data, isNew });
    tellDesk(ready.address, data);
    return ready;
  });
  // A console that was here before needs nothing of the province to open, and opens sooner with the machine to itself; nor is
  // another province made before it is known whether it belongs to one that is gone.
  if (existsSync(join(data, 'console', 'console.db'))) await deskIsReady;
  const [ready, province] = await Promise.all([deskIsReady, startProvince()]);
  if (ready.enrolledAt === null) {
    await enrol(desk, province.program, province.ready.address);
    tellDesk(ready.address, data);
  }
  tellProvince(province.ready);
  void desk.gone.then(() => {
    if (programs.ending) return;
    console.error('Bàn điều hành đã dừng ngoài ý muốn. Dữ liệu đã lưu vẫn còn: chạy lại npm start.');
    process.exitCode = 1;
    void programs.end();
  });
  if (given['no-open']) return;
  if (hasDisplay()) openInBrowser(ready.address);
  else console.log('Máy này không có màn hình: mở địa chỉ bàn điều hành ở trên trong trình duyệt của máy này.');
}

async function startInElectron(programs, electron, { data, startProvince }) {
  const { program, ready } = await startProvince();
  // The window says nothing back: it gets a code at every start, and one that is enrolled leaves it unused.
  const { code } = await program.ask({ type: 'code' }) ?? {};
  if (!await programs.run(join(root, 'node_modules/electron-vite/bin/electron-vite.js'), ['build', '--logLevel', 'warn'])) {
    throw new Trouble('Không dựng được bản Electron: xem lỗi ở trên. Bản trình duyệt: npm start -- --browser');
  }
  const window = programs.spawn(electron, [root, '--data', join(data, 'console'), '--allow-unsafe-key',
    ...(code ? ['--province', ready.address, '--code', code, '--name', 'Bàn 01'] : [])]);
  window.on('exit', () => { void programs.end(); });
  window.on('error', () => { console.error('Không mở được cửa sổ Electron. Bản trình duyệt: npm start -- --browser'); process.exitCode = 1; void programs.end(); });
  tellDesk('cửa sổ Electron', data);
  tellProvince(ready);
}

async function start(programs, given) {
  // Sources are compiled once and kept: the second start takes half as long.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compile');
  const data = resolve(given.data);
  requireWritable(data);
  await requireNotRunning(data);
  await requireFreePort(given['province-port'], 'province-port', 'máy chủ tỉnh');
  await requireFreePort(given.port, 'port', 'bàn điều hành');
  if (outdated().length > 0 && !await programs.run(join(root, 'scripts/build.mjs'), [])) throw new Trouble('Không dựng được giao diện: xem lỗi ở trên.');
  if (programs.ending) return;

  const isNew = process.env.DATABASE_URL === undefined && !existsSync(join(data, 'province', 'pg'));
  const startProvince = async () => {
    console.log(isNew ? 'Đang tạo tỉnh mẫu (lần đầu, khoảng 15 giây)…' : 'Đang mở dữ liệu…');
    const program = programs.fork('province/index.ts', ['serve', '--port', given['province-port'], '--data', join(data, 'province'), '--sample', given.sample]);
    const ready = await program.ready;
    if (ready === null) throw new Trouble('Máy chủ tỉnh không chạy được, vì lý do ở câu trên.');
    void program.gone.then(() => {
      if (!programs.ending) console.error('Máy chủ tỉnh đã dừng ngoài ý muốn. Bàn điều hành vẫn làm việc với dữ liệu trên máy này; Ctrl+C rồi npm start để chạy lại cả hai.');
    });
    return { program, ready };
  };
  const electron = electronBinary(given);
  if (electron === null) await startInBrowser(programs, given, { data, isNew, startProvince });
  else await startInElectron(programs, electron, { data, startProvince });
}

const given = options();
if (given?.help) console.log(HELP);
else if (given) {
  const programs = new Programs(root);
  // Ctrl+C reaches everything in the terminal; any other end of npm leaves us behind.
  if (process.env.npm_lifecycle_event === 'start') programs.endWithStarters();
  try {
    await start(programs, given);
  } catch (error) {
    // Stopped in the middle: what did not come up was told to end.
    if (!programs.ending) {
      console.error(error instanceof Trouble ? error.message : `Không chạy được vì lỗi không mong đợi: ${error.message}`);
      process.exitCode = 1;
    }
    await programs.end();
  }
}
