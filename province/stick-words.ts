import type { ErrorCode, ErrorFacts } from '../contract/errors.ts';
import type { StickTaken } from '../contract/stick-file.ts';

/** Why the province does not take a file; each says what to do, since whoever runs the command has only this line. */
export const STICK_SENTENCES: Partial<Record<ErrorCode, (facts: ErrorFacts) => string>> = {
  'stick/not-a-file': () => 'Đây không phải tệp do bàn điều hành xuất ra. Chọn tệp có đuôi .iocgui.',
  'stick/damaged': () => 'Tệp bị hỏng, bị cắt cụt hoặc đã bị sửa nên không nhận; không có gì thay đổi. Xuất lại tệp ở máy trạm.',
  'stick/from-future': ({ version }) => `Tệp do phiên bản mới hơn xuất ra (dạng ${String(version)}). Cập nhật máy chủ tỉnh rồi nhận lại.`,
  'stick/too-large': ({ limitMb }) => `Tệp quá lớn (giới hạn ${String(limitMb)} MB) nên không nhận; không có gì thay đổi.`,
  'stick/other-province': () => 'Tệp này gửi cho tỉnh khác nên không nhận.',
  'stick/other-key': () => 'Tệp được mã hóa cho khóa khác của tỉnh (có thể từ trước khi lập lại cơ sở dữ liệu). Nối mạng cho máy trạm một lần, hoặc ghi danh lại.',
  'stick/answer-here': ({ station }) => `Đây là tệp trả lời cho máy trạm ${String(station)}, không phải tệp gửi lên. Mang tệp này về máy trạm đó.`,
  'stick/station-unknown': ({ station }) => `Tỉnh không có máy trạm ${String(station)} của tệp này.`,
  'stick/station-revoked': ({ station }) => `Máy trạm ${String(station)} đã bị thu hồi quyền nên tệp của nó không được nhận.`,
  'stick/gap': ({ station, from, to }) => `Cần tệp trước đó: còn thiếu thay đổi số ${String(from)} đến ${String(to)} của máy trạm ${String(station)}. Nhận tệp có những số đó trước; không có gì thay đổi.`,
  'stick/cannot-write': ({ folder }) => `Không ghi được tệp trả lời vào ${String(folder)}. Tệp gửi đã được nhận; chạy lại lệnh với --answer THƯ_MỤC khác, không có gì bị ghi hai lần.`,
};

export function takenSentence(taken: StickTaken, answerFile: string): string {
  const judged = taken.fresh === 0 ? 'không có gì mới (đã nhận từ trước)' : `${taken.fresh} thay đổi mới`;
  return `Đã nhận tệp của máy trạm ${taken.stationCode}, số ${taken.firstN}–${taken.lastN}: ${judged}, ${taken.refused} bị từ chối.
Tệp trả lời: ${answerFile} (${taken.verdicts} kết quả, ${taken.rows} bản ghi mới của tỉnh). Mang về máy trạm ${taken.stationCode} và bấm “Chọn tệp”.`;
}
