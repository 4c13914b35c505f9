import type { StickReport } from './core-messages.ts';

/** What a stick command has done, for the terminal. */
export function stickSentence(report: StickReport): string {
  switch (report.action) {
    case 'export': return `Đã xuất ${report.count} thay đổi (số ${report.firstN}–${report.lastN}, ${report.bytes} byte): ${report.file}
Không có gì bị xóa khỏi máy này: thay đổi chỉ hết chờ khi có kết quả của IOC tỉnh.${report.left === 0 ? '' : `\nCòn ${report.left} thay đổi nữa: xuất tệp tiếp sau khi nhận tệp trả lời.`}`;
    case 'import': return receivedSentence(report.received);
    case 'answers': return `${report.files.length === 0 ? 'Chưa có tệp trả lời nào.' : `Đã ghi tệp trả lời:\n${report.files.map(file => `  ${file}`).join('\n')}`}${report.waiting === 0 ? '' : `\nCòn ${report.waiting} tệp chờ chuyển khi có mạng.`}`;
  }
}

function receivedSentence(received: Extract<StickReport, { action: 'import' }>['received']): string {
  if (received.kind === 'carried') {
    return received.alreadyHere ? `Tệp này của máy trạm ${received.stationCode} đã có trên máy.`
      : `Đã nhận tệp mang hộ của máy trạm ${received.stationCode} (số ${received.firstN}–${received.lastN}). Tệp tự chuyển lên IOC tỉnh khi máy này có mạng.`;
  }
  return `Đã nhận tệp trả lời: ${received.applied} thay đổi có kết quả, ${received.attention} mục mới trong Cần xử lý, ${received.rows} bản ghi mới của tỉnh; còn ${received.waiting} thay đổi chờ gửi.`;
}
