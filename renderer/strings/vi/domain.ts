/** Words of the field: states, levels, services, actions; the same on every screen. */
export const domain = {
  state: {
    received: 'Mới tiếp nhận', verifying: 'Đang xác minh', verified: 'Đã xác minh', false_report: 'Tin không xác thực',
    forwarded: 'Đã chuyển xử lý', accepted: 'Đã nhận xử lý', in_progress: 'Đang xử lý', resolved: 'Đã xử lý xong', closed: 'Đã đóng',
    unverified_forwarded: 'Chuyển khẩn, chờ xác minh', out_of_scope: 'Không thuộc thẩm quyền', returned: 'Trả lại', awaiting_info: 'Chờ bổ sung thông tin', on_hold: 'Tạm dừng', reopened: 'Mở lại', cancelled: 'Hủy (nhập nhầm)',
  },
  part: 'Trùng lặp',
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
    'issue.acknowledge': 'Nhận báo động', 'issue.correct': 'Đính chính', 'issue.outOfScope': 'Không thuộc thẩm quyền', 'issue.proposeCancel': 'Đề nghị hủy (nhập nhầm)', 'issue.confirmCancel': 'Xác nhận hủy',
    'issue.dispatch': 'Điều lực lượng khi chưa xác minh', 'issue.return': 'Trả lại', 'issue.askInfo': 'Hỏi thêm thông tin', 'issue.hold': 'Tạm dừng', 'issue.resume': 'Xử lý tiếp', 'issue.reopen': 'Mở lại',
    'issue.handOff': 'Chuyển đầu số', 'issue.takeOver': 'Nhận chuyển đầu số', 'issue.refuseHandOff': 'Không nhận chuyển đầu số', 'issue.withdrawHandOff': 'Rút lại việc chuyển đầu số',
    'issue.join': 'Thêm đầu số cùng xử lý', 'issue.leave': 'Đầu số thôi tham gia', 'issue.sendResource': 'Điều thêm lực lượng', 'issue.resourceStep': 'Lực lượng',
    'issue.merge': 'Gộp vào vụ việc khác', 'issue.split': 'Tách khỏi vụ việc', 'issue.remind': 'Đôn đốc', 'issue.survey': 'Khảo sát hài lòng',
    'issue.attach': 'Thêm tệp', 'issue.erasePersonal': 'Xóa dữ liệu cá nhân', 'issue.detach': 'Gỡ tệp',
  },
  /** What can be done: verbs for buttons. */
  act: {
    'issue.receive': 'Tiếp nhận', 'issue.edit': 'Sửa thông tin', 'issue.note': 'Ghi chú', 'issue.startVerification': 'Bắt đầu xác minh',
    'issue.verify': 'Xác minh', 'issue.proposeFalse': 'Tin không xác thực…', 'issue.confirmFalse': 'Xác nhận tin không xác thực',
    'issue.forward': 'Chuyển xử lý', 'issue.accept': 'Nhận xử lý', 'issue.start': 'Bắt đầu xử lý', 'issue.resolve': 'Báo đã xử lý xong', 'issue.close': 'Đóng vụ việc',
    'issue.acknowledge': 'Nhận báo động', 'issue.correct': 'Đính chính', 'issue.outOfScope': 'Không thuộc thẩm quyền…', 'issue.proposeCancel': 'Hủy, nhập nhầm…', 'issue.confirmCancel': 'Xác nhận hủy',
    'issue.dispatch': 'Điều lực lượng', 'issue.return': 'Trả lại…', 'issue.askInfo': 'Hỏi thêm thông tin…', 'issue.hold': 'Tạm dừng…', 'issue.resume': 'Xử lý tiếp', 'issue.reopen': 'Mở lại…',
    'issue.handOff': 'Chuyển đầu số…', 'issue.takeOver': 'Nhận vụ việc', 'issue.refuseHandOff': 'Không nhận…', 'issue.withdrawHandOff': 'Rút lại việc chuyển',
    'issue.join': 'Thêm đầu số cùng xử lý…', 'issue.leave': 'Bớt đầu số…', 'issue.sendResource': 'Điều thêm lực lượng…', 'issue.resourceStep': 'Ghi giờ của lực lượng',
    'issue.merge': 'Gộp vào vụ việc khác…', 'issue.split': 'Tách ra…', 'issue.remind': 'Đôn đốc…', 'issue.survey': 'Khảo sát hài lòng…',
    'issue.attach': 'Thêm tệp', 'issue.erasePersonal': 'Xóa dữ liệu cá nhân…', 'issue.detach': 'Gỡ tệp',
  },
  clock: {
    ack: 'Nhận báo động', verify: 'Xác minh', forward: 'Chuyển xử lý', accept: 'Đơn vị nhận', reroute: 'Chuyển lại', resolve: 'Xử lý', confirm: 'Kiểm tra, đóng', reply: 'Trả lời người báo tin', survey: 'Khảo sát', handOff: 'Đầu số kia nhận',
  },
  reopenedBy: { reporter: 'Người báo tin', ioc: 'IOC', inspector: 'Kiểm tra, thanh tra' },
  surveyChannel: { call_back: 'Gọi lại', paper: 'Phiếu giấy', link: 'Đường dẫn' },
  resourceStep: { dispatchedAtMs: 'Điều', enRouteAtMs: 'Xuất phát', arrivedAtMs: 'Đến nơi', clearedAtMs: 'Xong việc' },
  field: {
    description: 'Diễn biến', severity: 'Mức', category: 'Loại việc', place: 'Địa điểm', occurredAtMs: 'Lúc xảy ra', victims: 'Nạn nhân',
    reporter: 'Người báo tin', leadUnitId: 'Đơn vị chủ trì', note: 'Ghi chú', result: 'Kết quả', reply: 'Trả lời người báo tin', outcome: 'Kết luận', reason: 'Lý do', advisedBody: 'Nơi có thẩm quyền', question: 'Câu hỏi', score: 'Mức hài lòng', parentId: 'Vụ việc gộp vào',
  },
};
