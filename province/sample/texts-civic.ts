import type { Story } from './story.ts';

/** What people report to 1022 and what field officers and cameras see, by category. Slots are filled by `texts.ts`. */
export const CIVIC_STORIES: Readonly<Record<string, Story>> = {
  lighting: {
    openings: ['Đèn đường không sáng {cho}', '{n} bóng đèn chiếu sáng hỏng trên đường {duong}, đoạn {cho}', 'Đèn đường chớp tắt liên tục {cho}', 'Trụ đèn nghiêng {cho}', 'Đèn tín hiệu giao thông hỏng tại giao lộ {duong}, {cho}', 'Đèn đường sáng cả ban ngày {cho}'],
    details: ['Tình trạng kéo dài {lau}', 'Đoạn tối dài khoảng {met} m', 'Học sinh tan học buổi tối đi lại nguy hiểm', 'Dây điện hở ở gốc trụ', 'Đã phản ánh {it} lần chưa được sửa'],
    results: ['Đã thay {n} bóng, đèn sáng bình thường', 'Sửa tủ điều khiển, khôi phục chiếu sáng toàn tuyến', 'Thay aptomat, bọc lại dây, cắm biển an toàn'],
  },
  road: {
    openings: ['Ổ gà sâu khoảng {n} tấc trên đường {duong}, {cho}', 'Nắp cống bị vỡ {cho}', 'Vỉa hè bong gạch khoảng {met} m {cho}', 'Đường {duong} lún sụt, đoạn {cho}', 'Biển báo bị gãy đổ {cho}', 'Vạch sang đường mờ trước {noi}', 'Đất đá rơi vãi từ xe tải trên đường {duong}'],
    details: ['Đã có {n} người té xe', 'Trời mưa ngập không thấy hố', 'Xe tải trọng lớn chạy thường xuyên', 'Người dân tạm cắm cành cây cảnh báo', 'Tình trạng kéo dài {lau}'],
    results: ['Đã dặm vá, rộng khoảng {met} m²', 'Thay nắp cống mới, thu dọn rào chắn', 'Cắm biển cảnh báo, đưa vào kế hoạch sửa chữa quý này', 'Lắp lại biển báo, sơn kẻ vạch'],
  },
  waste: {
    openings: ['Rác thải đổ trộm {cho}', 'Xe thu gom rác không đến {lau} tại {khu}', 'Thùng rác đầy tràn {cho}', 'Mùi hôi từ trại chăn nuôi gần {xa}', 'Nước thải đen chảy ra suối {cho}', 'Đốt rác khói mù mịt {cho}', 'Xà bần đổ lấn lòng đường {cho}'],
    details: ['Khoảng {n} m³, gần khu dân cư', 'Ruồi muỗi nhiều, có {n} hộ xung quanh', 'Chó tha rác ra đường', 'Mùi nặng nhất vào buổi tối', 'Đã nhắc nhở nhưng không dừng'],
    results: ['Đã thu gom, lắp biển cấm đổ rác', 'Bổ sung chuyến thu gom, điều chỉnh lịch', 'Lập biên bản cơ sở xả thải, yêu cầu khắc phục trong {n} ngày', 'Nhắc nhở hộ dân, dọn sạch hiện trường'],
  },
  water: {
    openings: ['Mất nước {lau} tại {khu}', 'Vỡ ống nước {cho}', 'Nước máy đục, có mùi tại {khu}', 'Ngập sâu khoảng {n} tấc khi mưa {cho}', 'Cống thoát nước nghẹt {cho}', 'Áp lực nước yếu tại {khu}'],
    details: ['Ảnh hưởng khoảng {met} hộ', 'Nước chảy tràn ra mặt đường {duong}', 'Không có thông báo trước', 'Nước vào nhà {n} hộ dân', 'Tình trạng kéo dài {lau}'],
    results: ['Đã thay đoạn ống vỡ, cấp nước trở lại', 'Súc xả đường ống, mẫu nước đạt', 'Nạo vét {met} m cống, nước thoát tốt', 'Điều chỉnh van, áp lực ổn định'],
  },
  noise: {
    openings: ['Hát karaoke loa kéo quá {gio} giờ tối tại {khu}', 'Xưởng {nghe} gây ồn {cho}', 'Tiệc cưới mở nhạc lớn {cho}', 'Quán {quan} mở nhạc lớn {cho}', 'Nẹt pô, rú ga ban đêm trên đường {duong}, {cho}'],
    details: ['Nhà có người già và trẻ nhỏ', 'Đã góp ý {it} lần không thay đổi', 'Diễn ra {hay}', 'Kéo dài đến khuya'],
    results: ['Nhắc nhở, chủ cơ sở cam kết giảm âm lượng', 'Lập biên bản xử phạt theo quy định', 'Đến kiểm tra đã ngừng, ghi nhận theo dõi'],
  },
  tree: {
    openings: ['Cây {cay} ngã đổ chắn đường {cho}', 'Cành cây khô sắp gãy {cho}', 'Cây xanh che khuất biển báo trên đường {duong}, {cho}', 'Cây chạm dây điện {cho}'],
    details: ['Cao khoảng {met} m, nghiêng về phía nhà dân', 'Gần cổng trường học', 'Sau cơn mưa lớn', 'Xe máy vẫn qua được, ô tô không qua được'],
    results: ['Đã cưa dọn, thông đường', 'Cắt tỉa {n} cây, thu gom cành', 'Phối hợp điện lực cắt điện, hạ cây an toàn'],
  },
  procedure: {
    openings: [
      'Hỏi thủ tục {thutuc}', 'Hồ sơ {thutuc} nộp {lau} chưa có kết quả', 'Hệ thống dịch vụ công báo lỗi khi nộp hồ sơ {thutuc}', 'Phản ánh bị yêu cầu thêm giấy tờ khi làm {thutuc} tại bộ phận một cửa {xa}',
      'Hẹn trả kết quả {thutuc} trễ {n} ngày', 'Không thanh toán được lệ phí {thutuc} trên mạng',
    ],
    details: ['Mã hồ sơ mẫu H10.{so6}', 'Đã đến {it} lần', 'Cán bộ hẹn lại nhưng không ghi phiếu', 'Cần gấp để bổ túc hồ sơ đi làm', 'Người dân ở xa khoảng {met} km'],
    results: ['Đã trả kết quả cho công dân', 'Giải thích thành phần hồ sơ, hướng dẫn nộp trực tuyến', 'Xin lỗi vì trễ hẹn, hẹn trả trong {n} ngày', 'Đã khắc phục lỗi hệ thống, hồ sơ được tiếp nhận'],
  },
  order: {
    openings: ['Lấn chiếm vỉa hè buôn bán {cho}', 'Đậu xe tải dưới lòng đường {duong}, {cho}', 'Họp chợ tự phát {cho}', 'Biển quảng cáo đặt chắn lối đi {cho}', 'Xây dựng lấn hẻm tại {khu}'],
    details: ['Khoảng {n} hộ buôn bán', 'Giờ tan tầm ùn tắc khoảng {met} m', 'Người đi bộ phải xuống lòng đường', 'Diễn ra {hay}'],
    results: ['Ra quân giải tỏa, nhắc nhở {n} hộ', 'Lập biên bản, yêu cầu di dời', 'Kẻ vạch, lắp biển cấm đỗ'],
  },
  animal: {
    openings: ['Chó thả rông cắn người {cho}', 'Đàn {vat} khoảng {met} con thả trên đường {duong}, {cho}', 'Chó không rọ mõm chạy rông {cho}', 'Phát hiện {vat} chết bỏ ở kênh {cho}'],
    details: ['{nguoi} bị cắn ở {than}', 'Không rõ chủ', 'Gần trường học', 'Diễn ra {hay}'],
    results: ['Nhắc nhở chủ nuôi, cam kết nhốt', 'Tổ bắt chó thả rông đã xử lý', 'Thu gom, tiêu hủy, rắc vôi khử trùng'],
  },
  unknown_civic: {
    openings: ['Người dân phản ánh sự việc {cho}, chưa rõ lĩnh vực', 'Gọi hỏi thông tin về {khu}', 'Góp ý về {noi}', 'Phản ánh chung về đường {duong}, đoạn {cho}'],
    details: ['Sẽ bổ sung hình ảnh sau', 'Người gọi xin được gọi lại', 'Nội dung liên quan nhiều cơ quan', 'Diễn ra {hay}'],
    results: ['Đã giải thích, người dân đồng ý', 'Ghi nhận, chuyển lãnh đạo xem xét', 'Kiểm tra thực tế, không có sai phạm'],
  },
};
