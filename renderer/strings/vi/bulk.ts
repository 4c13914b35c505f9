/** Bulk actions of the queue: what is marked, what is done to all of it, what came of it. */
export const bulk = {
  toolbar: 'Xử lý bản ghi đã đánh dấu', marked: 'Đã đánh dấu {{count}} bản ghi', none: 'Bỏ chọn', noRight: 'Tài khoản này không có quyền xử lý hàng loạt.',
  action: { classify: 'Phân loại', startVerification: 'Bắt đầu xác minh', forward: 'Chuyển xử lý', note: 'Ghi chú', link: 'Gộp', remind: 'Đôn đốc' },
  title: { classify: 'Phân loại {{count}} bản ghi', startVerification: 'Bắt đầu xác minh {{count}} bản ghi', forward: 'Chuyển xử lý {{count}} bản ghi', note: 'Ghi chú vào {{count}} bản ghi', link: 'Gộp {{count}} bản ghi', remind: 'Đôn đốc đơn vị của {{count}} bản ghi' },
  verb: { classify: 'Phân loại {{count}} bản ghi', startVerification: 'Bắt đầu xác minh {{count}} bản ghi', forward: 'Chuyển {{count}} bản ghi', note: 'Ghi chú vào {{count}} bản ghi', link: 'Gộp {{count}} bản ghi', remind: 'Đôn đốc đơn vị của {{count}} bản ghi' },
  doing: { classify: 'Đang phân loại', startVerification: 'Đang bắt đầu xác minh', forward: 'Đang chuyển xử lý', note: 'Đang ghi chú', link: 'Đang gộp', remind: 'Đang đôn đốc' },
  did: { classify: 'Đã phân loại {{count}} bản ghi', startVerification: 'Đã bắt đầu xác minh {{count}} bản ghi', forward: 'Đã chuyển {{count}} bản ghi', note: 'Đã ghi chú vào {{count}} bản ghi', link: 'Đã gộp {{count}} bản ghi', remind: 'Đã đôn đốc {{count}} bản ghi' },
  missing: { classify: 'Chọn mức hoặc loại việc mới.', startVerification: '', forward: 'Chọn đơn vị chủ trì.', note: 'Viết nội dung ghi chú.', link: 'Chọn vụ việc gộp vào.', remind: '' },
  keep: 'Giữ như cũ', categoryHint: 'Bản ghi thuộc lĩnh vực không có loại này sẽ được để nguyên.', startVerificationMore: 'Các bản ghi mới tiếp nhận chuyển sang đang xác minh, tính giờ từ bây giờ.',
  will: 'Làm được với {{count}} bản ghi', unchanged: '{{count}} bản ghi đã đúng sẵn', cannot: 'Không làm được với {{count}} bản ghi, các bản ghi này vẫn được đánh dấu:', such: 'như {{nos}}', nobody: 'Không có bản ghi nào làm được; xem lý do ở trên.',
  canUndo: 'Hoàn tác được trong 10 phút, trừ những mục đã có người sửa tiếp.', cannotUndo: 'Bước này ghi vào nhật ký của từng bản ghi và không hoàn tác được.',
  undoing: 'Đang hoàn tác', undone: 'Đã hoàn tác {{count}} bản ghi', partly: '{{count}} bản ghi chỉ hoàn tác một phần vì đã có người sửa tiếp', keptSince: '{{count}} bản ghi để nguyên',
  refused: '{{count}} bản ghi bị từ chối, vẫn được đánh dấu', left: '{{count}} bản ghi chưa làm, vẫn được đánh dấu', noUndo: 'bước này không hoàn tác được', stop: 'Dừng', progress: 'Tiến độ', why: 'Xem lý do',
  refusedTitle: 'Bản ghi để nguyên và lý do', moreRefused: 'và {{count}} bản ghi nữa', unseen: 'bản ghi không còn xem được',
};
