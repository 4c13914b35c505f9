/** The rules in force, as data. */
export const policy = {
  title: 'Quy chế đang dùng', pack: 'Gói', inForce: '{{code}} · đang hiệu lực, từ {{day}}', later: '{{code}} · sẽ hiệu lực từ {{day}}', earlier: '{{code}} · từ {{day}}, đã được thay', from: 'hiệu lực từ {{at}}',
  howToChange: 'Bản ghi giữ gói có hiệu lực lúc tiếp nhận. Quản trị của IOC tỉnh sửa và ban hành gói mới ở màn hình này; máy chủ tỉnh ký gói, và gói về các bàn qua đồng bộ.',
  proposed: 'mặc định đề xuất, Quy chế không ghi', source: 'Nơi ghi', clocks: 'thời hạn', clock: 'Thời hạn', thresholds: 'Ngưỡng và giới hạn', rule: 'Quy định', value: 'Giá trị', calendar: 'Lịch làm việc', categories: 'Loại việc', off: 'nghỉ', made: 'làm bù', retired: 'thôi dùng',
  minutes: '{{n}} phút', hours: '{{n}} giờ', days: '{{n}} ngày', workingMinutes: '{{n}} phút làm việc', workingHours: '{{n}} giờ làm việc', workingDays: '{{n}} ngày làm việc', fromReceipt: '{{span}} từ lúc nhận tin', none: 'không',
  ladder: 'Đôn đốc bậc {{n}}', ladderAt: 'khi đã qua {{share}} % thời hạn', ladderOr: ', hoặc khi quá hạn lần thứ {{n}}', ladderTells: '; báo: {{who}}',
  signature: { good: 'Chữ ký của tỉnh: đúng', bad: 'Chữ ký của tỉnh: không đúng, gói không được dùng', 'built-in': 'Gói có sẵn trong chương trình, không có chữ ký' },
  key: 'khóa {{id}}', issuedBy: '{{who}} ban hành lúc {{at}}', issuedByServer: 'máy chủ tỉnh ban hành lúc {{at}}',
  badPacks: 'Có gói về máy này mà chữ ký không phải của tỉnh: {{codes}}.', badPacksTodo: 'Không bản ghi nào được tính theo gói đó. Báo cho quản trị IOC tỉnh.',
  edit: 'Sửa gói', editGoOn: 'Sửa tiếp bản nháp', withdraw: 'Rút lại gói này', withdrawLead: 'Gói {{code}} chưa có hiệu lực. Rút lại thì mọi bàn bỏ gói này ở lần liên lạc kế tiếp; không bản ghi nào thay đổi.',
  perTimes: '{{n}} lần', metres: '{{n}} m', seconds: '{{n}} giây', points: '{{n}} điểm', noLimit: 'không giới hạn', keptUnsaid: 'gói này chưa nêu, nên giữ mãi', reopenedBy: { none: 'không ai', staff: 'cán bộ IOC', reporter: 'người báo tin và cán bộ IOC' },
  limit: {
    warnShare: { value: 'Nhắc sắp đến hạn khi đã qua' },
    dispatchFirst: { severities: 'Sự cố được điều lực lượng trước khi xác minh' },
    returns: { limit: 'Trả lại nhiều nhất, sau đó ca trưởng quyết định' },
    pauses: { infoTimes: 'Chờ bổ sung thông tin: nhiều nhất', infoMinutes: 'Chờ bổ sung thông tin: mỗi lần lâu nhất', holdTimes: 'Tạm dừng: nhiều nhất', holdMinutes: 'Tạm dừng: mỗi lần lâu nhất' },
    reopening: { by: 'Ai được mở lại', days: 'Mở lại được trong, sau khi đóng' },
    dedupe: {
      incident: { metres: 'Tìm trùng, sự cố: bán kính', minutes: 'Tìm trùng, sự cố: khoảng thời gian' }, issue: { metres: 'Tìm trùng, phản ánh: bán kính', minutes: 'Tìm trùng, phản ánh: khoảng thời gian' },
      phoneMinutes: 'Tìm trùng, cùng số máy: khoảng thời gian', closedDays: 'Tìm trùng cả trong vụ đã đóng không quá', splitDays: 'Tách được vụ đã gộp trong',
    },
    survey: { notSeverities: 'Không khảo sát hài lòng ở mức', lowScore: 'Điểm hài lòng thấp, đề nghị mở lại: từ điểm này trở xuống', asking: { windowDays: 'Khảo sát còn chờ sau khi quá hạn' } },
    alarms: { severities: 'Mức có báo động', repeatSeconds: 'Báo động lặp lại mỗi', escalateSeconds: 'Chưa ai nhận thì báo bàn kế tiếp sau', perMinute: 'Báo động nhiều nhất trong một phút' },
    personalData: { requestWorkingDays: 'Trả lời yêu cầu về dữ liệu cá nhân trong (ngày làm việc)', retention: { incidentDays: 'Lưu dữ liệu cá nhân: sự cố', issueDays: 'Lưu dữ liệu cá nhân: phản ánh', falseDays: 'Lưu dữ liệu cá nhân: tin không xác thực', requestDays: 'Lưu dữ liệu cá nhân: yêu cầu về dữ liệu cá nhân' }, duty: { hours: 'Được tính là đang trực (để xem dữ liệu cá nhân)' } },
  },
  ladderGoesTo: '; chuyển tới: {{who}}', ladderKinds: 'đơn vị loại {{kinds}} trong danh bạ', surveyNot: 'Không khảo sát', notLevels: 'sự cố {{levels}}', notWords: 'bản ghi có chữ: {{words}}', surveyPage: 'Trang khảo sát, số máy trong tin', noPage: 'chưa có trang', evidence: 'cần bằng chứng khi báo xong',
};
