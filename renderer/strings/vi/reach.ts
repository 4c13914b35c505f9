/** Who is to be called at a unit now, and why (Q13.5). */
export const reach = {
  focal: 'Đầu mối', deputy: 'Người thay', head: 'Người đứng đầu',
  because: { 'off-duty': 'Ngoài giờ', 'no-number': 'Đầu mối chưa có số máy', none: 'Chưa có đầu mối' },
  call: { deputy: 'gọi người thay', head: 'gọi người đứng đầu', unit: 'gọi số đơn vị', gap: 'chưa có ai thay' },
  toHead: 'chuyển người đứng đầu',
  fallsToHead: 'Đơn vị này chưa có đầu mối: việc chuyển tới người đứng đầu, {{name}}.',
  headTakes: 'Người đứng đầu có tài khoản thì nhận trên hệ thống; gọi báo ngay: {{phone}}.',
  onlyShiftLead: 'Đơn vị này chưa có đầu mối, cũng chưa ghi người đứng đầu: chỉ ca trưởng chuyển được.',
};
