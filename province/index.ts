import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, type ErrorCode, type ErrorFacts } from '../contract/errors.ts';
import { formatDateTime } from '../contract/time.ts';
import { exportPolicy, foundProvince, importStick, issuePolicyFile, makeCode, moveUnitTo, pruneNow, renewEpoch, rescope, revokeStation } from './commands.ts';
import type { SampleChoice } from './open.ts';
import { readNewPassword } from './password.ts';
import { STICK_SENTENCES, takenSentence } from './stick-words.ts';
import { serve, type ReadyMessage, type ServeOptions } from './serve.ts';

const HELP = `Máy chủ tỉnh, nơi các bàn điều hành của một tỉnh gửi và nhận dữ liệu.

  npm run province -- [serve] [TÙY CHỌN]           chạy máy chủ
  npm run province -- found --code MÃ --name TÊN --login TÊN --person HỌ_TÊN
                                                   lập một tỉnh còn trống: trụ sở và quản trị viên đầu tiên
  npm run province -- code --site MÃ               tạo mã ghi danh dùng một lần cho một trụ sở
  npm run province -- revoke --station MÃ          thu hồi quyền của một máy trạm
  npm run province -- set-scope --station MÃ --services DS --sites DS
                                                   đổi những gì một máy trạm thấy: lĩnh vực, trụ sở, hoặc cả hai
  npm run province -- move-unit --unit TÊN --site MÃ
                                                   chuyển một đơn vị, người và hồ sơ đơn vị chủ trì sang trụ sở khác
  npm run province -- import-stick TỆP [--answer THƯ_MỤC]
                                                   nhận tệp .iocgui mà một máy trạm gửi bằng USB; ghi tệp trả lời .ioctra
  npm run province -- policy --out TỆP             ghi gói Quy chế đang dùng ra một tệp JSON để sửa
  npm run province -- policy --issue TỆP           ban hành gói đã sửa: bản ghi nhận từ ngày hiệu lực tính theo gói đó, bản ghi cũ giữ gói cũ
  npm run province -- prune                        thôi giữ dấu vết của hồ sơ đã xóa hoặc rời đi quá 180 ngày (máy chủ tự làm mỗi ngày)
  npm run province -- new-epoch                    bỏ mọi vị trí mà các bàn đang giữ: mọi bàn tải lại bản sao

Các lệnh này dùng được cả khi máy chủ đang chạy trên cùng thư mục, trừ new-epoch.

Mọi lệnh:
  --data THƯ_MỤC     thư mục dữ liệu (mặc định .data/province), hoặc "memory"; với DATABASE_URL chỉ để giữ tệp đính kèm
  --attachments TM   thư mục của tệp đính kèm (mặc định attachments trong thư mục dữ liệu; bắt buộc nêu khi dùng DATABASE_URL không có --data, nếu không thì không nhận tệp)
  --json             in một dòng JSON và không in gì khác; qua npm thì gọi: npm run -s province -- …
  --help             in hướng dẫn này

Chạy máy chủ:
  --port N           cổng (mặc định 8600; 0 là cổng trống bất kỳ)
  --host H           địa chỉ để nghe (mặc định 127.0.0.1)
  --sample S         none, small, full hay một số bản ghi: đổ tỉnh mẫu bịa vào cơ sở dữ liệu mới (mặc định full; với DATABASE_URL: none)
  --name TÊN         tên tỉnh, cho cơ sở dữ liệu mới không có mẫu
  --codes N|MÃ       in N mã ghi danh cho mỗi trụ sở, hoặc một mã cho mỗi trụ sở được nêu (các mã cách nhau bằng dấu phẩy)
  --code-minutes M   mã ghi danh dùng được bao lâu, phút (mặc định 15; --codes của tỉnh mẫu: một ngày); cả cho lệnh code

Lập tỉnh (found); mật khẩu được hỏi trên màn hình, hoặc là dòng đầu của đầu vào chuẩn:
  --code MÃ          mã trụ sở, đứng đầu mã máy trạm: BP cho BP-01, BP-02
  --name TÊN         tên tỉnh, ví dụ "Tỉnh Bình Phước"
  --login TÊN        tên đăng nhập của quản trị viên
  --person HỌ_TÊN    họ tên quản trị viên

Tạo mã (code):
  --site MÃ          mã trụ sở
  --services DS      máy trạm sẽ thấy những lĩnh vực nào, ví dụ 113,114 (mặc định tất cả)

Nhận tệp (import-stick):
  --answer THƯ_MỤC   ghi tệp trả lời vào đây (mặc định: cạnh tệp nhận vào)
Đổi phạm vi (set-scope), chuyển đơn vị (move-unit):
  --services DS      ví dụ 115,114; all là mọi lĩnh vực
  --sites DS         mã các trụ sở, cách nhau bằng dấu phẩy; all là mọi trụ sở
  --unit TÊN         tên đầy đủ của đơn vị, hoặc mã định danh của nó

DATABASE_URL=postgres://… dùng máy chủ PostgreSQL đó; không có thì máy cơ sở dữ liệu nhúng chạy trong thư mục dữ liệu.`;

const SENTENCES: Partial<Record<ErrorCode, (facts: ErrorFacts) => string>> = {
  'db/locked-by-other': facts => `Thư mục dữ liệu đang được một máy chủ khác dùng${facts['pid'] === undefined ? '' : ` (tiến trình ${String(facts['pid'])})`}. Dừng máy chủ đó, hoặc chọn --data khác.`,
  'shell/folder-read-only': facts => `Không ghi được vào thư mục ${String(facts['folder'])}. Chọn thư mục khác bằng --data.`,
  'shell/port-taken': facts => `Cổng ${String(facts['port'])} đang được chương trình khác dùng hoặc không được phép mở. Chọn cổng khác bằng --port.`,
  'link/unreachable': facts => `Không kết nối được PostgreSQL theo DATABASE_URL: ${String(facts['reason'])}.`,
  'db/from-future': () => 'Cơ sở dữ liệu này do phiên bản máy chủ mới hơn tạo ra. Dùng phiên bản đó; dữ liệu vẫn nguyên.',
  'input/invalid': ({ field, reason, missing }) => (missing !== undefined ? `Thiếu ${String(missing)}. Xem --help.`
    : reason !== undefined ? `Không dùng được ${String(field)}: ${String(reason)}. Xem --help.` : `Không hiểu ${String(field)}. Xem --help.`),
  'policy/not-valid': ({ field, problem }) => `Gói Quy chế chưa ban hành được: ${String(field)} (${String(problem)}). Sửa giá trị đó rồi ban hành lại; không có gì thay đổi.`,
  'policy/past': () => 'Gói Quy chế không được có hiệu lực trong quá khứ. Sửa effectiveFrom rồi ban hành lại.',
  'device/unknown': () => 'Không có máy trạm nào mang mã đó.',
  ...STICK_SENTENCES,
};

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return SENTENCES[error.code]?.(error.facts) ?? error.code;
  return `Máy chủ tỉnh dừng vì lỗi không mong đợi: ${error instanceof Error ? error.message : String(error)}`;
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' }, attachments: { type: 'string' }, port: { type: 'string', default: '8600' }, host: { type: 'string', default: '127.0.0.1' },
      sample: { type: 'string' }, name: { type: 'string' }, codes: { type: 'string' }, 'code-minutes': { type: 'string' },
      code: { type: 'string' }, login: { type: 'string' }, person: { type: 'string' },
      site: { type: 'string' }, services: { type: 'string' }, station: { type: 'string' }, sites: { type: 'string' }, unit: { type: 'string' }, answer: { type: 'string' }, out: { type: 'string' }, issue: { type: 'string' },
      json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
    },
  });
}
type Given = ReturnType<typeof readArguments>['values'];

function wholeNumber(text: string, field: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new AppError('input/invalid', { field });
  return Number(text);
}

function needed(text: string | undefined, option: string): string {
  if (text === undefined) throw new AppError('input/invalid', { missing: option });
  return text;
}

function serveOptions(given: Given): ServeOptions {
  const databaseUrl = process.env['DATABASE_URL'];
  const sample = sampleChoice(given.sample ?? (databaseUrl === undefined ? 'full' : 'none'));
  const port = wholeNumber(given.port, '--port');
  if (port > 65_535) throw new AppError('input/invalid', { field: '--port' });
  return {
    databaseUrl, data: dataFolder(given, databaseUrl), attachments: given.attachments === undefined ? null : resolve(given.attachments), sample, name: given.name ?? 'Tỉnh chưa đặt tên', host: given.host, port,
    codes: given.codes ?? null,
    codeLifeMs: given['code-minutes'] === undefined ? null : wholeNumber(given['code-minutes'], '--code-minutes') * 60_000,
  };
}

function sampleChoice(text: string): SampleChoice {
  return text === 'none' || text === 'small' || text === 'full' ? text : wholeNumber(text, '--sample');
}

function dataFolder(given: Given, databaseUrl: string | undefined): string | null {
  if (given.data === 'memory') return 'memory';
  if (given.data !== undefined) return resolve(given.data);
  return databaseUrl === undefined ? resolve('.data/province') : null;
}

function tell(ready: ReadyMessage, json: boolean): void {
  if (json) { console.log(JSON.stringify(ready)); return; }
  if (process.send !== undefined) return;   // whoever started us has it by message, and tells it in his own words
  console.log(`Máy chủ tỉnh “${ready.provinceName}” trả lời tại ${ready.address} (${ready.engine}).`);
  for (const { site, code } of ready.codes) console.log(`  mã ghi danh ${site}: ${code}`);
  if (ready.accounts.length > 0) console.log(`  ${ready.accounts.length} tài khoản mẫu, ví dụ ${ready.accounts[0]?.login} / ${ready.accounts[0]?.password}`);
}

async function run(): Promise<void> {
  const { values: given, positionals } = readArguments();
  if (given.help) { console.log(HELP); return; }
  const command = positionals[0] ?? 'serve';
  if (command === 'serve') {
    await serve(serveOptions(given), ready => tell(ready, given.json));
    return;
  }
  const options = serveOptions({ ...given, sample: 'none' });
  const say = (result: object, sentence: string): void => console.log(given.json ? JSON.stringify(result) : sentence);
  if (command === 'code') {
    const made = await makeCode(options, needed(given.site, '--site'), given.services);
    say(made, `${made.code}  (dùng một lần, đến ${formatDateTime(made.expiresAtMs)})`);
  } else if (command === 'found') {
    const { founded, site } = await foundProvince(options, { name: given.name, siteCode: given.code, login: given.login, personName: given.person }, readNewPassword);
    if (!founded) throw new AppError('input/invalid', { field: 'lệnh found', reason: `tỉnh này đã có trụ sở ${site}` });
    say({ site }, `Đã lập trụ sở ${site} và quản trị viên ${given.login?.trim().toLowerCase()}. Tạo mã ghi danh cho bàn đầu tiên: npm run province -- code --site ${site}${given.data === undefined ? '' : ` --data ${given.data}`}`);
  } else if (command === 'revoke') {
    await revokeStation(options, needed(given.station, '--station'));
    say({ revoked: given.station }, `Đã thu hồi ${given.station}.`);
  } else if (command === 'import-stick') {
    const { taken, answerFile } = await importStick(options, needed(positionals[1], 'TỆP'), given.answer);
    say({ ...taken, answerFile }, takenSentence(taken, answerFile));
  } else if (command === 'set-scope') {
    const { scope } = await rescope(options, needed(given.station, '--station'), { services: given.services, sites: given.sites });
    say({ station: given.station, scope }, `Đã đổi phạm vi của ${given.station}; máy đó theo phạm vi mới ở lần liên lạc kế tiếp.`);
  } else if (command === 'move-unit') {
    const moved = await moveUnitTo(options, needed(given.unit, '--unit'), needed(given.site, '--site'));
    say(moved, `Đã chuyển đơn vị sang ${given.site}: ${moved.records} hồ sơ, ${moved.people} người.`);
  } else if (command === 'policy') {
    if (given.issue !== undefined) {
      const pack = await issuePolicyFile(options, given.issue);
      say({ id: pack.id, code: pack.code, effectiveFromMs: pack.effectiveFromMs }, `Đã ban hành gói ${pack.code}, hiệu lực từ ${formatDateTime(pack.effectiveFromMs)}; các bàn nhận gói ở lần liên lạc kế tiếp.`);
    } else {
      const pack = await exportPolicy(options, needed(given.out, '--out hoặc --issue'));
      say({ id: pack.id, code: pack.code }, `Gói ${pack.code} đã ghi ra ${String(given.out)}. Sửa giá trị, nơi ghi (source) và effectiveFrom, rồi ban hành bằng --issue.`);
    }
  } else if (command === 'prune') {
    const gone = await pruneNow(options);
    say({ gone }, `Đã bỏ ${gone} dấu vết cũ.`);
  } else if (command === 'new-epoch') {
    const epoch = await renewEpoch(options);
    say({ epoch }, 'Kỷ nguyên mới: mọi bàn điều hành sẽ tải lại bản sao, việc chưa gửi vẫn giữ.');
  } else throw new AppError('input/invalid', { field: command });
}

/** What `parseArgs` found wrong with the line, in our words; null for any other error. */
function misreadOption(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) return null;
  const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? '';
  return error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' ? `Tùy chọn ${option} thiếu giá trị, hoặc không nhận giá trị. Xem --help.` : `Không có tùy chọn ${option}. Xem --help.`;
}

try {
  await run();
} catch (error) {
  console.error(misreadOption(error) ?? sentenceOf(error));
  process.exit(1);
}
