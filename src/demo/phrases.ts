import type { Locale } from "../platform/fields.ts";

/** What people say on the way, in each language. `{…}` is filled in. */
export interface Phrases {
  /** By the engineer, having seen the ticket. */
  seen: string[];
  /** By whoever asked, while waiting. */
  waiting: string[];
  /** By the engineer, to agree on a time. */
  appointment: string[];
  /** By the engineer, when a part must come first. */
  part: string[];
  /** By the engineer, when someone at the site must do something first. */
  question: string[];
  /** By whoever was asked. */
  answer: string[];
  /** Notes that stay inside. */
  note: string[];
  restored: string[];
  reopened: string[];
  cancelled: string[];
  handedOver: string[];
  /** Beside the hours worked. */
  worked: string[];
  praise: string[];
  fair: string[];
  blame: string[];
}

export const phrases: Readonly<Record<Locale, Phrases>> = {
  "zh-Hans": {
    seen: [
      "收到，我先远程看一下。",
      "您好，已接单，十五分钟内给您回复。",
      "看到了，先别关机，我远程进来看。",
      "收到，正在上一家店，处理完马上过来。",
    ],
    waiting: [
      "请问大概几点能到？",
      "还在排队，客人有点急了。",
      "刚才又试了一次，还是不行。",
      "已经按您说的重启了，没变化。",
      "照片补发了，麻烦看下。",
    ],
    appointment: [
      "跟店长约好明天开门前上门。",
      "周一早上九点到店处理，期间先用备用机。",
      "和物业确认过，明晚闭店后施工。",
    ],
    part: ["需要换配件，已下单，预计后天到。", "仓库没有这个型号了，从上海调货，明天到。"],
    question: ["麻烦拍一下设备背面的灯给我。", "请帮忙看下网线另一头插在哪个口。"],
    answer: [
      "灯是橙色的，照片发您了。",
      "插在 3 号口，换到 1 号口好了一会儿又断。",
      "好的，刚才店长不在，现在可以弄了。",
    ],
    note: [
      "这台上个月也修过，建议换整机。",
      "店里插座和冷柜共用一路，电压不稳，下次带稳压。",
      "店长很好沟通，直接打电话比留言快。",
      "弱电箱钥匙在物业，提前半小时联系。",
    ],
    restored: ["备用机已顶上，可以正常收银。", "已切 4G，先恢复收款。"],
    reopened: ["昨天修好的，今早又出现一样的问题。", "好了半天，晚高峰又这样了。"],
    cancelled: ["不好意思，是插头松了，已经好了。", "重复报了，之前那单一起处理就行。"],
    handedOver: ["我在外地店里，转给更近的同事。", "需要网络同事一起看，转过去。"],
    worked: ["到店处理", "远程处理并回访", "路上堵车", "与店长确认测试结果"],
    praise: [
      "来得很快，还顺手把线理好了，赞！",
      "态度特别好，讲得也清楚。",
      "高峰期之前就弄好了，帮大忙了。",
      "很专业，一次就修好。",
      "远程十分钟搞定，没耽误收银。",
    ],
    fair: ["修好了，就是等得有点久。", "可以，希望下次提前说几点到。"],
    blame: ["同样的问题第三次了，能不能彻底解决？", "说好上午来，下午四点才到。", "修好半天又坏，影响营业。"],
  },
  "zh-Hant": {
    seen: [
      "收到，我而家遙距睇一睇。",
      "你好，已經跟進緊，好快覆你。",
      "見到喇，部機唔好熄住，我連入嚟。",
      "收到，我喺隔離分行，一陣過嚟。",
    ],
    waiting: ["請問大概幾點到？", "客人三點到，可唔可以快少少？", "試咗重開，都係一樣。", "補返張相俾你哋睇。"],
    appointment: ["同分行經理約好聽朝開門前上嚟。", "星期一朝早十點到，期間可先用後備手提電腦。"],
    part: ["要換零件，已訂貨，預計兩日內到。", "呢款碳粉組件要由倉調，聽日到。"],
    question: ["麻煩影低部機後面啲燈俾我。", "可唔可以試下用另一個同事嘅帳戶登入？"],
    answer: ["盞燈係橙色，相已經傳咗。", "用同事帳戶都係唔得。", "啱啱帶緊客，而家可以搞喇。"],
    note: [
      "呢間分行夏天好焗，機櫃要加風扇。",
      "部機已用五年，續約時建議更換。",
      "經理鍾意用 WhatsApp 聯絡。",
      "同一個型號上星期喺另一間分行都出過事。",
    ],
    restored: ["已借用後備機，可以繼續做嘢。", "已切去 5G 備援，電話同系統正常。"],
    reopened: ["尋日整好，今日又係咁。", "得返半日，又壞返。"],
    cancelled: ["唔好意思，原來插頭鬆咗，已經冇事。", "同事已經報咗，呢單可以取消。"],
    handedOver: ["要網絡同事跟，轉俾網絡同事。", "我今日全日喺新界，轉俾同事。"],
    worked: ["到分行處理", "遙距處理", "交通", "同經理確認結果"],
    praise: [
      "好快手，仲教埋我點避免，多謝！",
      "態度好好，好有耐性。",
      "客人到之前已經搞掂，好專業。",
      "一個電話就解決，正。",
    ],
    fair: ["整好咗，不過等咗成個上晝。", "OK，希望下次早啲通知幾點到。"],
    blame: ["今個月第三次壞，影響做生意。", "話半個鐘到，結果等咗兩個鐘。"],
  },
  en: {
    seen: [
      "Thanks, I have it. Looking from here first.",
      "Got this. Please leave it switched on, I will connect in a minute.",
      "On it. I will call you within fifteen minutes.",
      "Seen. I am two streets away and will come by.",
    ],
    waiting: [
      "Any idea when someone can be here?",
      "Still the same after a restart.",
      "We have a completion at three, please hurry.",
      "Photo attached, hope that helps.",
    ],
    appointment: [
      "Agreed with the branch manager: tomorrow before opening.",
      "Monday 10:00 on site; the spare laptop covers until then.",
    ],
    part: [
      "The part is ordered and should be here in two days.",
      "Supplier ships tomorrow; I will bring it over as soon as it lands.",
    ],
    question: [
      "Could you try signing in on a colleague's machine?",
      "Please send me a photo of the lights on the back.",
    ],
    answer: ["Works on hers, not on mine.", "Lights are amber, amber, off.", "Sorry, was with a client. Free now."],
    note: [
      "Third time for this model this quarter; raise with the vendor.",
      "Manager prefers a call over messages.",
      "Cabinet is far too warm, suggest a vent at the next visit.",
      "Out of warranty since spring: mention at renewal.",
    ],
    restored: ["Spare machine is in use, work can go on.", "Moved to the 5G backup; phones and system are up."],
    reopened: ["It was fine yesterday, and this morning it is back.", "Lasted half a day, then the same again."],
    cancelled: ["Sorry, the plug was loose. All good now.", "A colleague had reported it already."],
    handedOver: ["This one is network, handing it over.", "I am across the harbour all day; passing it on."],
    worked: ["On site", "Remote session", "Travel", "Checked the result with the branch"],
    praise: [
      "Fixed in ten minutes and explained what went wrong. Brilliant.",
      "Very patient with me, thank you!",
      "Sorted before my client arrived.",
      "Really knows our set-up, no need to explain anything twice.",
    ],
    fair: ["Fixed, but took most of the morning.", "Fine. An arrival time would have helped."],
    blame: ["Third time this month. Please fix it for good.", "Was promised half an hour, waited two."],
  },
  vi: {
    seen: [
      "Đã nhận, tôi kiểm tra từ xa trước.",
      "Chào anh chị, tôi đang ở xưởng A, sẽ qua ngay.",
      "Đã thấy, vui lòng đừng tắt máy.",
      "Nhận rồi, 15 phút nữa tôi báo lại.",
    ],
    waiting: [
      "Khoảng mấy giờ anh tới được?",
      "Chuyền vẫn đang dừng, nhờ anh ưu tiên.",
      "Tôi đã khởi động lại, vẫn vậy.",
      "Tôi gửi thêm ảnh lỗi.",
    ],
    appointment: ["Hẹn tổ trưởng sáng mai trước giờ vào ca.", "Thứ Hai 7 giờ sẽ thay khi chuyền nghỉ giữa ca."],
    part: ["Cần thay linh kiện, đã đặt, dự kiến hai ngày nữa tới.", "Kho Hà Nội gửi vào, mai nhận được."],
    question: ["Nhờ anh chụp giúp đèn phía sau thiết bị.", "Nhờ chị thử quét bằng máy khác xem có được không."],
    answer: [
      "Đèn nhấp nháy cam, tôi gửi ảnh rồi.",
      "Máy khác quét được bình thường.",
      "Xin lỗi lúc nãy bận giao ca, giờ làm được rồi.",
    ],
    note: [
      "Máy này hỏng lần thứ ba, nên đề nghị thay mới.",
      "Tổ trưởng ca 2 nắm rất rõ, nên hỏi anh ấy trước.",
      "Bụi kim loại nhiều, cần thêm lưới lọc.",
      "Khoá tủ mạng do bảo vệ giữ.",
    ],
    restored: ["Đã chuyển sang trạm dự phòng, chuyền chạy lại.", "Đã dùng đường truyền dự phòng, ERP hoạt động."],
    reopened: ["Hôm qua sửa xong, ca sáng nay lại bị.", "Chạy được nửa ngày rồi lỗi y như cũ."],
    cancelled: ["Xin lỗi, do lỏng phích cắm, đã được rồi.", "Đã có người báo trước, xin huỷ phiếu này."],
    handedOver: [
      "Tôi đang ở Hải Phòng, chuyển cho đồng nghiệp gần hơn.",
      "Cần phần mạng hỗ trợ, chuyển cho đồng nghiệp mạng.",
    ],
    worked: ["Xử lý tại xưởng", "Xử lý từ xa", "Di chuyển", "Kiểm tra cùng tổ trưởng ca"],
    praise: [
      "Rất nhiệt tình, sửa nhanh, chuyền chạy lại ngay.",
      "Giải thích dễ hiểu, làm việc cẩn thận.",
      "Đến trong 10 phút, rất chuyên nghiệp.",
      "Hiểu máy của xưởng còn hơn chúng tôi.",
    ],
    fair: ["Sửa được nhưng chờ hơi lâu.", "Tạm ổn, mong lần sau báo giờ đến cụ thể."],
    blame: ["Lỗi này bị lại lần thứ ba rồi.", "Dừng chuyền hơn hai tiếng mới có người tới."],
  },
};
