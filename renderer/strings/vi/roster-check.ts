/** What the check of a month of duty says beside seats and rules: skills that are lacking, duty at other desks. */
export const rosterCheck = {
  lacks: '{{n}} ca thiếu người có kỹ năng: {{skills}}',
  overlaps: 'trùng giờ', rest: 'chỉ nghỉ {{is}} giờ, cần {{allowed}} giờ',
};
