export const commandBar = {
  title: 'Thanh lệnh',
  placeholder: 'Gõ lệnh, số vụ việc, tên đường, số điện thoại…',
  group: { recent: 'Vừa mở', records: 'Vụ việc', folded: 'Vụ việc, dấu khác với chữ đã gõ', go: 'Tới màn hình', receive: 'Tiếp nhận', act: 'Lệnh' },
  go: 'Mở {{screen}}',
  searching: 'Đang tìm…',
  none: 'Không thấy gì khớp với “{{text}}”. Gõ không dấu cũng được.',
  noneRecords: 'Không có vụ việc nào khớp.',
  failed: 'Chưa tìm được vụ việc: {{why}}',
  now: 'đang dùng',
  words: {
    queue: 'hang doi danh sach vu viec', imports: 'nhap du lieu open311 csv', directory: 'danh ba don vi dau moi nguoi so may', health: 'vi sao chua dong bo tinh trang mang ket noi dong bo can xu ly bi tu choi',
    stick: 'usb gui bang usb xuat tep nhan tep mang ho khong co mang', receive: 'moi cuoc goi nhap tao', survey: 'khao sat hai long phieu ma danh gia', wallboard: 'bang treo tuong man hinh lon tivi wallboard', tryNow: 'dong bo ket noi mang', lock: 'lock khoa may roi ban', signOut: 'sign out thoat doi nguoi',
    theme: 'giao dien mau nen che do theme', themeLight: 'light ban ngay', themeDark: 'dark ban dem ca dem', themeAuto: 'tu dong he thong may tinh auto system', scale: 'co chu phong to thu nho zoom',
    vietnamese: 'ngon ngu tieng viet language vietnamese', english: 'ngon ngu tieng anh language english',
  },
  act: { receive: 'Tiếp nhận {{service}}', tryNow: 'Thử đồng bộ ngay', attention: 'Mở Cần xử lý', theme: 'Nền: {{name}}', language: 'Ngôn ngữ: {{name}}' },
  hint: { move: 'Chọn', open: 'Mở', close: 'Đóng' },
};
