import { IMPORT_WARNINGS } from '../../contract/imports.ts';
import type { AppErrorData, ErrorCode, ErrorFacts } from '../../contract/errors.ts';

type Sentence = (facts: ErrorFacts) => string;
const plain = (text: string): Sentence => () => text;

/** Fields that an imported line may lack or have wrong, as the forms name them. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  description: 'nội dung', place: 'địa điểm', 'place.text': 'địa điểm', 'place.lat': 'vĩ độ', 'place.lon': 'kinh độ', category: 'loại việc',
  service: 'lĩnh vực', severity: 'mức độ', receivedAtMs: 'thời điểm tiếp nhận', occurredAtMs: 'thời điểm xảy ra', reporter: 'người báo tin',
  'reporter.phone': 'số điện thoại', 'reporter.name': 'họ tên người báo tin', sourceRef: 'mã nguồn',
};
const fieldWord = (facts: ErrorFacts): string | null => (typeof facts.field === 'string' ? FIELD_WORDS[facts.field] ?? facts.field : null);

/** What a shell or the command line can meet, in one sentence with its way out. Screens have their own, longer texts. */
const SENTENCES: Partial<Record<ErrorCode, Sentence>> = {
  'auth/wrong-password': plain('Mật khẩu không đúng.'),
  'auth/unknown-person': plain('Không có tài khoản này.'),
  'auth/too-many-attempts': plain('Sai mật khẩu quá nhiều lần; hãy chờ 15 phút rồi thử lại.'),
  'auth/first-time-needs-link': plain('Người này chưa từng đăng nhập trên máy này; lần đầu cần có kết nối tới máy chủ tỉnh.'),
  'auth/offline-expired': plain('Đã quá hạn đăng nhập ngoại tuyến; hãy nối lại mạng rồi đăng nhập một lần.'),
  'auth/forbidden': plain('Vai trò của người này không được làm việc này.'),
  'auth/account-disabled': plain('Tài khoản đã bị khóa; hãy gọi quản trị IOC tỉnh.'),
  'enrol/code-unknown': plain('Không có mã ghi danh này; hãy xem lại mã hoặc xin mã mới ở IOC tỉnh.'),
  'enrol/code-used': plain('Mã ghi danh đã dùng rồi; mỗi mã chỉ dùng cho một máy.'),
  'enrol/code-expired': plain('Mã ghi danh đã hết hạn; hãy xin mã mới ở IOC tỉnh.'),
  'enrol/already-enrolled': plain('Máy này đã ghi danh rồi.'),
  'enrol/not-enrolled': plain('Máy này chưa ghi danh; hãy mở bàn điều hành và ghi danh trước.'),
  'device/revoked': plain('Máy này đã bị thu hồi quyền; hãy gọi quản trị IOC tỉnh.'),
  'link/unreachable': plain('Không tới được máy chủ tỉnh; hãy kiểm tra địa chỉ và kết nối.'),
  'link/foreign-answer': plain('Phía kia không phải máy chủ IOC; hãy kiểm tra địa chỉ.'),
  'link/too-slow': plain('Máy chủ tỉnh trả lời quá chậm; hãy thử lại.'),
  'link/server-error': plain('Máy chủ tỉnh gặp lỗi; hãy thử lại sau.'),
  'issue/already-exists': plain('bản ghi này đã có'),
  'issue/field-required': facts => `thiếu ${fieldWord(facts) ?? 'một trường bắt buộc'}`,
  'issue/history-full': plain('bản ghi đã có quá nhiều dòng lịch sử, không thêm ghi chú hay sửa đổi được nữa'),
  'issue/bad-value': facts => `giá trị không hợp lệ${facts.field ? `: ${fieldWord(facts)}` : ''}`,
  'issue/outside-scope': plain('Bản ghi này ngoài phạm vi của bạn. Chỉ đơn vị chủ trì hoặc người của địa bàn đó làm được.'),
  'issue/no-focal-point': plain('đơn vị chưa có đầu mối, cũng chưa ghi người đứng đầu'),
  'issue/unit-unknown': plain('không có đơn vị này trong danh bạ'),
  'issue/wrong-class': plain('lĩnh vực này không nhận loại bản ghi đó'),
  'import/too-large': plain('Tệp quá lớn; hãy tách thành nhiều phần nhỏ hơn.'),
  'import/line-too-long': plain('Tệp có một dòng dài bất thường; có thể không phải dữ liệu phản ánh.'),
  'import/not-text': plain('Tệp không phải văn bản UTF-8; hãy lưu lại với mã UTF-8.'),
  'import/unknown-format': plain('Không nhận ra định dạng; hãy dùng XML hoặc JSON của Open311, hoặc CSV.'),
  'import/entity-bomb': plain('Tệp XML chứa khai báo thực thể nguy hiểm nên không được nhập.'),
  'import/not-well-formed': plain('Tệp bị hỏng hoặc sai cú pháp. Xin lại tệp từ nơi gửi.'),
  'import/missing-column': facts => `Tệp thiếu cột ${facts.column ?? 'bắt buộc'}.`,
  'import/line-broken': plain('Không tách được dòng này thành cột: thừa hoặc thiếu cột, hoặc dấu nháy chưa đóng. Sửa dòng đó rồi nhập lại tệp.'),
  'import/line-empty': facts => `Dòng này không có nội dung: ô ${facts.column ?? 'noi_dung'} trống. Điền ô đó rồi nhập lại tệp.`,
  'import/line-example': plain('Đây là dòng ví dụ của tệp mẫu nên không được nhập. Hãy xóa dòng ví dụ; nếu là phản ánh thật thì đổi mã ở cột ma_nguon.'),
  'import/busy': plain('Đang có một lượt nhập khác; hãy chờ xong hoặc dừng lượt đó.'),
  'import/interrupted': plain('Lượt nhập bị ngắt giữa chừng; hãy nhập lại cùng tệp, phần đã vào không bị trùng.'),
  'import/unreadable': facts => `Không đọc được tệp${facts.file ? ` ${facts.file}` : ''}.`,
  'stick/not-a-file': plain('Đây không phải tệp do bàn điều hành xuất ra. Chọn tệp có đuôi .iocgui hoặc .ioctra trên USB.'),
  'stick/damaged': plain('Tệp bị hỏng, bị cắt cụt hoặc đã bị sửa nên không nhận; không có gì thay đổi. Chép lại tệp, hoặc xuất tệp mới ở nơi gửi.'),
  'stick/from-future': facts => `Tệp do phiên bản mới hơn xuất ra (dạng ${facts.version ?? '?'}). Cập nhật phần mềm trên máy này rồi nhận lại tệp.`,
  'stick/too-large': facts => `Tệp quá lớn (giới hạn ${facts.limitMb ?? '?'} MB) nên không nhận. Chọn lại tệp .iocgui hoặc .ioctra; nếu đúng là tệp đó, gọi quản trị IOC tỉnh.`,
  'stick/other-province': plain('Tệp này của tỉnh khác. Chọn tệp của tỉnh mình; không có gì thay đổi.'),
  'stick/other-station': facts => `Tệp trả lời này dành cho máy trạm ${facts.station ?? '?'}. Mang tệp về đúng máy trạm đó; không có gì thay đổi.`,
  'stick/other-key': plain('Không mở được tệp: tệp được mã hóa cho khóa khác. Xuất tệp mới ở máy trạm rồi mang đi; nếu vẫn vậy, nối mạng máy trạm một lần.'),
  'stick/own-file': plain('Đây là tệp do chính máy này xuất ra. Mang tệp sang máy trạm khác có mạng, hoặc tới IOC tỉnh, rồi nhận ở đó.'),
  'stick/answer-here': facts => `Đây là tệp trả lời cho máy trạm ${facts.station ?? '?'}, không phải tệp gửi lên. Mang tệp này về máy trạm đó.`,
  'stick/station-unknown': facts => `IOC tỉnh không có máy trạm ${facts.station ?? '?'} của tệp này. Hỏi quản trị IOC tỉnh.`,
  'stick/station-revoked': facts => `Máy trạm ${facts.station ?? '?'} đã bị thu hồi quyền nên tệp của nó không được nhận. Gọi quản trị IOC tỉnh.`,
  'stick/gap': facts => `Cần tệp trước đó: IOC tỉnh còn thiếu thay đổi số ${facts.from ?? '?'} đến ${facts.to ?? '?'} của máy trạm ${facts.station ?? '?'}. Chuyển tệp có những số đó trước, rồi gửi lại tệp này.`,
  'stick/nothing-to-send': plain('Không có thay đổi nào chờ gửi. Không cần xuất tệp.'),
  'stick/no-keys': plain('Máy này chưa có khóa của IOC tỉnh để mã hóa tệp. Nối mạng một lần để máy nhận khóa, rồi xuất lại.'),
  'stick/too-many': facts => `Máy này vừa chuyển quá nhiều tệp. Không cần làm gì, máy tự chuyển tiếp sau ${facts.waitS ?? '?'} giây.`,
  'stick/not-found': plain('Không còn tệp này. Chọn lại tệp, hoặc xem danh sách tệp mang hộ.'),
  'stick/cannot-write': facts => `Không ghi được tệp vào ${facts.folder ?? '?'}. Kiểm tra USB còn cắm, còn chỗ và cho phép ghi, rồi làm lại.`,
  'stick/carries-enough': facts => `Máy này đang giữ ${facts.limit ?? '?'} tệp mang hộ, không nhận thêm được. Lưu tệp trả lời ra USB rồi bỏ bớt tệp đã xong khỏi danh sách.`,
  'db/locked-by-other': facts =>
    `Thư mục dữ liệu đang được một bàn điều hành khác mở (tiến trình ${facts.pid ?? '?'}); hãy đóng bàn kia, hoặc lấy địa chỉ của nó bằng: npm run console -- address --data THƯ_MỤC`,
  'db/wrong-key': plain('Khóa không mở được dữ liệu trên máy; hãy gọi quản trị, đừng xóa thư mục dữ liệu.'),
  'db/key-missing': facts =>
    `Có dữ liệu nhưng không có tệp khóa ${facts.file ?? 'key'}; hãy đặt lại tệp khóa từ bản lưu, đừng xóa thư mục dữ liệu.`,
  'db/damaged': plain('Tệp dữ liệu bị hỏng; hãy gọi quản trị để khôi phục từ sao lưu.'),
  'db/from-future': plain('Dữ liệu do phiên bản mới hơn ghi; hãy cài phiên bản mới hơn.'),
  'db/disk-full': plain('Ổ đĩa đã đầy; hãy giải phóng dung lượng rồi mở lại.'),
  'db/read-only': plain('Không được phép ghi vào tệp dữ liệu; hãy kiểm tra quyền.'),
  'db/busy': plain('Dữ liệu đang bận; hãy thử lại sau vài giây.'),
  'core/starting': plain('Phần xử lý chưa sẵn sàng; hãy thử lại sau vài giây.'),
  'core/gave-up': facts =>
    `Phần xử lý đã dừng đột ngột ${facts.deaths ?? 'nhiều'} lần trong 5 phút nên không được khởi động lại nữa; dữ liệu đã lưu vẫn còn, hãy khởi động lại bàn điều hành, nếu còn lỗi thì gọi quản trị.`,
  'shell/port-taken': facts => `Cổng${facts.port ? ` ${facts.port}` : ''} đã bị chương trình khác dùng; hãy chọn cổng khác bằng --port.`,
  'shell/folder-read-only': facts => `Không ghi được vào thư mục ${facts.folder ?? 'dữ liệu'}; hãy chọn thư mục khác bằng --data, hoặc sửa quyền.`,
  'shell/not-built': plain('Chưa có giao diện đã dựng; hãy chạy: npm run build'),
  'input/invalid': facts => `Giá trị không hợp lệ${facts.field ? `: ${fieldWord(facts)}` : ''}.`,
  'internal/unexpected': plain('Phần mềm gặp lỗi ngoài dự kiến; chi tiết ở thư mục logs trong thư mục dữ liệu.'),
};

const WARNINGS: Readonly<Record<(typeof IMPORT_WARNINGS)[number], (field: string) => string>> = {
  'time-without-zone': field => `${field}: không ghi múi giờ, hiểu là giờ Việt Nam`,
  'value-not-understood': field => `${field}: không hiểu chữ trong ô, giữ nguyên để xem lại`,
  'service-replaced': word => `Không hiểu lĩnh vực «${word}», đã ghi là HT (phản ánh hiện trường)`,
  'severity-replaced': word => `Không hiểu mức độ «${word}», đã ghi là P3`,
  'area-ambiguous': names => `tên xã, phường có ở nhiều huyện nên chưa ghi được; hãy viết đủ, một trong: ${names}`,
  'place-unknown': () => 'không rõ địa điểm',
  'description-missing': () => 'không có diễn biến, lấy tên loại việc',
  'too-long': field => `${field}: quá dài, phần thừa giữ ở bản gốc`,
  'status-not-taken': () => 'trạng thái của nguồn không lấy theo, vào như mới',
  'field-unknown': field => `${field}: cột lạ, giữ nguyên`,
  'markup-mended': () => 'đã tự sửa lỗi nhỏ của tệp',
};

/** A warning of an imported line, `code:field`, in words; one that is not known is shown as it came. */
export function importWarning(warning: string): string {
  const [code, ...field] = warning.split(':');
  const known = IMPORT_WARNINGS.find(name => name === code);
  return known === undefined ? warning : WARNINGS[known](field.join(':'));
}

/** One Vietnamese sentence for a trouble; a code without one is named, so that a caller on the phone can read it out. */
export function sentence(error: AppErrorData): string {
  return SENTENCES[error.code]?.(error.facts) ?? `Không thực hiện được (${error.code}).`;
}
