/** The screen on the wall. */
export const wallboard = {
  open: 'Bảng treo', openLong: 'Mở bảng treo tường (màn hình thứ hai)', title: 'Bảng treo tường',
  dataAt: 'Số liệu lúc {{at}}', oldData: 'Số liệu CŨ, lúc {{at}}', noData: 'Chưa có số liệu',
  urgent: 'Vụ P1, P2 đang mở', overdue: 'Quá hạn {{count}}', more: 'Còn {{count}} vụ P1, P2 khác', none: 'Không có vụ P1, P2 nào đang mở',
  age: '{{span}} trước', justNow: 'vừa nhận', over: 'Quá {{span}}', left: 'Còn {{span}}',
  span: { seconds: '{{minutes}}:{{seconds}}', minutes: '{{minutes}} phút', hours: '{{hours}} giờ', hoursMinutes: '{{hours}} giờ {{minutes}}', days: '{{days}} ngày' },
  column: { open: 'Đang mở', today: 'Hôm nay', overdue: 'Quá hạn', site: 'Địa bàn' },
  links: 'Kết nối của bàn này', allWell: 'tất cả đều thông', connecting: 'đang kết nối', broken: '{{count}} chỗ vướng',
  link: {
    core: 'Phần xử lý', province: 'Máy chủ tỉnh', send: 'Gửi lên', receive: 'Nhận về', refused: 'Bị từ chối',
    works: 'Đang chạy', connecting: 'Đang kết nối', restarting: 'Đang khởi động lại', stopped: 'Đã dừng', up: 'Thông', downSince: 'Mất từ {{at}}', down: 'Mất kết nối', never: 'Chưa từng nối', unknown: 'Chưa rõ',
    nothingWaits: 'Không có gì chờ', waits: '{{count}} thay đổi chờ', waitsSince: '{{count}} chờ từ {{at}}', receivedAt: 'Lúc {{at}}', notYet: 'Chưa nhận lần nào', copying: 'Đang nhận, {{percent}} %', trouble: 'Đang vướng', refusals: '{{count}} cần xử lý',
  },
  notSignedIn: 'Chưa có ai đăng nhập trên bàn này', notSignedInMore: 'Bảng đếm hồ sơ theo phạm vi của người đang trực. Đăng nhập ở cửa sổ bàn điều hành; bảng tự chạy tiếp.',
  loading: 'Đang đọc số liệu…', failed: 'Chưa đọc được số liệu', failedMore: 'Bảng tự thử lại; nếu kéo dài, xem trang Tình trạng ở bàn điều hành.',
};
