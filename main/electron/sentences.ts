import type { AppErrorData, ErrorCode } from '../../contract/errors.ts';

/**
 * What the shell itself must be able to say while there is no page to say it: at a start that fails, at a close. In
 * Vietnamese always, since the language that somebody chose lies in the database that may not open.
 */
const SENTENCES: Partial<Record<ErrorCode, readonly [what: string, todo: string]>> = {
  'shell/not-built': ['Chưa có màn hình đã dựng.', 'Cài lại phần mềm; từ mã nguồn: chạy npm run build.'],
  'shell/folder-read-only': ['Không ghi được vào thư mục dữ liệu.', 'Kiểm tra quyền của thư mục, hoặc chọn thư mục khác bằng --data.'],
  'shell/keyring-unavailable': ['Kho khóa của hệ điều hành chưa mở được.', 'Đăng nhập lại vào máy hoặc mở khóa kho khóa, rồi mở lại phần mềm.'],
  'shell/keyring-unsafe': ['Máy này không có kho khóa an toàn, nên khóa dữ liệu ai cũng đọc được.', 'Gọi quản trị cài gnome-keyring hoặc kwallet. Chỉ trên máy thử: mở lại với --allow-unsafe-key.'],
  'db/key-missing': ['Không tìm thấy khóa của dữ liệu trên máy.', 'Gọi quản trị để khôi phục khóa; đừng xóa thư mục dữ liệu.'],
  'db/wrong-key': ['Khóa không mở được dữ liệu trên máy.', 'Gọi quản trị để khôi phục khóa; đừng xóa thư mục dữ liệu.'],
  'db/locked-by-other': ['Dữ liệu đang được một chương trình khác mở.', 'Đóng cửa sổ kia rồi thử lại.'],
  'db/damaged': ['Tệp dữ liệu bị hỏng.', 'Gọi quản trị để khôi phục từ sao lưu; đừng xóa thư mục dữ liệu.'],
  'db/from-future': ['Dữ liệu do phiên bản mới hơn ghi.', 'Cài phiên bản mới hơn của phần mềm.'],
  'db/disk-full': ['Ổ đĩa đã đầy.', 'Giải phóng dung lượng rồi thử lại.'],
  'db/read-only': ['Không được phép ghi vào thư mục dữ liệu.', 'Kiểm tra quyền của thư mục, hoặc gọi quản trị.'],
  'core/gave-up': ['Phần xử lý dừng nhiều lần liền và không được khởi động lại nữa.', 'Thử lại; nếu còn lỗi, gọi quản trị. Những gì đã báo là lưu vẫn còn.'],
  'enrol/code-unknown': ['Mã ghi danh không đúng.', 'Nhập lại mã trong cửa sổ, hoặc xin mã mới.'],
  'enrol/code-used': ['Mã ghi danh đã được dùng.', 'Xin mã mới.'],
  'enrol/code-expired': ['Mã ghi danh đã hết hạn.', 'Xin mã mới.'],
  'link/unreachable': ['Chưa kết nối được máy chủ tỉnh.', 'Kiểm tra mạng; có thể ghi danh sau trong cửa sổ.'],
};

/** The two sentences of an error; one without its own names its code, so that a call for help can begin. */
export function sentencesOf(error: AppErrorData): { what: string; todo: string } {
  const [what, todo] = SENTENCES[error.code] ?? ['Phần mềm không khởi động được.', `Gọi quản trị và đọc mã lỗi: ${error.code}.`];
  return { what, todo };
}

export const CLOSE_QUESTION = {
  title: 'Đóng bàn điều hành?',
  message: (name: string): string => `${name} đang trong ca trên máy này.`,
  detail: 'Đóng cửa sổ là tắt báo động và đồng bộ của máy này. Bản nháp và những gì đã lưu vẫn còn.',
  stay: 'Ở lại', close: 'Đóng',
} as const;

export const UNRESPONSIVE_QUESTION = { title: 'Cửa sổ không phản hồi', message: 'Màn hình chưa phản hồi. Bản nháp đã được lưu.', wait: 'Chờ', reload: 'Tải lại' } as const;
export const FAILURE_BUTTONS = { retry: 'Thử lại', close: 'Đóng' } as const;
export const WINDOW_LOST = { what: 'Màn hình hỏng nhiều lần liền.', todo: 'Mở lại phần mềm; nếu còn lỗi, gọi quản trị. Bản nháp và những gì đã lưu vẫn còn.' } as const;
