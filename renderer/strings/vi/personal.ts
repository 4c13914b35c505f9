/** Who may read who reported and who was hurt. */
export const personal = {
  emergency: 'Mở khẩn cấp', emergencyTitle: 'Mở khẩn cấp dữ liệu cá nhân', inspect: 'Mở để kiểm tra', inspectTitle: 'Mở dữ liệu cá nhân để kiểm tra',
  lacks: { duty: 'Bạn không được tính là đang trực ở máy này: lần đăng nhập của bạn đã quá một ca trực. Nếu đang trực, hãy đăng nhập lại.', assignment: 'Bản ghi này không được chuyển cho đơn vị của bạn.' },
  loggedApart: 'Lần mở này cùng lý do được ghi riêng trong nhật ký xem dữ liệu cá nhân; ca trưởng và người kiểm tra đọc được.', reason: 'Lý do mở (nêu việc cụ thể)',
  erase: {
    basis: 'Căn cứ', by: { retention: 'Hết thời hạn lưu', request: 'Theo yêu cầu của người đó', order: 'Theo yêu cầu của cơ quan có thẩm quyền' }, reason: 'Lý do, số văn bản (đừng ghi tên người)',
    words: 'Từ cần bỏ khỏi diễn biến, địa điểm, ghi chú (cách nhau bằng dấu ;)', shortWord: 'Mỗi từ cần bỏ có ít nhất 3 ký tự.',
    what: 'Xóa họ tên, điện thoại, quan hệ của người báo tin, mọi nạn nhân và nguyên văn từ nguồn, trên mọi máy; không lấy lại được. Chữ tự do (diễn biến, ghi chú) và tệp đính kèm không tự xóa: ghi những từ cần bỏ ở dưới, gỡ tệp riêng.',
    done: 'đã xóa lúc {{at}}', onPaper: 'đã xóa theo quy định về dữ liệu cá nhân',
  },
  ground: { line: 'Trực lĩnh vực', unit: 'Đơn vị xử lý', author: 'Người tiếp nhận', inspection: 'Kiểm tra', emergency: 'Mở khẩn cấp', export: 'Xuất tệp', file: 'Mở tệp đính kèm', request: 'Yêu cầu dữ liệu' },
  log: {
    title: 'Nhật ký xem dữ liệu cá nhân', tab: 'Máy này, toàn tỉnh', of: { station: 'Máy này', province: 'Toàn tỉnh' }, apart: 'Chỉ lần có nêu lý do',
    at: 'Lúc', person: 'Người xem', record: 'Bản ghi', ground: 'Theo', reason: 'Lý do', where: 'Máy', day: 'Ngày', records: '{{n}} bản ghi', ofRequest: 'một yêu cầu dữ liệu', gone: 'không còn ở máy này',
    unsent: 'Còn {{n}} lượt xem ở máy này chưa gửi về máy chủ tỉnh; máy tự gửi khi có mạng.', notSent: 'chưa gửi', needsLink: 'Lượt xem của mọi máy nằm ở máy chủ tỉnh nên cần có mạng; lượt xem ở máy này vẫn đọc được ở thẻ “Máy này”.',
    empty: 'Chưa có lượt xem nào', emptyMore: 'Mỗi lần mở thông tin người báo tin, nạn nhân, tệp đính kèm hoặc yêu cầu dữ liệu đều được ghi ở đây.', none: 'Không có lượt xem nào khớp', noneMore: 'Bỏ bớt điều kiện lọc để tìm rộng hơn.', all: 'Bỏ lọc', more: 'Xem thêm',
  },
};
