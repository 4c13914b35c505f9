export const frame = {
  queue: 'Hàng đợi', imports: 'Nhập dữ liệu', directory: 'Danh bạ', health: 'Tình trạng', display: 'Hiển thị', lock: 'Khóa', signOut: 'Đăng xuất',
  nav: 'Các màn hình',
  searchPlaceholder: 'Gõ lệnh, số vụ việc, tên đường, số điện thoại…',
  searchShort: 'Tìm…',
  synced: 'Đã đồng bộ', cutSince: 'Mất kết nối', from: 'từ', waitingCount: 'chờ gửi', neverLinked: 'Chưa kết nối máy chủ',
  sending: 'Đang gửi', records: 'bản ghi', firstCopy: 'Đang nhận dữ liệu lần đầu {{percent}} %', refused: '{{count}} bị từ chối',
  restarting: 'Đang khởi động lại phần xử lý…', restartingMore: 'Những gì đã báo là lưu thì vẫn còn. Màn hình tự chạy tiếp khi xong.',
  starting: 'Đang mở phần xử lý…', startingMore: 'Thường dưới hai giây.',
  zone: 'Múi giờ +07:00', offset: 'lệch máy chủ {{seconds}} s', offsetUnknown: 'chưa đo lệch giờ máy chủ', measuredAt: 'đo lúc {{at}}', version: 'Phiên bản {{version}}',
  weekday: { d1: 'Thứ Hai', d2: 'Thứ Ba', d3: 'Thứ Tư', d4: 'Thứ Năm', d5: 'Thứ Sáu', d6: 'Thứ Bảy', d7: 'Chủ Nhật' },
  theme: 'Nền', themeAuto: 'Theo máy', themeLight: 'Sáng', themeDark: 'Tối', language: 'Ngôn ngữ', scale: 'Cỡ chữ', scaleUp: 'Chữ to hơn', scaleDown: 'Chữ nhỏ hơn', scaleReset: 'Chữ vừa',
  keys: 'Phím tắt', commandBar: 'Thanh lệnh', demo: 'Dữ liệu mẫu', offlineSession: 'đăng nhập ngoại tuyến', station: 'Máy {{code}}',
};
