/** A month of duty that another window has changed meanwhile. */
export const rosterApart = {
  aside: 'Bản riêng {{at}}',
  title: '{{by}} đã sửa tháng này ở cửa sổ khác lúc {{at}}, trùng chỗ với bản của cửa sổ này.',
  has: 'Bản của cửa sổ này khác {{cells}} ô, chưa vào nháp: {{some}}.', otherwise: 'Bản của cửa sổ này khác ở người, ca hoặc cài đặt, chưa vào nháp.',
  theirs: 'Lấy bản kia', mine: 'Giữ bản của tôi',
  kept: 'Chọn rồi vẫn lùi lại được bằng Ctrl+Z. Trong lúc chờ, bản của cửa sổ này nằm ở phương án “{{name}}”.', undo: 'Chọn rồi vẫn lùi lại được bằng Ctrl+Z.',
  joined: 'Đã ghép phần {{by}} sửa ở cửa sổ khác lúc {{at}}',
};
