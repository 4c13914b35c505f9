/** What explains a roster that is being planned: conflicts, ways out, why not, the ledger, copies. */
export const explain = {
  conflicts: 'Vì sao không xếp đủ người', seeking: 'đang tìm quy tắc xung đột…', ask: 'Tìm quy tắc xung đột',
  hint: 'Mỗi dòng: “mọi ca đủ người” không thể cùng lúc với những quy tắc đó. Bỏ một quy tắc trong dòng thì dòng đó hết.',
  none: 'Mọi quy tắc giữ được mà vẫn đủ người: bộ xếp lịch (K) tìm ra lịch.', undecided: 'Chưa xác định được trong thời gian cho phép. Chưa kết luận gì về quy tắc.', more: 'Có thể còn xung đột khác chưa tìm hết.', large: 'Những quy tắc này chỉ xung đột khi cùng lúc quá ba điều.',
  noRule: 'Dù bỏ mọi quy tắc vẫn thiếu người', able: 'chỉ làm được {{able}}/{{needed}} ca', notLeast: 'có thể ít hơn', entered: 'đã nhập',
  group: {
    restMinutes: 'nghỉ ít nhất {{value}} giờ giữa hai ca', weekMinutes: 'tối đa {{value}} giờ/tuần', daysOff: 'ít nhất {{value}} ngày nghỉ/30 ngày', maxRun: 'tối đa {{value}} ngày trực liền', maxNights: 'tối đa {{value}} đêm liền',
    minRun: 'đợt trực ít nhất {{value}} ngày', minRest: 'đợt nghỉ ít nhất {{value}} ngày', leave: 'nghỉ phép, nghỉ bù, ca ở bàn trực khác đã ghi', pins: 'ô đã ghim',
  },
  mend: 'Sửa ô', fill: 'Tìm người', noWay: 'Không có cách sửa nào mà không trái quy tắc khác hoặc để trống ca.', looking: 'đang tìm…', give: '{{code}} {{date}}: {{from}} → {{to}}', off: '{{date}}: {{name}} nghỉ', put: '{{date}}: {{name}} đổi {{was}} → {{is}}', take: '{{name}} nhận ca {{code}} {{date}}', andMore: 'và {{n}} ô nữa',
  gaps: 'Ca còn trống, còn thiếu kỹ năng', noGaps: 'Không ca nào trống hay thiếu kỹ năng.', gap: '{{date}} ca {{code}}: thiếu {{n}}', lenders: 'Mượn người bàn khác đang rảnh: {{names}}', overtime: 'Nếu cho một người vượt giờ: {{who}}', or: ' hoặc ', over: '{{name}} +{{hours}} giờ', overtimeHint: 'Vượt giờ là trái luật giờ làm; công bố phải ghi lý do.',
  why: 'Vì sao không xếp được', whyOf: 'Ai chưa có trong ca {{code}} ngày {{date}}', whyKey: 'Vì sao không xếp được vào ca này?', shift: 'Ca', close: 'Đóng', could: 'xếp được', everybody: 'Mọi người đã ở ca này.',
  reason: {
    notNext: 'chỉ nghỉ {{rest}} giờ giữa ca {{last}} ngày {{before}} và ca {{next}} ngày {{date}} (ít nhất {{least}} giờ)', notNextBefore: 'chỉ nghỉ {{rest}} giờ sau ca {{last}} ngày cuối tháng trước (ít nhất {{least}} giờ)', minutes: 'thành {{is}} giờ trong tháng (tối đa {{allowed}})',
    maxRun: 'thành {{is}} ngày trực liền từ {{date}} (tối đa {{allowed}})', maxRunOf: 'thành {{is}} đêm liền đến {{date}} (tối đa {{allowed}})', minRun: 'đợt trực từ {{date}} chỉ {{is}} ngày (ít nhất {{allowed}})', minRest: 'đợt nghỉ từ {{date}} chỉ {{is}} ngày (ít nhất {{allowed}})',
    leave: 'nghỉ phép hoặc nghỉ bù ngày {{date}}', daysOff: 'chỉ còn {{is}} ngày nghỉ trong tháng (ít nhất {{allowed}})', weekMinutes: 'thành {{is}} giờ/tuần (tối đa {{allowed}})', maxOf: 'thành {{is}} ca đêm trong tháng (tối đa {{allowed}})', maxWeekends: 'thành {{is}} cuối tuần (tối đa {{allowed}})', empties: 'đang trực ca {{code}} cùng ngày, rời đi thì ca đó thiếu người', busy: 'đang trực ca {{code}} cùng ngày', offSite: 'ngoài biên chế trực (Điều 8.3)', overlaps: 'trùng giờ với ca ở bàn trực khác ngày {{date}}', elsewhere: 'chỉ nghỉ {{rest}} giờ cạnh ca ở bàn trực khác ngày {{date}} (ít nhất {{least}} giờ)',
  },
  ledger: { now: 'Tháng này', carried: 'Các tháng trước', total: 'Cộng', holidays: 'Lễ', months: '{{n}} tháng', above: 'nhiều hơn phần chia đều {{by}}', below: 'ít hơn phần chia đều {{by}}', hint: 'Các tháng trước: lịch đã công bố, tối đa ba tháng. ▲ nhiều hơn, ▼ ít hơn phần chia đều theo số tháng.', by: { minutes: '{{n}} giờ', nights: '{{n}} đêm', weekends: '{{n}} ca cuối tuần', holidays: '{{n}} ca lễ' } },
  copies: {
    title: 'Phương án', hint: 'Chép tháng này thành phương án để thử; bản nháp giữ nguyên. Tối đa bốn phương án, lưu ở máy này.', add: 'Chép thành phương án', name: 'Phương án {{letter}}', draft: 'Nháp', open: 'Mở', take: 'Lấy làm nháp', remove: 'Xóa', removed: 'Đã xóa {{name}}.', restore: 'Lấy lại',
    saved: 'Đã lưu {{name}}', what: 'So sánh', empty: 'Ca trống', law: 'Trái luật', house: 'Trái quy tắc nhà', minutes: 'Chênh giờ', nights: 'Chênh đêm', fromDraft: 'Ô khác nháp', fromPublished: 'Ô khác bản công bố', inHand: 'đang sửa', back: 'Về bản nháp', full: 'Đã đủ bốn phương án: xóa một để chép thêm.',
  },
};
