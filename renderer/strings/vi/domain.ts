/** Words of the field: states, levels, services, actions; the same on every screen. */
export const domain = {
  state: {
    received: 'Mới tiếp nhận', verifying: 'Đang xác minh', verified: 'Đã xác minh', false_report: 'Tin không xác thực',
    forwarded: 'Đã chuyển xử lý', accepted: 'Đã nhận xử lý', in_progress: 'Đang xử lý', resolved: 'Đã xử lý xong', closed: 'Đã đóng',
  },
  severity: { P1: 'Đe dọa tính mạng', P2: 'Khẩn cấp', P3: 'Cần sớm', P4: 'Thường' },
  service: { '113': '113', '114': '114', '115': '115', '112': '112', '1022': '1022', field: 'HT' },
  serviceLong: {
    '113': '113 · An ninh, trật tự', '114': '114 · Cháy, cứu nạn', '115': '115 · Cấp cứu', '112': '112 · Thiên tai, sự cố',
    '1022': '1022 · Phản ánh, kiến nghị', field: 'HT · Phản ánh hiện trường',
  },
  class: { incident: 'Sự cố khẩn cấp', issue: 'Phản ánh' },
  channel: {
    phone: 'gọi điện', field_report: 'phản ánh hiện trường', public_service: 'cổng dịch vụ công', camera: 'camera', app: 'ứng dụng', import: 'nhập từ tệp',
  },
  method: {
    call_back: 'Gọi lại người báo tin', camera: 'Xem camera', force_on_site: 'Lực lượng tại chỗ', unit_confirms: 'Đơn vị xác nhận', second_source: 'Nguồn tin thứ hai',
  },
  outcome: {
    fixed: 'Đã khắc phục', partly_fixed: 'Khắc phục một phần', no_action_needed: 'Không cần xử lý', explained: 'Đã giải thích',
    handed_to_112: 'Đã chuyển 112', handed_to_other_province: 'Đã chuyển tỉnh khác',
  },
  answer: { yes: 'Có', no: 'Không', unknown: 'Chưa rõ' },
  sync: { saved: 'Đã lưu trên máy', waiting: 'Đang chờ gửi', sent: 'Đã lên máy chủ', refused: 'Bị từ chối' },
  role: {
    truc_ban: 'Trực ban viên', ca_truong: 'Ca trưởng', lanh_dao_ioc: 'Lãnh đạo IOC', dau_moi: 'Đầu mối tiếp nhận', lanh_dao_don_vi: 'Lãnh đạo đơn vị',
    quan_tri: 'Quản trị', kiem_tra: 'Kiểm tra', phan_tich: 'Phân tích',
  },
  /** What was done, in the history of a record. */
  done: {
    'issue.receive': 'Tiếp nhận', 'issue.edit': 'Sửa', 'issue.note': 'Ghi chú', 'issue.startVerification': 'Bắt đầu xác minh',
    'issue.verify': 'Xác minh: tin đúng', 'issue.proposeFalse': 'Đề nghị: tin không xác thực', 'issue.confirmFalse': 'Xác nhận tin không xác thực',
    'issue.forward': 'Chuyển xử lý', 'issue.accept': 'Nhận xử lý', 'issue.start': 'Bắt đầu xử lý', 'issue.resolve': 'Xử lý xong', 'issue.close': 'Đóng',
    'issue.attach': 'Thêm tệp', 'issue.detach': 'Gỡ tệp',
  },
  /** What can be done: verbs for buttons. */
  act: {
    'issue.receive': 'Tiếp nhận', 'issue.edit': 'Sửa thông tin', 'issue.note': 'Ghi chú', 'issue.startVerification': 'Bắt đầu xác minh',
    'issue.verify': 'Xác minh', 'issue.proposeFalse': 'Tin không xác thực…', 'issue.confirmFalse': 'Xác nhận tin không xác thực',
    'issue.forward': 'Chuyển xử lý', 'issue.accept': 'Nhận xử lý', 'issue.start': 'Bắt đầu xử lý', 'issue.resolve': 'Báo đã xử lý xong', 'issue.close': 'Đóng vụ việc',
    'issue.attach': 'Thêm tệp', 'issue.detach': 'Gỡ tệp',
  },
  field: {
    description: 'Diễn biến', severity: 'Mức', category: 'Loại việc', place: 'Địa điểm', occurredAtMs: 'Lúc xảy ra', victims: 'Nạn nhân',
    reporter: 'Người báo tin', leadUnitId: 'Đơn vị chủ trì', note: 'Ghi chú', result: 'Kết quả', reply: 'Trả lời người báo tin', outcome: 'Kết luận',
  },
};
