/** Lists as files: the dialog, and the headings of the file. */
export const exports = {
  open: 'Xuất', openKey: 'Xuất danh sách ra tệp', title: 'Xuất danh sách ra tệp',
  what: 'Đúng {{rows}} bản ghi của danh sách đang mở, theo thứ tự đang hiện. Bản ghi đến sau: mở lại danh sách (R) rồi xuất.',
  format: 'Loại tệp', csv: 'CSV cho Excel', xlsx: 'Excel (xlsx)',
  withPersons: 'Kèm người báo tin, nạn nhân và nguyên văn từ nguồn', masked: 'Người báo tin được che; không có nạn nhân và nguyên văn từ nguồn.',
  purpose: 'Mục đích xuất dữ liệu cá nhân', purposeHint: 'Ghi vào nhật ký truy cập của máy cùng tên bạn và giờ xuất, trước khi tệp được tạo.', purposeShort: 'Ghi ít nhất {{least}} ký tự.',
  plainFile: 'Tệp lưu ra không được mã hóa: giữ như giữ hồ sơ giấy.',
  run: 'Xuất {{rows}} bản ghi', stop: 'Dừng xuất', running: 'Đang xuất {{done}} / {{rows}} bản ghi', notYet: 'Tệp chỉ được lưu khi đã đủ; dừng giữa chừng thì không có tệp nào.',
  stopped: 'Đã dừng, không có tệp nào được lưu.', done: 'Đã xuất {{rows}} bản ghi', doneMore: '{{name}} · {{size}} · nằm trong thư mục tải về, hoặc nơi bạn vừa chọn.',
  left: '{{count}} bản ghi đã rời máy này trong lúc xuất nên không có trong tệp.', nothing: 'Danh sách đang trống, không có gì để xuất.',
  sheet: 'Danh sách',
  column: {
    displayNo: 'Số vụ việc', provisionalNo: 'Số tạm', service: 'Lĩnh vực', class: 'Nhóm', severity: 'Mức', state: 'Trạng thái', category: 'Loại việc', description: 'Diễn biến', place: 'Địa điểm',
    landmark: 'Mốc', area: 'Xã, phường', site: 'Đơn vị IOC', lat: 'Vĩ độ', lon: 'Kinh độ', channel: 'Kênh tiếp nhận', sourceRef: 'Mã ở nguồn', occurredAt: 'Xảy ra lúc', receivedAt: 'Nhận tin lúc', dueAt: 'Hạn',
    forwardedAt: 'Chuyển xử lý lúc', leadUnit: 'Đơn vị chủ trì', coUnits: 'Đơn vị phối hợp', result: 'Kết quả', outcome: 'Kết luận', reply: 'Trả lời', closedAt: 'Đóng lúc', author: 'Người tiếp nhận',
    reporter: 'Người báo tin', phone: 'Điện thoại', relation: 'Quan hệ', victims: 'Nạn nhân', original: 'Nguyên văn từ nguồn',
  },
};
