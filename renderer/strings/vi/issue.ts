/** The record: panel and page. */
export const issue = {
  info: 'Thông tin', place: 'Địa điểm', landmark: 'Mốc', reporter: 'Người báo tin', anonymous: 'ẩn danh', received: 'Nhận tin lúc', recorded: 'Tiếp nhận, ghi vào hệ thống', occurred: 'Xảy ra', story: 'Diễn biến',
  category: 'Loại việc', source: 'Nguồn', original: 'Nguyên văn từ nguồn', coordinates: 'Tọa độ', noPlace: 'chưa có',
  masked: 'che; bấm để xem, có ghi nhật ký', reveal: 'Xem', revealed: 'đang hiện, đã ghi nhật ký',
  victims: 'Nạn nhân', conscious: 'tỉnh', breathing: 'thở', bleeding: 'chảy máu nhiều',
  forces: 'Lực lượng', lead: 'Chủ trì', co: 'Phối hợp', noLead: 'Chưa chuyển đơn vị nào', verifiedBy: 'Xác minh', proposal: 'Đề nghị không xác thực', result: 'Kết quả', outcome: 'Kết luận', reply: 'Trả lời',
  history: 'Nhật ký', next: 'Bước tiếp', openPage: 'Mở trang',
  loading: 'Đang mở bản ghi…', provisional: 'số tạm',
  clock: { received: 'Xác minh', verifying: 'Xác minh', verified: 'Chuyển', forwarded: 'Đơn vị nhận', accepted: 'Xử lý', in_progress: 'Xử lý', resolved: 'Đóng', closed: '', false_report: '' },
  waitsFor: {
    received: 'Chờ trực ban xác minh.', verifying: 'Chờ trực ban xác minh xong.', verified: 'Chờ trực ban chuyển xử lý.', forwarded: 'Chờ đơn vị chủ trì nhận.',
    accepted: 'Chờ đơn vị chủ trì bắt đầu.', in_progress: 'Đơn vị chủ trì đang xử lý.', resolved: 'Chờ IOC kiểm tra và đóng; người khác với người xử lý.', closed: 'Không còn việc phải làm.', false_report: 'Không còn việc phải làm.',
  },
  dispatch: 'Điều lực lượng', more: 'Khác…', less: 'Thu lại',
  refusedTitle: 'Bị từ chối: {{what}}', refusedBy: '{{action}} · {{who}} · {{at}}', seen: 'Đã xem, bỏ qua',
  merged: 'Có giá trị của người khác đến trước; giá trị của bạn: {{mine}}',
  form: {
    method: 'Cách xác minh', note: 'Ghi chú', noteOf: 'Nội dung ghi chú', why: 'Vì sao cho là không xác thực?', lead: 'Đơn vị chủ trì', co: 'Đơn vị phối hợp', addCo: 'Thêm đơn vị phối hợp',
    unitSearch: 'Gõ tên đơn vị, có dấu hoặc không', noUnit: 'Không có đơn vị xử lý nào khớp', noFocal: 'chưa có đầu mối tiếp nhận', focal: 'Đầu mối', remove: 'Bỏ', change: 'Đổi',
    result: 'Đã làm gì, kết quả ra sao?', outcome: 'Kết luận', reply: 'Trả lời người báo tin', saving: 'Đang lưu…', reporterName: 'Họ tên người báo tin', reporterPhone: 'Số điện thoại',
    chooseByKey: 'Chọn ô số {{n}}', keysHint: 'Phím 1–{{n}} chọn; gõ chữ là viết vào ô dưới', chooseMethod: 'Chọn cách xác minh', chooseUnit: 'Chọn đơn vị chủ trì', chooseOutcome: 'Chọn kết luận', writeIt: 'Viết ít nhất vài chữ',
    proposalBy: '{{who}} đề nghị: {{note}}', area: 'Xã, phường', left: 'còn {{count}} ký tự',
    tooMuch: 'Đoạn vừa dán dài {{count}} ký tự, ô này nhận nhiều nhất {{limit}}. Nội dung cũ giữ nguyên.',
  },
};
