/** Establishment and working-time rules: in the policy pack, and where a roster is held against them. */
export const dutyRules = {
  title: 'Lịch trực: định biên, giờ làm, giờ nghỉ', establishment: 'Định biên', profiles: 'Quy tắc giờ làm, giờ nghỉ',
  desk: { '113': 'Tuyến 113', '114': 'Tuyến 114', '115': 'Tuyến 115', ioc: 'IOC tỉnh', office: 'Văn phòng IOC huyện', camera: 'Trực camera' }, place: 'Tuyến, bàn trực',
  profile: { LAB48: 'Bộ luật Lao động (48 giờ)', CC40: 'Cán bộ, công chức (40 giờ)', CAND: 'Công an nhân dân', YTE24: 'Y tế trực 24/24' },
  people: 'Số người', offSite: 'Trong đó không ngồi tại chỗ', seats: 'Chỗ mỗi ca', hours: 'Giờ trực', hoursOf: { around: 'suốt ngày đêm', working: 'giờ làm việc' },
  peopleWords: '{{n}} người', offSiteWords: '{{n}} người không ngồi tại chỗ', seatsWords: '{{n}} chỗ mỗi ca',
  limit: {
    restMinutes: 'Nghỉ giữa hai ca: ít nhất', weekMinutes: 'Giờ làm một tuần, trung bình cả tháng: nhiều nhất', daysOff: 'Ngày nghỉ trong 30 ngày: ít nhất', maxRun: 'Ngày trực liền nhau: nhiều nhất',
    maxNights: 'Đêm trực liền nhau: nhiều nhất', minRun: 'Đợt trực: ít nhất', minRest: 'Đợt nghỉ: ít nhất',
  },
  unit: { restMinutes: 'giờ', weekMinutes: 'giờ', daysOff: 'ngày', maxRun: 'ngày', maxNights: 'đêm', minRun: 'ngày', minRest: 'ngày' },
  amount: { restMinutes: '{{n}} giờ', weekMinutes: '{{n}} giờ', daysOff: '{{n}} ngày', maxRun: '{{n}} ngày', maxNights: '{{n}} đêm', minRun: '{{n}} ngày', minRest: '{{n}} ngày' },
  binds: 'Là', bindsOf: { law: 'luật', house: 'quy định nội bộ' }, withBinding: '{{amount}} ({{binds}})',
  drop: 'Bỏ giới hạn', dropOf: 'Bỏ giới hạn: {{what}}', again: 'Đặt giới hạn', againOf: 'Đặt giới hạn: {{what}}',
  lead: 'Định biên cho chỗ ngồi và giờ trực của lịch mới, từ tháng bắt đầu sau khi gói có hiệu lực. Quy tắc được kiểm tra khi xếp lịch; trái quy tắc vẫn công bố được khi ghi lý do.', unfitHours: 'Ghi số giờ, ví dụ 12 hoặc 11,5.',
  broken: {
    restMinutes: 'Nghỉ chuyển ca dưới {{n}} giờ', weekMinutes: 'Quá giờ làm trung bình một tuần', daysOff: 'Nghỉ không đủ ngày trong tháng', maxRun: 'Quá {{n}} ngày trực liền', maxNights: 'Quá {{n}} đêm liền',
    minRun: 'Đợt trực dưới {{n}} ngày', minRest: 'Đợt nghỉ dưới {{n}} ngày',
  },
  isRest: 'nghỉ {{is}} giờ', from: 'Định biên, số ca: {{establishment}}. Giờ làm, giờ nghỉ ({{profile}}): {{limits}}.', unsaid: 'mặc định đề xuất',
};
