export const attendance = {
  plan: 'Lịch', worked: 'Chấm công', views: 'Xem lịch hay chấm công', toggle: 'Lịch hay chấm công', legend: '✓ đã trực · + trực thay · ✕ vắng · ? chưa chấm công',
  mark: { came: 'đã trực', instead: 'trực thay', absent: 'vắng', unknown: 'chưa chấm công' },
  running: 'Ca đang trực', none: 'Lúc này không có ca nào của tháng này đang trực.', until: 'Ca {{code}} · đến {{at}}', nobody: 'Chưa có ai trong ca này', here: 'có mặt', notSeen: 'chưa thấy đăng nhập', instead: 'thay {{name}}',
  takeOver: 'Nhận ca đang trực', takeOverFrom: 'Nhận ca đang trực của {{name}}', ask: 'Bạn nhận ca {{code}} của {{name}} từ bây giờ đến {{at}}? {{name}} sẽ được báo; lịch đã công bố giữ nguyên.', reason: 'Lý do', confirm: 'Nhận ca từ bây giờ', cancel: 'Thôi',
  table: 'Bảng công', tableHint: 'Giờ thực tế; ca tính vào tháng mà ca bắt đầu. Giờ đêm 22:00–06:00. Làm thêm: ngoài ca của mình và phần vượt giờ chuẩn tuần, tính chung mọi tuyến, bàn trực của trung tâm.', beside: 'bàn khác', besideOf: 'Trong giờ làm thêm có {{hours}} giờ vượt giờ chuẩn tuần vì trong tuần còn trực ở tuyến, bàn khác.', who: 'Người trực', shifts: 'Ca', shiftsOf: '{{actual}}/{{planned}}', hours: 'Giờ', night: 'Đêm', holiday: 'Lễ', overtime: 'Thêm', absent: 'Vắng', comp: 'Bù',
  long: { shifts: 'Ca thực tế / ca theo lịch', hours: 'Giờ thực tế', night: 'Giờ đêm', holiday: 'Giờ ngày lễ', overtime: 'Giờ làm thêm', absent: 'Ca vắng', comp: 'Giờ nghỉ bù còn' },
  compOf: '{{name}} – nghỉ bù (giờ): đầu tháng {{opening}}, phát sinh {{earned}}, đã nghỉ {{taken}}, còn {{balance}}. Đến muộn {{late}} phút, chưa chấm công {{unknown}} ca.',
  left: 'Ca trống, thiếu người ({{n}})', leftNone: 'Ca đã qua nào cũng đủ người.', leftLine: 'Ca {{code}} {{date}}: có {{there}}, cần {{need}}', leftHours: 'Ca {{code}} {{date}}: thiếu người {{hours}} giờ', leftMinutes: 'Ca {{code}} {{date}}: thiếu người {{minutes}} phút', more: 'và {{n}} ca nữa',
  loading: 'Đang tính bảng công…', cell: '{{name}}, {{date}}: {{what}}', noShift: 'không có ca', notOwn: 'Chấm công của chính mình do người lập lịch khác sửa.', noEntry: 'chưa chấm công', came: 'ca {{code}}, {{from}}–{{to}} ({{source}})', cameToEnd: 'ca {{code}}, từ {{from}} đến hết ca ({{source}})', absentBy: 'ca {{code}}, vắng ({{by}}: “{{reason}}”)',
  source: { signIn: 'đăng nhập', handover: 'bàn giao ca', takeOver: 'nhận ca đang trực', planner: 'người lập lịch ghi' },
  edit: 'Sửa chấm công', shift: 'Ca', kind: 'Chấm công', present: 'Có mặt', away: 'Không đến', from: 'Từ', to: 'Đến', toEnd: 'hết ca', insteadOf: 'Thay cho', noOne: 'không thay ai', editReason: 'Lý do sửa', save: 'Lưu chấm công', badTime: 'Giờ ghi như 06:30.', notYet: 'Ca này chưa bắt đầu.',
  out: 'Bảng công (xlsx)',
};
