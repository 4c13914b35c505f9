/** What the search for a roster found, said in shifts; a copy of a month that is open. */
export const rosterSearch = {
  full: 'đủ người mọi ca', under: 'thiếu {{n}} ca', empty: '{{n}} ca không có ai', skill: 'thiếu người có kỹ năng {{n}} chỗ', over: 'thừa {{n}} người', share: 'lệch chia đều {{n}}', wish: '{{n}} nguyện vọng chưa được',
  line: 'Bộ xếp lịch: {{words}}', gap: 'còn có thể tốt hơn tới {{gap}}', figures: 'Điểm phạt {{best}} · cận dưới {{bound}} · khoảng cách {{gap}}', edited: 'lưới đã sửa sau lần tìm trước',
  overtaken: 'đã dừng vì có lượt tìm khác, giữ bản tốt nhất', overtakenEmpty: 'đã dừng vì có lượt tìm khác, chưa tìm được lịch nào', without: 'có người không xếp được: xem thẻ Bộ xếp lịch bên phải',
  copyOpen: 'Đang mở {{name}}; bản nháp giữ nguyên. Muốn công bố: lấy phương án làm nháp rồi công bố.', noPublish: 'Lấy phương án làm nháp rồi công bố.', noPaper: 'In từ bản nháp: lấy phương án làm nháp trước.',
};
