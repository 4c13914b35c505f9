/** Questions of the forms in which the steps of a record are taken. */
export const steps = {
  reason: 'Lý do', note: 'Ghi chú', question: 'Cần hỏi gì, hỏi ai?', handOffNote: 'Vì sao chuyển, đã làm gì rồi?', newEvidence: 'Vì sao mở lại, có gì mới?', correction: 'Đính chính: điều gì sai, đúng là thế nào?', splitWhy: 'Vì sao không phải cùng một vụ việc?',
  advisedBody: 'Hướng dẫn người báo tin liên hệ nơi nào', suggestedUnit: 'Đề nghị chuyển đơn vị', until: 'Chờ đến', reviewAt: 'Xem lại lúc', momentForm: 'dd/MM/yyyy HH:mm', badMoment: 'Không đọc được ngày giờ; viết dạng 25/11/2026 08:30.',
  reopenBy: 'Ai yêu cầu mở lại', toLine: 'Chuyển cho đầu số', lines: 'Đầu số cùng xử lý', lineLeaves: 'Đầu số thôi tham gia', forceUnit: 'Lực lượng của đơn vị', forceName: 'Tên lực lượng, biển số', remindUnit: 'Đôn đốc đơn vị',
  surveyChannel: 'Hỏi bằng cách nào', score: 'Mức hài lòng', scores: { s5: '5 · Rất hài lòng', s4: '4 · Hài lòng', s3: '3 · Bình thường', s2: '2 · Không hài lòng', s1: '1 · Rất không hài lòng' }, notReached: 'Không liên lạc được, không trả lời',
  onTime: 'Xử lý đúng hạn?', rightResult: 'Kết quả đúng yêu cầu?', attitude: 'Thái độ phục vụ tốt?', comment: 'Góp ý của người được hỏi',
  missing: 'Còn thiếu: {{what}}', optional: '{{what}} (không bắt buộc)',
  resources: 'Lực lượng đã điều', resourceNow: 'Ghi {{step}}: bây giờ', notYet: 'chưa',
  caseOf: 'Vụ việc này đã gộp vào', parts: 'Gộp {{count}} lượt phản ánh khác', mergeInto: 'Gộp vào vụ việc số', mergeFind: 'Gõ số, địa điểm hoặc nội dung của vụ việc kia', mergeNone: 'Không có vụ việc nào khớp', merge: 'Gộp',
  offered: 'Đang chờ đầu số {{line}} nhận; từ {{at}}. Cho đến khi họ nhận, đầu số {{own}} vẫn giữ vụ việc.', offeredToYou: 'Đầu số {{own}} chuyển cho {{line}} từ {{at}}: {{note}}',
  joint: 'Cùng xử lý', returnedTimes: 'Đã bị trả lại {{times}} lần; lần cuối: {{reason}}', suggests: 'Đơn vị đề nghị chuyển: {{unit}}', reopenedTimes: 'Mở lại lần {{times}}', reminded: 'Đã đôn đốc {{times}} lần; lần cuối {{at}}',
  paused: 'Đang dừng từ {{at}}: {{reason}}', pausedUntil: 'đến {{at}}', cancelBy: '{{who}} đề nghị hủy: {{note}}', surveyed: 'Khảo sát', lowScore: 'Người báo tin không hài lòng: có thể mở lại vụ việc.',
  ladder: 'Mức đôn đốc {{level}}/{{of}}, từ {{at}}.', ladderTells: 'Báo: {{who}}.', ladderLevel: 'mức {{level}}', ladderCall: 'Đến mức đôn đốc {{level}} – chưa gửi được – gọi điện: {{who}} {{phone}}', ladderNoNumber: 'Đến mức đôn đốc {{level}} – chưa gửi được – danh bạ chưa có số máy, báo bằng cách khác cho: {{who}}', ladderToTell: 'Cần báo: {{who}}. Ghi giờ báo vào ghi chú.',
  clocks: 'Thời hạn', clockDone: 'xong {{at}}', clockLate: 'trễ hạn', clockLink: 'trễ do mất kết nối', clockLeft: 'hạn {{at}}', clockPaused: 'đang dừng', clockNoLimit: 'không đặt thời hạn', proposedDefault: 'mặc định đề xuất, Quy chế không ghi', fromPack: 'theo {{pack}}',
};
