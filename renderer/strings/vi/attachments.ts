/** Files of a record. */
export const attachments = {
  title: 'Tệp đính kèm', count: '{{count}} trên {{limit}}', add: 'Thêm tệp', addKey: 'Thêm tệp đính kèm', drop: 'Thả để thêm vào bản ghi này',
  hint: 'Ảnh, âm thanh, MP4, PDF; mỗi tệp đến {{limit}} MB. Thả tệp vào đây hoặc dán ảnh cũng được.',
  none: 'Chưa có tệp nào.', noneReadOnly: 'Bản ghi chưa có tệp nào.', full: 'Đã đủ {{limit}} tệp.',
  adding: 'Đang đưa vào máy {{percent}} %', cancel: 'Dừng', dismiss: 'Bỏ qua',
  by: '{{size}} · {{who}} · {{at}}',
  transfer: {
    waiting: 'Đã lưu trên máy, chờ gửi', sending: 'Đang gửi {{percent}} %', sent: 'Đã lên máy chủ', absent: 'Chưa tải về', loading: 'Đang tải {{percent}} %', failed: 'Hỏng',
  },
  open: 'Mở {{name}}', fetch: 'Tải về', save: 'Lưu ra máy', saving: 'Đang lưu…', remove: 'Gỡ', removeOf: 'Gỡ tệp {{name}}', why: 'Vì sao gỡ?', removeHint: 'Nhật ký giữ tên người gỡ và lý do.',
  viewer: 'Xem tệp', opening: 'Đang mở…', fetching: 'Đang tải về {{percent}} %', waitingForWay: 'Chờ đường truyền rảnh; vụ việc được gửi trước.',
  notShown: 'Loại tệp này không xem được trong phần mềm. Lưu ra máy rồi mở bằng chương trình khác.', previous: 'Tệp trước', next: 'Tệp sau',
  kind: { image: 'Ảnh', audio: 'Âm thanh', video: 'Video', application: 'PDF' },
};
