/** Where the estate agent has its branches: Chinese name, English name, street, latitude, longitude. */
const branches = `
中環|Central|皇后大道中 68 號|22.2822|114.1560
上環|Sheung Wan|德輔道中 244 號|22.2865|114.1510
西營盤|Sai Ying Pun|第三街 118 號|22.2858|114.1430
堅尼地城|Kennedy Town|卑路乍街 86 號|22.2815|114.1290
半山羅便臣道|Mid-Levels Robinson Road|羅便臣道 62 號|22.2820|114.1490
灣仔|Wan Chai|莊士敦道 180 號|22.2770|114.1730
跑馬地|Happy Valley|成和道 33 號|22.2690|114.1840
銅鑼灣|Causeway Bay|軒尼詩道 478 號|22.2795|114.1830
大坑|Tai Hang|京街 14 號|22.2785|114.1920
天后|Tin Hau|電氣道 95 號|22.2830|114.1920
炮台山|Fortress Hill|英皇道 238 號|22.2880|114.1930
北角|North Point|英皇道 395 號|22.2910|114.2000
鰂魚涌|Quarry Bay|英皇道 987 號|22.2870|114.2120
太古城|Taikoo Shing|太古城道 24 號|22.2860|114.2190
西灣河|Sai Wan Ho|筲箕灣道 72 號|22.2820|114.2220
筲箕灣|Shau Kei Wan|金華街 15 號|22.2790|114.2290
杏花邨|Heng Fa Chuen|盛泰道 100 號|22.2770|114.2400
柴灣|Chai Wan|怡豐街 8 號|22.2650|114.2370
小西灣|Siu Sai Wan|小西灣道 28 號|22.2620|114.2490
香港仔|Aberdeen|香港仔大道 171 號|22.2480|114.1550
鴨脷洲|Ap Lei Chau|利東邨道 5 號|22.2420|114.1560
貝沙灣|Bel-Air|貝沙灣道 28 號|22.2600|114.1300
赤柱|Stanley|赤柱大街 42 號|22.2190|114.2130
尖沙咀|Tsim Sha Tsui|加連威老道 36 號|22.2990|114.1740
佐敦|Jordan|白加士街 61 號|22.3050|114.1710
油麻地|Yau Ma Tei|上海街 340 號|22.3120|114.1700
大角咀|Tai Kok Tsui|大角咀道 92 號|22.3210|114.1620
奧海城|Olympic|海輝道 11 號|22.3170|114.1610
旺角|Mong Kok|西洋菜南街 158 號|22.3200|114.1700
太子|Prince Edward|彌敦道 752 號|22.3245|114.1685
九龍塘|Kowloon Tong|窩打老道 140 號|22.3370|114.1750
何文田|Ho Man Tin|太平道 9 號|22.3160|114.1800
紅磡|Hung Hom|蕪湖街 71 號|22.3050|114.1860
黃埔|Whampoa|德安街 18 號|22.3040|114.1900
土瓜灣|To Kwa Wan|土瓜灣道 237 號|22.3170|114.1890
啟德|Kai Tak|沐寧街 15 號|22.3230|114.1990
九龍城|Kowloon City|衙前圍道 44 號|22.3300|114.1880
新蒲崗|San Po Kong|爵祿街 36 號|22.3370|114.1970
黃大仙|Wong Tai Sin|正德街 103 號|22.3420|114.1940
鑽石山|Diamond Hill|龍蟠街 3 號|22.3400|114.2010
彩虹|Choi Hung|清水灣道 11 號|22.3350|114.2090
牛頭角|Ngau Tau Kok|牛頭角道 33 號|22.3150|114.2190
觀塘|Kwun Tong|裕民坊 12 號|22.3120|114.2260
藍田|Lam Tin|啟田道 50 號|22.3070|114.2330
油塘|Yau Tong|高超道 38 號|22.2970|114.2370
深水埗|Sham Shui Po|欽州街 37 號|22.3300|114.1620
長沙灣|Cheung Sha Wan|長沙灣道 650 號|22.3360|114.1560
荔枝角|Lai Chi Kok|荔枝角道 863 號|22.3370|114.1480
美孚|Mei Foo|百老匯街 72 號|22.3380|114.1390
南昌|Nam Cheong|深旺道 28 號|22.3260|114.1530
葵芳|Kwai Fong|興芳路 223 號|22.3570|114.1280
葵涌|Kwai Chung|和宜合道 63 號|22.3650|114.1350
青衣|Tsing Yi|青敬路 33 號|22.3590|114.1070
荃灣|Tsuen Wan|沙咀道 289 號|22.3710|114.1140
荃灣西|Tsuen Wan West|永順街 38 號|22.3680|114.1090
深井|Sham Tseng|青山公路 38 號|22.3680|114.0600
屯門|Tuen Mun|屯順街 1 號|22.3940|113.9760
黃金海岸|Gold Coast|青山公路 1 號|22.3720|113.9920
兆康|Siu Hong|兆康苑 5 號|22.4110|113.9790
天水圍|Tin Shui Wai|天恩路 12 號|22.4480|114.0040
嘉湖|Kingswood|天湖路 1 號|22.4560|114.0010
元朗|Yuen Long|青山公路 165 號|22.4450|114.0270
元朗 YOHO|Yuen Long YOHO|朗日路 9 號|22.4460|114.0350
錦上路|Kam Sheung Road|錦上路 18 號|22.4340|114.0640
上水|Sheung Shui|龍琛路 39 號|22.5010|114.1280
粉嶺|Fanling|新運路 33 號|22.4920|114.1390
大埔墟|Tai Po Market|寶鄉街 23 號|22.4460|114.1680
大埔中心|Tai Po Centre|安邦路 9 號|22.4510|114.1720
白石角|Pak Shek Kok|科進路 21 號|22.4270|114.2090
火炭|Fo Tan|山尾街 18 號|22.3970|114.1940
沙田第一城|City One Sha Tin|銀城街 2 號|22.3830|114.2040
沙田|Sha Tin|沙田正街 3 號|22.3810|114.1880
大圍|Tai Wai|車公廟路 18 號|22.3730|114.1780
馬鞍山|Ma On Shan|鞍祿街 18 號|22.4240|114.2310
烏溪沙|Wu Kai Sha|西沙路 530 號|22.4290|114.2430
坑口|Hang Hau|重華路 8 號|22.3160|114.2640
將軍澳中心|Tseung Kwan O|唐德街 9 號|22.3070|114.2600
調景嶺|Tiu Keng Leng|景嶺路 8 號|22.3050|114.2520
康城|LOHAS Park|康城路 1 號|22.2950|114.2690
西貢|Sai Kung|普通道 16 號|22.3820|114.2710`;

export interface BranchPlace {
  name: string;
  english: string;
  address: string;
  latitude: number;
  longitude: number;
}

export const branchPlaces: readonly BranchPlace[] = branches
  .trim()
  .split("\n")
  .map((line) => {
    const [name = "", english = "", street = "", latitude, longitude] = line.split("|");
    return {
      name: `${name}分行`,
      english,
      address: `香港${street}地下`,
      latitude: Number(latitude),
      longitude: Number(longitude),
    };
  });
