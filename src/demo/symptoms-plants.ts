import { type Symptom, symptomsOf, type Wish } from "./symptoms.ts";

/** What breaks in the plants of the manufacturer. */
export const plantSymptoms: readonly Symptom[] = [
  ...symptomsOf("cnc_terminal", "vi", [
    [
      "Màn hình trạm CNC treo, không gọi được chương trình",
      ["Máy đang dừng giữa lô, tổ trưởng ca đang chờ.", "Khởi động lại được 20 phút rồi treo tiếp."],
      [
        "Ổ cứng đầy do nhật ký, đã dọn và bật xoay vòng nhật ký, chạy lại chương trình bình thường.",
        "Thay thẻ nhớ, nạp lại bản sao lưu, chạy thử 30 phút ổn định.",
      ],
      "Đầy bộ nhớ",
      "60 high medium",
    ],
    [
      "Trạm CNC mất kết nối máy chủ bản vẽ",
      ["Không tải được bản vẽ mới, đang dùng bản in cũ.", "Chỉ bị ở dãy A, dãy B vẫn bình thường."],
      ["Đầu cáp mạng dính dầu, bấm lại đầu và bọc kín.", "Cổng chuyển mạch bị khoá do trùng địa chỉ, đã mở lại."],
      "Đầu cáp nhiễm dầu",
      "55 medium medium",
    ],
    [
      "Cảm ứng trạm CNC loạn, tự nhấn",
      "Rất nguy hiểm, đã cho dừng máy.",
      "Thay tấm cảm ứng và kính bảo vệ, hiệu chuẩn xong, tổ trưởng đã kiểm tra.",
      "Kính bị nứt",
      "90 high high",
    ],
    [
      "Trạm CNC báo quá nhiệt rồi tắt",
      ["Trưa nắng là bị, chiều mát lại chạy.", "Quạt phía sau không quay."],
      ["Thay quạt, vệ sinh lưới lọc bụi, nhiệt độ còn 52 độ.", "Vệ sinh bụi kim loại trong tủ điện, thêm lưới lọc."],
      "Quạt hỏng",
      "85 high medium",
    ],
  ]),
  ...symptomsOf("label_printer", "vi", [
    [
      "Máy in tem lệch hàng, mã vạch bị cắt",
      ["Kho không quét được tem, hàng đang ùn ở cửa xuất.", "In 10 tem thì hỏng 4."],
      ["Căn lại cảm biến khoảng cách, thay con lăn.", "Cài lại khổ tem đúng 100×50, in thử 50 tem đạt."],
      "Con lăn mòn",
      "60 medium medium",
    ],
    [
      "Máy in tem không nhận lệnh từ phần mềm kho",
      "Đèn xanh nhưng không chạy.",
      "Khởi động lại dịch vụ in, xoá lệnh kẹt, đặt địa chỉ cố định.",
      "Lệnh in bị kẹt",
      "10 medium medium",
    ],
    [
      "Tem in mờ, chữ nhoè",
      "Khách trả lại hai pallet vì không quét được.",
      "Thay đầu in, chỉnh nhiệt độ.",
      "Đầu in mòn",
      "70 medium high",
    ],
  ]),
  ...symptomsOf("scanner", "vi", [
    [
      "Máy quét cầm tay không lên nguồn",
      "Đã sạc cả đêm.",
      ["Chân sạc bẩn, vệ sinh và thay đế sạc.", "Pin chai, thay pin mới."],
      "Chân sạc bẩn",
      "40 low medium",
    ],
    [
      "Máy quét mất Wi-Fi khi đi vào khu kệ cao",
      "Ra cửa thì có lại.",
      "Chỉnh ngưỡng chuyển vùng, bổ sung ăng-ten ở dãy kệ 7.",
      "Vùng phủ yếu",
      "35 medium low",
    ],
  ]),
  ...symptomsOf("access_point", "vi", [
    [
      "Mất Wi-Fi toàn xưởng B",
      ["Máy quét và xe nâng đều mất kết nối.", "Điện vẫn có, đèn điểm phát tắt hết."],
      [
        "Nguồn PoE của tủ B hỏng, thay bộ nguồn, sóng trở lại.",
        "Vòng lặp mạng do cắm nhầm dây, đã gỡ và bật chống lặp.",
      ],
      "Nguồn PoE hỏng",
      "55 high high",
    ],
    [
      "Wi-Fi văn phòng xưởng chập chờn",
      "Họp trực tuyến bị ngắt liên tục.",
      "Đổi kênh tránh nhiễu từ xe nâng, tín hiệu ổn định.",
      "Nhiễu kênh",
      "5 low medium",
    ],
  ]),
  ...symptomsOf("router", "vi", [
    [
      "Nhà máy mất kết nối về trụ sở",
      ["Không vào được ERP, không xuất được phiếu.", "Nhà mạng báo cáp quang bị đứt trên quốc lộ."],
      [
        "Nhà mạng nối lại cáp; trong lúc chờ đã chuyển sang đường dự phòng.",
        "Khởi tạo lại đường hầm VPN, cập nhật khoá.",
      ],
      "Đứt cáp quang",
      "20 high high",
    ],
  ]),
  ...symptomsOf("ups", "vi", [
    [
      "Bộ lưu điện kêu liên tục, báo pin yếu",
      "Tủ mạng xưởng A.",
      ["Thay bình, thử tải 15 phút đạt.", "Siết lại cọc bình, vệ sinh, hết báo."],
      "Bình ắc quy chai",
      "80 medium medium",
    ],
    [
      "Mất điện thoáng qua là máy chủ xưởng tắt",
      "Hôm nay hai lần, mất dữ liệu ca.",
      "Thay bộ lưu điện, cấu hình tắt máy an toàn.",
      "Bộ lưu điện hỏng",
      "85 high high",
    ],
  ]),
  ...symptomsOf("camera", "vi", [
    [
      "Camera cổng số 2 mất hình",
      "Bảo vệ không thấy xe ra vào.",
      ["Đầu nối bị nước vào sau mưa, thay đầu nối kín nước.", "Khởi động lại cổng PoE, hình trở lại."],
      "Nước vào đầu nối",
      "60 low medium",
    ],
  ]),
  ...symptomsOf("laptop", "vi", [
    [
      "Máy tính xách tay không vào được ERP",
      "Báo sai mật khẩu dù vừa đổi.",
      "Xoá mật khẩu lưu cũ, đăng nhập lại được.",
      "Mật khẩu lưu cũ",
      "0 low medium",
    ],
    [
      "Máy tính chạy rất nóng và ồn",
      "Đang làm báo cáo cuối tháng.",
      "Vệ sinh quạt, thay keo tản nhiệt.",
      "Bụi trong quạt",
      "60 low low",
    ],
  ]),
];

export const plantWishes: readonly Wish[] = [
  {
    kind: "service_request",
    locale: "vi",
    subject: "Cấp tài khoản ERP cho ba nhân viên kho mới",
    description: "Bắt đầu từ thứ Hai, quyền nhập xuất kho.",
    resolution: "Đã cấp tài khoản, gửi hướng dẫn cho tổ trưởng kho.",
  },
  {
    kind: "service_request",
    locale: "vi",
    subject: "Lắp thêm hai điểm mạng ở khu đóng gói",
    description: "Dây chuyền mới cần hai cổng mạng và một ổ điện.",
    resolution: "Đã kéo dây, đo kiểm đạt, dán nhãn D12 và D13.",
  },
  {
    kind: "service_request",
    locale: "vi",
    subject: "Đổi mẫu tem cho khách hàng Nhật",
    description: "Mẫu tem mới đính kèm, cần trước thứ Sáu.",
    resolution: "Mẫu tem mới đã cài, in thử được phòng chất lượng duyệt.",
  },
  {
    kind: "question",
    locale: "vi",
    subject: "Sao lưu chương trình CNC được giữ bao lâu?",
    description: "Phòng chất lượng hỏi để làm hồ sơ đánh giá.",
    resolution: "Giữ 24 tháng, hai bản ở hai nơi; đã gửi biên bản khôi phục thử gần nhất.",
  },
  {
    kind: "complaint",
    locale: "vi",
    subject: "Chờ quá lâu ở ca đêm",
    description: "Gọi lúc 2 giờ sáng, gần một tiếng mới có người nghe máy.",
    resolution: "Đã xin lỗi và bổ sung người trực đêm dự phòng cho nhà máy này.",
  },
  {
    kind: "change",
    locale: "vi",
    subject: "Nâng cấp phần mềm trạm CNC dãy A",
    description: "Thực hiện Chủ nhật, có bản sao lưu, quay lui trong 30 phút nếu lỗi.",
    resolution: "Hoàn tất, chạy thử ba chương trình mẫu, kích thước đạt.",
  },
  {
    kind: "maintenance",
    locale: "vi",
    subject: "Vệ sinh tủ điện và quạt trước mùa nóng",
    description: "Xưởng A và B, mỗi tủ dừng 20 phút theo lịch.",
    resolution: "Đã vệ sinh 18 tủ, thay 4 quạt yếu, nhiệt độ trung bình giảm 7 độ.",
  },
];
