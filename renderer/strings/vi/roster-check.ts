/** What the check of a month of duty says beside seats and rules: skills that are lacking, duty at other desks. */
export const rosterCheck = {
  lacksAfter: 'Ca {{code}} ngày {{date}} còn thiếu {{n}} người có kỹ năng {{skill}}',
  lacks: '{{n}} ca thiếu người có kỹ năng: {{skills}}',
  overlaps: 'trùng giờ', rest: 'chỉ nghỉ {{is}} giờ, cần {{allowed}} giờ',
  overWeek: 'Quá {{n}} giờ/tuần', isWeek: '{{is}} giờ/tuần, tối đa {{allowed}}', isDaysOff: 'nghỉ {{is}} ngày, ít nhất {{allowed}}', evenSharing: 'quy định nội bộ: chia đều ca đêm',
  empties: 'đi thì ca {{code}} cùng ngày thiếu người', dayLacks: 'Thiếu kỹ năng: {{missing}}.', shiftLacks: 'ca {{code}} thiếu {{n}} {{skill}}',
  missingHours: 'Thiếu {{hours}} giờ.', nobodyHas: 'Chưa ai có kỹ năng {{skill}}: cần ở {{needed}} chỗ trong tháng.', fewHave: 'Kỹ năng {{skill}}: cần ở {{needed}} chỗ, {{people}} người có làm được nhiều nhất {{able}} ca.',
  gapSkill: '{{date}} ca {{code}}: thiếu {{n}} {{skill}}', fewer: 'thu gọn',
};
