import type { Story } from './story.ts';

/** What callers say on 113, 114, 115 and 112, by category. Slots in braces are filled by `texts.ts`. */
export const EMERGENCY_STORIES: Readonly<Record<string, Story>> = {
  traffic_accident: {
    openings: [
      'Tai nạn giữa {xe} và {xe2} {cho}', '{xe} tự té ngã {cho}', '{xe} va vào người đi bộ {cho}', 'Va chạm liên hoàn {n} xe trên đường {duong}, đoạn {cho}',
      '{xe} lao vào nhà dân {cho}', '{xe} mất lái lao xuống mương {cho}',
    ],
    details: [
      '{nguoi} bị thương ở {than}, còn tỉnh', '{nguoi} nằm bất động, chưa rõ thở', 'Có {n} người bị thương, {nguoi} bị kẹt trong xe', 'Chảy máu nhiều ở {than}, người dân đang cầm máu',
      'Xe nằm chắn ngang đường, ùn tắc khoảng {met} m', 'Không có người bị thương nặng, hai bên đang to tiếng', 'Người gây tai nạn đã bỏ chạy về hướng {xa}',
    ],
    results: ['Đã đưa {n} người bị thương đến cơ sở y tế, giải tỏa hiện trường, giao thông thông suốt', 'Lực lượng đã đến hiện trường, lập biên bản, đưa xe về trụ sở', 'Nạn nhân được sơ cứu tại chỗ, người nhà đưa về'],
  },
  unconscious: {
    openings: ['{nguoi} ngất xỉu {cho}', '{nguoi} gọi không trả lời, nằm {cho}', 'Phát hiện {nguoi} bất tỉnh tại {noi}', '{nguoilon} đang làm thì gục xuống tại {noi}'],
    details: ['Còn thở yếu, da lạnh', 'Người nhà nói có bệnh {benh}', 'Nghi say nắng, làm việc ngoài trời nhiều giờ', 'Nghi ngộ độc thực phẩm, có {n} người cùng ăn', 'Đang được hướng dẫn ép tim qua điện thoại'],
    results: ['Kíp cấp cứu đến sau {met} phút, bệnh nhân tỉnh, chuyển cơ sở y tế theo dõi', 'Bệnh nhân hồi tỉnh trước khi xe đến, từ chối chuyển viện', 'Đã chuyển bệnh nhân đến khoa cấp cứu'],
  },
  breathing: {
    openings: ['{nguoi} khó thở {moi}', '{nguoi} lên cơn hen tại {noi}', '{nguoi} bị hóc dị vật tại {noi}', '{nguoi} bị ong đốt, khó thở {cho}'],
    details: ['Tiền sử {benh}', 'Môi tím, nói ngắt quãng', 'Đã dùng thuốc xịt {n} lần không đỡ', 'Thở nhanh, vẫn tỉnh'],
    results: ['Cho thở oxy, chuyển viện an toàn', 'Đã lấy dị vật, bệnh nhân ổn định', 'Xử trí tại nhà, hướng dẫn tái khám'],
  },
  stroke: {
    openings: ['{nguoilon} méo miệng, yếu nửa người {moi}', '{nguoilon} đột ngột nói ngọng tại {noi}', '{nguoilon} đau đầu dữ dội rồi ngã tại {noi}'],
    details: ['Khởi phát đột ngột', 'Tiền sử {benh}', 'Vẫn tỉnh, tay {ben} không nhấc được', 'Người nhà đã đo huyết áp, chỉ số cao'],
    results: ['Chuyển thẳng bệnh viện có đơn vị đột quỵ trong giờ vàng', 'Đã chuyển viện, báo trước khoa tiếp nhận', 'Bác sĩ khám tại chỗ, chuyển viện theo dõi'],
  },
  birth: {
    openings: ['Sản phụ chuyển dạ tại {noi}', 'Sản phụ vỡ ối trên đường {duong}, đoạn {cho}', 'Sản phụ đau bụng từng cơn {cho}'],
    details: ['Thai {tuan} tuần, con lần thứ {it}', 'Cơn đau cách nhau khoảng {n} phút', 'Nhà xa, không có xe', 'Đã sinh, mẹ còn ra máu'],
    results: ['Mẹ và bé được đưa đến khoa sản an toàn', 'Hỗ trợ sinh tại chỗ, mẹ con ổn định', 'Đã chuyển trung tâm y tế'],
  },
  fire_house: {
    openings: ['Cháy nhà dân {cho}', 'Cháy kho {hang} {cho}', 'Khói bốc lên từ tầng {it} tại {noi}', 'Chập điện gây cháy tại {noi}', 'Nổ bình gas tại {noi}'],
    details: ['Chưa rõ có người bên trong', '{nguoi} còn kẹt bên trong', 'Lửa đã cháy lan sang {n} nhà bên cạnh', 'Người dân đang chữa cháy bằng bình xách tay', 'Đường vào hẹp khoảng {n} m, xe lớn khó vào', 'Nguồn nước gần nhất cách {met} m'],
    results: ['Dập tắt sau {met} phút, không có thương vong, thiệt hại đang thống kê', 'Đám cháy nhỏ, người dân đã tự dập tắt, lực lượng kiểm tra lại', 'Khống chế không để cháy lan, bàn giao công an điều tra nguyên nhân'],
  },
  fire_vehicle: {
    openings: ['{xe} bốc cháy {cho}', '{xe} chở {hang} bốc khói trên đường {duong}', 'Cháy {n} xe máy trong bãi giữ xe {cho}'],
    details: ['Tài xế đã thoát ra ngoài', 'Gần cây xăng khoảng {met} m', 'Ùn tắc cả hai chiều', 'Chưa rõ hàng hóa trên xe'],
    results: ['Dập tắt, điều tiết giao thông, không có người bị thương', 'Xe cháy hoàn toàn, hàng hóa được chuyển sang xe khác', 'Người dân dùng bình chữa cháy dập tắt trước khi lực lượng đến'],
  },
  fire_forest: {
    openings: ['Cháy rẫy {cay} {cho}', 'Cháy cỏ khô ven đường {duong}, đoạn {cho}', 'Khói dày trong rừng {cay} gần {xa}', 'Đốt rẫy cháy lan {cho}'],
    details: ['Diện tích khoảng {n} ha, gió mạnh', 'Lửa cách nhà dân khoảng {met} m', 'Đã có {n} người dân phát ranh cản lửa', 'Xe chữa cháy không vào được, phải đi bộ'],
    results: ['Khống chế sau {n} giờ, cử người canh tàn lửa', 'Phát ranh cản lửa, đám cháy tự tắt', 'Dập tắt, nhắc nhở chủ rẫy'],
  },
  rescue: {
    openings: ['{nguoi} rơi xuống giếng sâu khoảng {met} m {cho}', '{nguoi} nghi đuối nước tại hồ gần {xa}', '{nguoi} kẹt trong thang máy tại {noi}', '{nguoi} bị cây đè {cho}', '{nguoi} bị nước cuốn qua ngầm tràn {cho}'],
    details: ['Vẫn còn trả lời', 'Mất dấu {moi}', 'Người dân đã thả dây, chưa kéo lên được', 'Trời tối, đường trơn'],
    results: ['Đã đưa nạn nhân ra ngoài, giao y tế', 'Tìm thấy nạn nhân, bàn giao gia đình và chính quyền', 'Người dân đã tự cứu được trước khi lực lượng đến'],
  },
  fight: {
    openings: ['Nhóm khoảng {n} thanh niên đánh nhau {cho}', 'Xô xát trong quán {quan} {cho}', '{nguoilon} say rượu đập phá đồ đạc tại {noi}', 'Hàng xóm cãi nhau, cầm hung khí tại {noi}', 'một phụ nữ bị chồng đánh, xin hỗ trợ tại {noi}'],
    details: ['Có mang theo dao và gậy', 'Có người chảy máu ở {than}', 'Đang kéo thêm người đến', 'Một nhóm đã bỏ đi bằng {n} xe máy', 'Người dân không dám can'],
    results: ['Công an đã giải tán, mời {n} người về làm việc', 'Hai bên hòa giải, viết cam kết', 'Đến nơi nhóm đã giải tán, cử người theo dõi'],
  },
  theft: {
    openings: ['Mất {taisan} tại {noi} {moi}', 'Bị giật {taisan} {cho}', 'Phát hiện kẻ gian vào nhà {cho}', 'Mất {n} con {vat} trong chuồng tại {noi}', 'Mất trộm mủ cao su tại vườn {cho}'],
    details: ['Nghi {n} đối tượng đi xe máy không biển số', 'Có camera của nhà bên cạnh', 'Người dân đang giữ một đối tượng', 'Cửa sau bị cạy', 'Đối tượng chạy về hướng {xa}'],
    results: ['Lập hồ sơ, trích xuất camera, tiếp tục truy tìm', 'Bắt giữ {it} đối tượng, thu hồi tài sản', 'Tài sản để quên, người báo đã tìm thấy'],
  },
  missing_person: {
    openings: ['{nguoi} đi khỏi nhà {vang} chưa về', '{nguoi} đi lạc {cho}', 'Không liên lạc được với {nguoilon} đi rẫy gần {xa}'],
    details: ['Mặc áo {mau}, đi bộ', 'Người nhà đã tìm quanh khu vực', 'Điện thoại tắt máy', 'Lần cuối thấy {cho}'],
    results: ['Đã tìm thấy, đưa về gia đình', 'Người thân đã liên lạc được', 'Phối hợp thông báo tìm kiếm, gia đình đã đón về'],
  },
  disaster: {
    openings: ['Lốc xoáy tốc mái khoảng {n} căn nhà {cho}', 'Nước lũ dâng cao khoảng {n} tấc {cho}', 'Sạt lở taluy đường {duong}, đoạn {cho}', 'Mưa đá làm hư hại vườn {cay} {cho}', 'Sét đánh gần {noi}'],
    details: ['Có {n} hộ cần di dời', 'Đường bị chia cắt', 'Chưa ghi nhận thương vong', 'Mất điện toàn khu vực', 'Mưa vẫn còn to'],
    results: ['Di dời {n} hộ đến nơi an toàn, thống kê thiệt hại', 'Huy động lực lượng lợp lại mái, cấp bạt', 'Rào chắn, cắm biển cảnh báo, phân luồng từ xa'],
  },
  unknown_emergency: {
    openings: ['Cuộc gọi ngắt giữa chừng, nghe tiếng kêu cứu gần {xa}', 'Người gọi nói không rõ, nhắc đến {xa}', 'Có tiếng nổ lớn {cho}', 'Báo có mùi lạ như gas {cho}'],
    details: ['Gọi lại không bắt máy', 'Nghe tiếng {xe} và tiếng trẻ khóc', 'Người gọi tự nhận ở {noi}', 'Chưa xác định được vị trí chính xác'],
    results: ['Lực lượng kiểm tra khu vực, không phát hiện bất thường', 'Xác định do người dân đốt rác, đã nhắc nhở', 'Đã tìm được người gọi, hỗ trợ tại chỗ'],
  },
};
