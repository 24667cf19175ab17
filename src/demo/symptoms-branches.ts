import { type Symptom, symptomsOf, type Wish } from "./symptoms.ts";

/** What breaks in the branches of the estate agent; they write Chinese or English as it comes. */
export const branchSymptoms: readonly Symptom[] = [
  ...symptomsOf("laptop", "zh-Hant", [
    [
      "手提電腦開機後一直轉圈，入唔到 Windows",
      ["今朝約咗客十一點睇樓，份合約喺部機入面。", "尋日收工仲好地地。"],
      ["遙距進入安全模式移除失敗嘅更新，已正常開機。", "系統檔案損壞，還原至上星期映像，文件無遺失。"],
      "系統更新失敗",
      "25 medium high",
    ],
    [
      "外接螢幕無反應",
      "HDMI 條線換過都係咁。",
      ["顯示驅動重新安裝後正常。", "擴充座故障，已更換。"],
      "擴充座故障",
      "40 low medium",
    ],
    [
      "電池充唔入，拔電即熄機",
      "出外帶客要用，成日要搵插頭。",
      "電池損耗至 38%,更換電池。",
      "電池老化",
      "70 low medium",
    ],
  ]),
  ...symptomsOf("laptop", "en", [
    [
      "Laptop very slow since Monday",
      [
        "Listing system takes minutes to open, everything else crawls too.",
        "Task manager shows disk at 100% all the time.",
      ],
      [
        "Disk was full of cached viewing videos; cleaned 62 GB and moved the cache to the share.",
        "Antivirus scan loop stopped, definitions repaired.",
      ],
      "Disk full",
      "10 low medium",
    ],
    [
      "VPN asks for a code but never sends one",
      "I am at a client's flat and cannot open the tenancy agreement.",
      "Phone number on the token was outdated; updated and tested together.",
      "Outdated token",
      "0 medium high",
    ],
  ]),
  ...symptomsOf("printer", "zh-Hant", [
    [
      "打印機卡紙，開晒蓋都搵唔到張紙",
      ["客等緊簽約，急用。", "每印五六張就卡一次。"],
      ["定影組內有碎紙，清出後連印五十張正常。", "更換搓紙輪。"],
      "搓紙輪磨損",
      "65 medium medium",
    ],
    [
      "印出嚟有黑線",
      "租約成份花晒，客話唔專業。",
      ["更換感光鼓。", "清潔激光窗後正常。"],
      "感光鼓刮花",
      "60 low medium",
    ],
    ["掃描去電郵收唔到", "顯示已傳送但信箱無。", "寄件伺服器密碼過期，更新後測試收到。", "密碼過期", "5 low medium"],
  ]),
  ...symptomsOf("printer", "en", [
    [
      "Printer says toner low but it is new",
      "Replaced it yesterday, still refuses to print in colour.",
      "Chip contact cleaned and counter reset.",
      "Dirty toner contact",
      "35 low low",
    ],
    [
      "Nobody in the branch can print",
      ["Jobs sit in the queue. Four people waiting, completion at 3 pm!", "Power cycled twice, same."],
      [
        "Print server queue was stuck on a 900 MB brochure; cleared and set a limit.",
        "Printer had lost its address, reserved one in DHCP.",
      ],
      "Stuck queue",
      "20 high medium",
    ],
  ]),
  ...symptomsOf("router", "zh-Hant", [
    [
      "分行斷網，電話同系統都用唔到",
      ["部路由器閂咗再開都係紅燈。", "隔離茶餐廳有網，應該唔關大廈事。"],
      ["寬頻供應商線路故障，已報修並切去 5G 備援。", "路由器火牛燒咗，更換後恢復。"],
      "電源故障",
      "45 high high",
    ],
    [
      "上網好慢，睇盤片 load 唔到",
      "下晝三點後最慢。",
      "備份排程誤設於辦公時間，已改為凌晨。",
      "備份佔用頻寬",
      "5 medium medium",
    ],
  ]),
  ...symptomsOf("router", "en", [
    [
      "Phones cut off mid-call",
      "Calls drop after exactly fifteen minutes, every time.",
      "Session timer on the router set to 15 min by the last firmware; raised it and pinned the version.",
      "Firmware default",
      "5 medium high",
    ],
  ]),
  ...symptomsOf("access_point", "zh-Hant", [
    [
      "會議室 Wi-Fi 收唔到",
      "客人連唔上，示範唔到虛擬睇樓。",
      ["無線基站掛起，重啟並升級固件。", "天花吊位甩咗，重新固定並換線。"],
      "韌體當機",
      "40 low medium",
    ],
  ]),
  ...symptomsOf("access_point", "en", [
    [
      "Guest Wi-Fi page never loads",
      "Walk-in clients give up. Staff network is fine.",
      "Portal certificate had expired; renewed on all branches.",
      "Expired certificate",
      "0 low medium",
    ],
  ]),
];

export const branchWishes: readonly Wish[] = [
  {
    kind: "service_request",
    locale: "zh-Hant",
    subject: "新同事下星期一返工，要開電腦同電郵",
    description: "職級：物業顧問，要有放盤系統權限。",
    resolution: "帳戶、電郵同放盤系統權限已開，手提電腦已送到分行。",
  },
  {
    kind: "service_request",
    locale: "en",
    subject: "Leaver: please close accounts tonight",
    description: "Last day today, phone and laptop will be left with the branch manager.",
    resolution: "Accounts closed at 19:05, mailbox handed to the branch manager, laptop collected.",
  },
  {
    kind: "service_request",
    locale: "zh-Hant",
    subject: "分行裝修，網絡點要搬位",
    description: "櫃檯向門口移兩米，要兩個網絡點。",
    resolution: "已配合裝修判頭拉線，測試千兆正常。",
  },
  {
    kind: "service_request",
    locale: "en",
    subject: "Second monitor for the front desk",
    description: "Clients want to see floor plans while we type.",
    resolution: "24-inch monitor installed and mounted on an arm.",
  },
  {
    kind: "question",
    locale: "en",
    subject: "Can I open listings on my own phone?",
    description: "Is that allowed, and if so how?",
    resolution: "Yes, through the managed app; sent the three steps and stayed on the line until it worked.",
  },
  {
    kind: "question",
    locale: "zh-Hant",
    subject: "點樣將合約掃描做可搜尋 PDF?",
    description: "總行話要可以搜尋文字。",
    resolution: "打印機已加「可搜尋 PDF」按鍵，並示範一次。",
  },
  {
    kind: "complaint",
    locale: "en",
    subject: "Engineer did not call before coming",
    description: "We were with clients and the network went down without warning.",
    resolution: "Apologised in person; visits to this branch now need a call thirty minutes before.",
  },
  {
    kind: "problem",
    locale: "en",
    subject: "Calls drop in branches on EdgeBox firmware 7.2",
    description: "Same pattern in five branches since the update. Collecting traces.",
    resolution: "Vendor confirmed the defect; pinned to 7.1 everywhere, fixed build expected next quarter.",
  },
];
