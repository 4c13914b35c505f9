export const commandBar = {
  title: 'Thanh lệnh',
  placeholder: 'Gõ lệnh, số vụ việc, tên đường, số điện thoại…',
  group: { recent: 'Vừa mở', records: 'Vụ việc', go: 'Tới màn hình', receive: 'Tiếp nhận', act: 'Lệnh' },
  go: 'Mở {{screen}}',
  searching: 'Đang tìm…',
  none: 'Không thấy gì khớp với “{{text}}”. Gõ không dấu cũng được.',
  noneRecords: 'Không có vụ việc nào khớp.',
  failed: 'Chưa tìm được vụ việc: {{why}}',
  folded: 'khác dấu',
  words: {
    queue: 'hang doi danh sach vu viec', imports: 'nhap du lieu open311 csv', directory: 'danh ba don vi dau moi nguoi so may', health: 'tinh trang mang ket noi dong bo can xu ly bi tu choi',
    receive: 'moi cuoc goi nhap tao', tryNow: 'dong bo ket noi mang',
  },
  act: { receive: 'Tiếp nhận {{service}}', tryNow: 'Thử đồng bộ ngay', attention: 'Mở Cần xử lý' },
  hint: { move: 'Chọn', open: 'Mở', close: 'Đóng' },
};
