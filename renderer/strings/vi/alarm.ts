export const alarm = {
  label: 'Báo động', take: 'Nhận báo động', open: 'Mở vụ việc', more: 'và {{count}} báo động nữa', unlock: 'Đăng nhập hoặc mở khóa để nhận báo động.',
  theirs: 'Bạn không nhận thay được: gọi bàn lĩnh vực {{service}}.',
  what: { new: '{{severity}} · {{service}} · {{category}} · chưa ai nhận', handOff: '{{severity}} · đề nghị lĩnh vực {{service}} nhận · {{category}}', join: '{{severity}} · gọi lĩnh vực {{service}} cùng xử lý · {{category}}' },
  waiting: 'Số {{no}} · {{area}} · chờ {{waited}}', waitingNoArea: 'Số {{no}} · chờ {{waited}}',
  level: { line: 'Các bàn của lĩnh vực', centre: 'Đã báo mọi bàn của trung tâm', province: 'Đã báo cả trung tâm tỉnh' },
  silent: 'Máy này chưa phát được chuông.', silentMore: 'Nhấn vào đây để bật âm thanh, rồi kiểm tra loa.', turnOn: 'Bật âm thanh',
  test: 'Thử chuông', tested: 'Đã thử chuông lúc {{at}}', notHeard: 'Chuông không nghe được (thử lúc {{at}})', testTitle: 'Thử chuông đầu ca',
  testMore: 'Nghe từng loại chuông. Không nghe thấy thì kiểm tra loa, mức âm lượng và báo quản trị: báo động vẫn hiện trên màn hình.',
  sound: { life: 'Tính mạng (P1)', emergency: 'Sự cố khẩn cấp', handOff: 'Lĩnh vực khác đề nghị nhận', issue: 'Phản ánh khẩn' },
  play: 'Nghe', heard: 'Nghe rõ', unheard: 'Không nghe thấy', close: 'Đóng',
};
