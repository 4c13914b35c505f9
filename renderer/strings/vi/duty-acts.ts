/** Acts upon a published month: taking a running shift over, approving in somebody's stead, and what was accepted. */
export const dutyActs = {
  whyNeeded: 'Ghi lý do.', binds: { law: 'luật', house: 'quy định nội bộ' },
  shiftAt: 'ca {{code}} ở {{desk}}',
  restBefore: 'Bạn vừa hết {{shift}} lúc {{at}}: mới nghỉ {{is}} giờ, ít nhất {{allowed}} ({{binds}}).', restAfter: 'Ca tiếp của bạn: {{shift}} lúc {{at}}. Chỉ được nghỉ {{is}} giờ, ít nhất {{allowed}} ({{binds}}).',
  overlaps: 'Bạn có {{shift}} từ {{at}}: trùng giờ với ca này.', rested: 'Nghỉ trước và sau ca này: không trái quy tắc nào của bạn.',
  weekOver: 'Tuần này bạn sẽ trực {{is}} giờ; giới hạn trung bình {{most}} giờ một tuần ({{binds}}).', week: 'Tuần này bạn sẽ trực {{is}} giờ.',
  wasTaken: '{{name}} đã nhận ca {{code}} {{date}} của bạn từ {{at}}: “{{reason}}”', wasApproved: '{{by}} đã duyệt đổi ca liên quan tới bạn: {{line}} (“{{reason}}”)',
  takenBy: 'đã được {{name}} nhận thay từ {{at}}', insteadOf: 'trực thay {{name}}', moreShifts: 'và {{n}} ca nữa', toDraft: 'Mở bản nháp để lập và công bố',
  restIs: 'nghỉ {{is}} giờ, ít nhất {{allowed}}', breaksLaw: 'Nếu duyệt, trái luật:', breaks: 'Nếu duyệt, trái:', whyApprove: 'Vì sao duyệt', notTaken: '{{name}} chưa trả lời: bạn duyệt thay, phải ghi lý do.',
  notBegun: 'ca chưa bắt đầu',
  undo: 'Nhận nhầm thì {{name}} bấm “Nhận ca đang trực” để lấy lại; sau đó người lập lịch sửa ở Chấm công.',
};
