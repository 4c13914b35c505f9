/** Surveys of how content reporters are (Q13.10, Q16.5): messages to them, and answers that come back. */
export const survey = {
  send: 'Tin khảo sát', title: 'Xuất tin nhắn khảo sát', sheet: 'Tin khảo sát',
  what: 'Mỗi người báo tin còn chờ khảo sát một dòng: số máy, mã khảo sát và tin nhắn viết sẵn, để gửi SMS hoặc Zalo bằng cổng của cơ quan.',
  whom: 'Gửi cho', whomMarked: '{{rows}} bản ghi đã đánh dấu', whomAll: 'cả danh sách ({{rows}})',
  plain: 'Tin nhắn không dấu (cổng SMS)', example: 'Tin nhắn mẫu, {{n}} ký tự',
  noPage: 'Gói quy chế chưa ghi trang khảo sát: tin nhắn chỉ có mã, và số máy để gọi nếu có.',
  personal: 'Tệp có số máy của người báo tin. Tên bạn, giờ xuất và số bản ghi được ghi vào nhật ký truy cập trước khi tệp được tạo; gửi xong thì xóa tệp.',
  run: 'Xuất tin của {{rows}} bản ghi',
  left: '{{count}} bản ghi không có dòng nào: không còn chờ khảo sát, không có số máy, hoặc cùng người báo tin của một vụ việc.',
  column: { displayNo: 'Số vụ việc', phone: 'Điện thoại', code: 'Mã khảo sát', link: 'Đường dẫn', message: 'Tin nhắn' },
  message: {
    page: '{site}: Kính mời Ông/Bà đánh giá việc xử lý phản ánh {no} tại {link} (mã {code}). Trân trọng cảm ơn!',
    hotline: '{site}: Kính mời Ông/Bà đánh giá việc xử lý phản ánh {no}: gọi {hotline}, đọc mã {code}. Trân trọng cảm ơn!',
    code: '{site}: Phản ánh {no} đã xử lý xong. Khi được hỏi ý kiến, Ông/Bà vui lòng đọc mã {code}. Trân trọng cảm ơn!',
  },
  enter: 'Nhập phiếu khảo sát theo mã', enterShort: 'Nhập theo mã',
  enterMore: 'Gõ hoặc quét mã trên phiếu giấy hay trong câu trả lời gửi về; phiếu của đúng vụ việc mở ra, cách hỏi đã chọn sẵn.',
  channelKeys: 'Alt+1, Alt+2', code: 'Mã khảo sát', codeHint: '10 chữ và số, có hay không có gạch nối; dán cả đường dẫn cũng được.', find: 'Mở phiếu', openRecord: 'Mở vụ việc',
  lowNoReopening: 'Người báo tin không hài lòng, nhưng không mở lại được vụ việc này.', follow: 'Tiếp nhận vụ việc mới liên quan', followUp: 'Tiếp theo vụ việc số {{no}}: {{comment}}',
};
