/** What is printed of a record, and the page that shows it before. */
export const print = {
  open: 'In', openLong: 'In phiếu hoặc biểu mẫu', title: 'In bản ghi {{no}}', kind: 'Bản in', slip: 'Phiếu A5', form: 'Biểu mẫu A4', run: 'In',
  hint: 'Muốn lưu thành PDF: chọn máy in PDF trong hộp thoại in.', reveal: 'Hiện người báo tin', revealed: 'Người báo tin đang hiện trên bản in; lần xem này có trong nhật ký truy cập của máy.', masked: 'Người báo tin được che trên bản in.',
  loading: 'Đang mở bản ghi…', signedOut: 'Chưa có ai đăng nhập trên bàn này', signedOutMore: 'Đăng nhập hoặc mở khóa ở cửa sổ bàn điều hành; trang này tự hiện lại.',
  by: 'In bởi {{who}} lúc {{at}}', page: 'Trang',
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc', dated: '……………, ngày {{day}} tháng {{month}} năm {{year}}', no: 'Số',
  formTitle: 'Phiếu tiếp nhận, xử lý thông tin', slipTitle: 'Phiếu vụ việc', scan: 'Quét mã ở thanh lệnh (Ctrl+K) để mở bản ghi.',
  part: { intake: 'I. Thông tin tiếp nhận', handling: 'II. Xác minh, chuyển xử lý', outcome: 'III. Kết quả xử lý', history: 'IV. Quá trình xử lý' },
  label: {
    number: 'Số vụ việc', provisionalNo: 'Số tạm', service: 'Lĩnh vực', severity: 'Mức', state: 'Trạng thái', category: 'Loại việc', received: 'Nhận tin lúc', occurred: 'Xảy ra lúc', due: 'Hạn', channel: 'Kênh tiếp nhận', author: 'Người tiếp nhận',
    reporter: 'Người báo tin', place: 'Địa điểm', coordinates: 'Tọa độ', description: 'Diễn biến', victims: 'Nạn nhân', verified: 'Xác minh', forwarded: 'Chuyển xử lý lúc', lead: 'Đơn vị chủ trì', co: 'Đơn vị phối hợp', result: 'Kết quả', outcome: 'Kết luận', reply: 'Trả lời',
  },
  column: { at: 'Lúc', done: 'Việc', who: 'Người thực hiện', note: 'Nội dung' },
  sign: { author: 'NGƯỜI TIẾP NHẬN', lead: 'CA TRƯỞNG', head: 'LÃNH ĐẠO IOC', how: '(Ký, ghi rõ họ tên)' },
};
