/** Bản đồ trong biểu mẫu tiếp nhận và ở trang vụ việc. */
export const map = {
  title: 'Bản đồ', label: 'Bản đồ nơi xảy ra', key: 'Tới bản đồ', show: 'Xem bản đồ', hide: 'Ẩn bản đồ',
  help: 'Mũi tên: dời tâm ngắm, thêm Shift đi xa hơn · + −: phóng to, thu nhỏ · 1–6: chọn vụ · Home: về chỗ cũ',
  helpPut: 'Enter: đặt điểm',
  put: 'Đặt điểm ở tâm ngắm', before: 'Lấy lại “{{text}}”', edit: 'Sửa vị trí',
  zoomIn: 'Phóng to', zoomOut: 'Thu nhỏ', home: 'Về chỗ cũ', west: 'Sang tây', north: 'Lên bắc', south: 'Xuống nam', east: 'Sang đông',
  here: { call: 'Cuộc gọi này', report: 'Phản ánh này', record: 'Vụ việc này' },
  radius: 'bán kính {{length}}',
  said: {
    counts: 'Bản đồ rộng {{width}}: {{records}} vụ trong 24 giờ, {{units}} đơn vị, {{areas}} xã, phường.', point: 'Điểm ở {{position}}.', noPoint: 'Chưa đặt điểm.',
    cross: 'Tâm ngắm {{position}}', fromPoint: 'cách điểm {{distance}}', put: 'Đã đặt điểm ở {{position}}.', chosen: 'Vụ {{letter}}, {{no}}: {{description}}', noLetter: 'Không có vụ {{letter}}.',
  },
  near: {
    title: 'Quanh đây, 24 giờ qua', newest: 'Mới nhất trong khung, 24 giờ qua', none: 'Không có vụ nào có tọa độ trong khung bản đồ.', more: 'Còn vụ khác: phóng to để thấy.',
    since: 'Chỉ xét từ {{time}}: quá nhiều vụ.', loading: 'Đang tìm vụ quanh đây…', choose: 'Vụ {{letter}}, xem trên bản đồ', open: 'Mở',
    now: 'vừa xong', minutes: '{{n}} phút trước', hours: '{{n}} giờ trước',
  },
  ground: {
    none: 'Lưới kinh vĩ độ. Máy này chưa có bản đồ nền: quản trị đặt tệp .pmtiles vào thư mục map trong thư mục dữ liệu.', noDrawing: 'Lưới kinh vĩ độ: máy này không vẽ được bản đồ nền (thiếu WebGL).',
  },
  position: { label: 'Vị trí (vĩ độ; kinh độ)', wrong: 'Chưa đọc được: ghi hai số, vĩ độ trước, ví dụ 11,5312; 106,8823.', noPosition: 'Chưa ghi tọa độ; bản đồ mở ở trung tâm xã, phường.', noPlace: 'Chưa ghi tọa độ và xã, phường.' },
};
