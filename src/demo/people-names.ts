import type { Random } from "./random.ts";

const mainland = {
  family:
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
  given:
    "子涵 雨桐 思远 佳怡 浩然 欣妍 俊杰 婷婷 志强 丽娜 建国 晓燕 明辉 雪梅 文博 静怡 海涛 玉兰 立军 春燕 振宇 嘉怡 国栋 慧敏 晨曦 梦瑶 家豪 诗琪 宏伟 秀英".split(
      " ",
    ),
};

const hongKong = {
  family: [
    ["陳", "Chan"],
    ["黃", "Wong"],
    ["李", "Lee"],
    ["張", "Cheung"],
    ["林", "Lam"],
    ["梁", "Leung"],
    ["吳", "Ng"],
    ["鄭", "Cheng"],
    ["何", "Ho"],
    ["劉", "Lau"],
    ["葉", "Yip"],
    ["鄧", "Tang"],
    ["許", "Hui"],
    ["馮", "Fung"],
  ],
  given: [
    ["詠詩", "Wing Sze"],
    ["家明", "Ka Ming"],
    ["嘉慧", "Ka Wai"],
    ["志強", "Chi Keung"],
    ["美玲", "Mei Ling"],
    ["子軒", "Tsz Hin"],
    ["曉彤", "Hiu Tung"],
    ["國華", "Kwok Wah"],
    ["淑儀", "Shuk Yee"],
    ["俊傑", "Chun Kit"],
    ["穎琳", "Wing Lam"],
    ["偉文", "Wai Man"],
    ["靜雯", "Ching Man"],
    ["浩然", "Ho Yin"],
    ["芷晴", "Tsz Ching"],
  ],
  abroad: ["Rohan Mehta", "Emily Carter", "Arjun Thapa", "Grace Santos", "Oliver Bennett", "Aisha Siddiqui"],
};

const vietnam = {
  family: "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương".split(" "),
  middle: "Văn Thị Đức Ngọc Minh Thanh Quang Thu Hữu Kim".split(" "),
  given:
    "An Bình Chi Dũng Giang Hà Hải Hằng Hùng Khánh Lan Linh Long Mai Nam Nga Phong Quân Sơn Tâm Thảo Trang Tuấn Vinh Yến".split(
      " ",
    ),
};

export function mainlandName(random: Random): string {
  return `${random.pick([...mainland.family])}${random.pick(mainland.given)}`;
}

/** Some are written in both scripts; some who work there come from abroad. */
export function hongKongName(random: Random): { name: string; isAbroad: boolean } {
  if (random.chance(0.12)) return { name: random.pick(hongKong.abroad), isAbroad: true };
  const [family = "", familyLatin = ""] = random.pick(hongKong.family);
  const [given = "", givenLatin = ""] = random.pick(hongKong.given);
  return { name: `${family}${given} ${familyLatin} ${givenLatin}`, isAbroad: false };
}

export function vietnameseName(random: Random): string {
  return `${random.pick(vietnam.family)} ${random.pick(vietnam.middle)} ${random.pick(vietnam.given)}`;
}
