// `npm run pack`: builds everything and packs it with electron-builder. Where Electron's binary or the installer tools
// cannot be had it says so and packs a folder for checking only, over a stand-in of Electron that does not run.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const HELP = `npm run pack [-- TÙY CHỌN]

Dựng vỏ Electron vào out/ rồi đóng gói vào release/ theo electron-builder.yml.

  --dir              chỉ chương trình đã bung, không có bộ cài
  --stand-in         trên một vật thế chỗ Electron, để kiểm tra gói chứa gì; kết quả không chạy được
  --output THƯ_MỤC   đóng gói vào đâu (mặc định release)
  --skip-build       đóng gói out/ như đang có
  --help             in hướng dẫn này

Thiếu bản chạy của Electron, hoặc thiếu công cụ tạo bộ cài, thì một vật thế chỗ hay một thư mục thường được đóng gói thay, và
các dòng cuối nói như vậy; mã thoát khi đó là 2.`;

const EXIT_NOT_WHOLE = 2;
const TOOLS_WITHIN_MS = 300_000;
const SKIPPED_FUSES = 'fuses cannot be burnt into a stand-in';

function run(script, args, options = {}) {
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit', ...options });
}

function buildAll() {
  for (const [script, args] of [['scripts/build.mjs', []], ['node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']]]) {
    if (run(script, args).status !== 0) throw new Error(`Không dựng được: xem lỗi ở trên (${script}).`);
  }
}

const electronVersion = () => JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;

/** Electron's distribution for this machine, fetched when it can be; null when not. */
function electronDist() {
  const dist = join(root, 'node_modules/electron/dist');
  const binary = join(dist, process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app' : 'electron');
  if (!existsSync(binary)) run('node_modules/electron/install.js', [], { stdio: 'ignore', timeout: 120_000 });
  return existsSync(binary) ? dist : null;
}

/** A folder that looks like Electron to the packer: an executable that does nothing, and a version. Linux only. */
function makeStandIn() {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-stand-in-'));
  mkdirSync(join(folder, 'resources'));
  mkdirSync(join(folder, 'locales'));
  for (const language of ['vi', 'en-US']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  copyFileSync('/bin/true', join(folder, 'electron'));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), electronVersion());
  return folder;
}

async function packStandIn(output) {
  if (process.platform === 'win32' || process.platform === 'darwin') throw new Error('Vật thế chỗ chỉ đóng gói được trên Linux.');
  const standIn = makeStandIn();
  try {
    const { build } = await import('electron-builder');
    // Everything else is read from electron-builder.yml, as for a real package.
    const config = { directories: { output }, electronDist: standIn, electronVersion: electronVersion(), electronFuses: null };
    await build({ projectDir: root, publish: 'never', config, linux: ['dir'] });
    const packed = readdirSync(output).find(name => name.endsWith('-unpacked'));
    writeFileSync(join(output, packed, 'STAND-IN.txt'), `Chỉ để kiểm tra: chương trình trong thư mục này không phải Electron và không chạy được.\nFor checking only: the program in this folder is not Electron and does not run; ${SKIPPED_FUSES}.\n`);
    return join(output, packed);
  } finally {
    rmSync(standIn, { recursive: true, force: true });
  }
}

/** The installers in a process of their own with a limit: without the internet their tools are asked for again and again. */
function packWhole(output, dirOnly) {
  return run('node_modules/electron-builder/cli.js', [
    'build', '--config', 'electron-builder.yml', '--publish', 'never', `--config.directories.output=${output}`, ...(dirOnly ? ['--dir'] : []),
  ], { timeout: TOOLS_WITHIN_MS }).status === 0;
}

async function main(given) {
  const output = resolve(root, given.output);
  if (!given['skip-build']) buildAll();
  if (!existsSync(join(root, 'out/main/index.js'))) throw new Error('out/ trống: bỏ --skip-build đi.');
  const dist = given['stand-in'] ? null : electronDist();
  if (dist === null) {
    const folder = await packStandIn(output);
    console.log(`\nĐã đóng gói, chỉ để kiểm tra: ${folder}\nTrong đó là vật thế chỗ Electron, không chạy được; không có bộ cài nào.`);
    if (given['stand-in']) return 0;
    console.log('Không có bản chạy của Electron và không tải được. Đặt nó vào node_modules/electron/dist rồi chạy lại.');
    return EXIT_NOT_WHOLE;
  }
  if (packWhole(output, given.dir)) return 0;
  if (given.dir) throw new Error('Không đóng gói được: xem lỗi ở trên.');
  console.log('\nKhông tạo được bộ cài, có thể vì thiếu công cụ. Đóng gói thư mục thường thay vào đó.');
  if (!packWhole(output, true)) throw new Error('Không đóng gói được: xem lỗi ở trên.');
  console.log(`\nĐã đóng gói thành thư mục thường trong ${output}; không có bộ cài nào.`);
  return EXIT_NOT_WHOLE;
}

try {
  const { values } = parseArgs({
    options: {
      dir: { type: 'boolean', default: false }, 'stand-in': { type: 'boolean', default: false }, output: { type: 'string', default: 'release' },
      'skip-build': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  // Outright: a hook of the packer's temporary files turns every exit code set before into 0.
  else process.exit(await main(values));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
