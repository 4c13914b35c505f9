/** What is printed of a record, and the page that shows it before. */
export const print = {
  open: 'In', openLong: 'In phiếu hoặc biểu mẫu', title: 'In bản ghi {{no}}', kind: 'Bản in', slip: 'Phiếu A5', form: 'Biểu mẫu A4', survey: 'Phiếu khảo sát A4', run: 'In',
  hint: 'Muốn lưu thành PDF: chọn máy in PDF trong hộp thoại in.', reveal: 'Hiện người báo tin', revealed: 'Người báo tin đang hiện trên bản in; lần xem này có trong nhật ký truy cập của máy.', masked: 'Người báo tin được che trên bản in.',
  loading: 'Đang mở bản ghi…', signedOut: 'Chưa có ai đăng nhập trên bàn này', signedOutMore: 'Đăng nhập hoặc mở khóa ở cửa sổ bàn điều hành; trang này tự hiện lại.',
  by: 'In bởi {{who}} lúc {{at}}', page: 'Trang',
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc', dated: '……………, ngày {{day}} tháng {{month}} năm {{year}}', no: 'Số',
  formTitle: 'Phiếu tiếp nhận, xử lý thông tin', slipTitle: 'Phiếu vụ việc', surveyTitle: 'Phiếu khảo sát mức độ hài lòng', surveyAbout: 'Đánh dấu × vào một ô ở mỗi câu. Phiếu không ghi tên, số máy của người trả lời.', surveyAnswered: 'Đã trả lời', surveyComment: 'Góp ý',
  surveyLink: 'Trả lời qua mạng: {{link}}.', surveyBack: 'Xin gửi lại phiếu này cho cơ quan đã trao phiếu. Trân trọng cảm ơn!', surveyBackHotline: 'Xin gửi lại phiếu này cho cơ quan đã trao phiếu, hoặc gọi {{hotline}} và đọc mã. Trân trọng cảm ơn!',
  noSurvey: 'Không có phiếu khảo sát cho vụ việc này', noSurveyMore: 'Chỉ khảo sát vụ việc đã đóng, chưa có câu trả lời và người báo tin không thuộc diện được loại trừ.',
  scan: 'Quét mã ở thanh lệnh (Ctrl+K) để mở bản ghi.',
  part: { intake: 'I. Thông tin tiếp nhận', handling: 'II. Xác minh, chuyển xử lý', outcome: 'III. Kết quả xử lý', history: 'IV. Quá trình xử lý' },
  label: {
    number: 'Số vụ việc', provisionalNo: 'Số tạm', service: 'Lĩnh vực', severity: 'Mức', state: 'Trạng thái', category: 'Loại việc', received: 'Nhận tin lúc', occurred: 'Xảy ra lúc', due: 'Hạn', channel: 'Kênh tiếp nhận', author: 'Người tiếp nhận',
    reporter: 'Người báo tin', place: 'Địa điểm', coordinates: 'Tọa độ', description: 'Diễn biến', victims: 'Nạn nhân', verified: 'Xác minh', forwarded: 'Chuyển xử lý lúc', lead: 'Đơn vị chủ trì', co: 'Đơn vị phối hợp', result: 'Kết quả', outcome: 'Kết luận', reply: 'Trả lời',
  },
  column: { at: 'Lúc', done: 'Việc', who: 'Người thực hiện', note: 'Nội dung' },
  sign: { author: 'NGƯỜI TIẾP NHẬN', lead: 'CA TRƯỞNG', head: 'LÃNH ĐẠO IOC', how: '(Ký, ghi rõ họ tên)' },
};
