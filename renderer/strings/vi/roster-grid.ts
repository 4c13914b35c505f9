/** The grid of a month of duty: what cannot be pasted, days that are not like others, its keys. */
export const rosterGrid = {
  beyondRows: 'Không dán được: {{n}} hàng nằm dưới người cuối của lịch. Chưa ô nào thay đổi.', beyondDays: 'Không dán được: {{n}} ngày nằm sau ngày cuối tháng. Chưa ô nào thay đổi.',
  beyondBoth: 'Không dán được: {{rows}} hàng nằm dưới người cuối, {{days}} ngày nằm sau ngày cuối tháng. Chưa ô nào thay đổi.',
  holiday: 'Lễ', holidayLong: 'nghỉ lễ', closed: 'không trực', closedHoliday: 'nghỉ lễ, không trực', paperHoliday: 'Lễ: ngày nghỉ lễ',
  putShift: 'Gán ca {{code}}', putLeave: 'Gán nghỉ phép', putComp: 'Gán nghỉ bù',
  firstDay: 'Ngày đầu tháng', lastDay: 'Ngày cuối tháng', firstCell: 'Ô đầu lưới', lastCell: 'Ô cuối lưới', all: 'Chọn cả lưới', copy: 'Chép ô đang chọn', paste: 'Dán vào từ ô đang chọn',
  found: 'Người tìm thấy',
};
