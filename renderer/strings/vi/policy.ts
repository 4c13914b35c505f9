/** The rules in force, as data. */
export const policy = {
  title: 'Quy chế đang dùng', pack: 'Gói', inForce: '{{code}} · đang hiệu lực, từ {{day}}', later: '{{code}} · sẽ hiệu lực từ {{day}}', earlier: '{{code}} · từ {{day}}, đã được thay', from: 'hiệu lực từ {{at}}',
  howToChange: 'Bản ghi giữ gói có hiệu lực lúc tiếp nhận. Quản trị viên máy chủ tỉnh sửa và ban hành gói mới bằng lệnh province policy; gói được ký và về các bàn qua đồng bộ.',
  proposed: 'mặc định đề xuất, Quy chế không ghi', source: 'Nơi ghi', clocks: 'thời hạn', clock: 'Thời hạn', thresholds: 'Ngưỡng và giới hạn', rule: 'Quy định', value: 'Giá trị', calendar: 'Lịch làm việc', categories: 'Loại việc', off: 'nghỉ', made: 'làm bù',
  minutes: '{{n}} phút', hours: '{{n}} giờ', days: '{{n}} ngày', workingMinutes: '{{n}} phút làm việc', workingHours: '{{n}} giờ làm việc', workingDays: '{{n}} ngày làm việc', fromReceipt: '{{span}} từ lúc nhận tin', times: '{{n}} lần', none: 'không',
  warn: 'Nhắc sắp đến hạn khi đã qua', dispatchFirst: 'Sự cố được điều lực lượng trước khi xác minh', returns: 'Trả lại nhiều nhất, sau đó ca trưởng quyết định', info: 'Chờ bổ sung thông tin: nhiều nhất', hold: 'Tạm dừng: nhiều nhất', reopening: 'Mở lại', reopeningDays: 'trong {{n}} ngày sau khi đóng',
  nearIncident: 'Tìm trùng: sự cố', nearIssue: 'Tìm trùng: phản ánh', near: 'trong {{metres}} m và {{span}}', split: 'Tách được vụ đã gộp trong', ladder: 'Đôn đốc bậc {{n}}', ladderAt: 'khi đã qua {{share}} % thời hạn', ladderOr: ', hoặc khi quá hạn lần thứ {{n}}', ladderTells: '; báo: {{who}}', survey: 'Khảo sát hài lòng', lowScore: 'từ {{n}} điểm trở xuống thì đề nghị mở lại',
  alarms: 'Báo động', alarmEvery: 'lặp mỗi {{repeat}} giây, sau {{next}} giây báo bàn kế tiếp', requests: 'Trả lời yêu cầu về dữ liệu cá nhân',
};
