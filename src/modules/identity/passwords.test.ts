import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressPrefix } from "./address-prefix.ts";
import { refuseCommonPassword } from "./passwords.ts";
import { slugOf } from "./slug.ts";

describe("a password that somebody chooses", () => {
  const about = ["Sunrise Telecom", "Nguyễn Văn An", "an.nguyen@sunrise.example"];
  const easy =
    `password12 Password2024! P@ssw0rd1234 qwertyuiop 1234567890 12345678901234 aaaaaaaaaaaa abcabcabcabc iloveyou2023
    qwerty123456 Admin@123456 welcome2025 sunrise2024 SunriseTelecom1 asdfghjkl1 1q2w3e4r5t zaq12wsxcde summer2024!!
    woaini1314520 letmein12345 matkhau123456 0987654321 abcdefghijkl dragon123456 trustno1trustno1`.split(/\s+/);
  for (const password of easy) {
    it(`is not ${password}`, () =>
      assert.throws(() => refuseCommonPassword(password, about), { code: "password_too_common" }));
  }
  const good = [
    "tram lantern 48 quiet",
    "correct horse battery staple",
    "Kj7#mQ2vLp",
    "con mèo đen ngủ trưa",
    "雨后的小路很安静啊朋友",
    "x9!Tq-mainstay",
  ];
  for (const password of good) it(`may be ${password}`, () => refuseCommonPassword(password, about));
});

describe("what one guesser commands", () => {
  const cases: [string, string][] = [
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
  ];
  for (const [address, prefix] of cases)
    it(`of ${address} is ${prefix}`, () => assert.equal(addressPrefix(address), prefix));
});

describe("a provider's name in an address", () => {
  it("keeps what Latin letters it has", () => {
    assert.equal(slugOf("Müller & Söhne IT"), "muller-sohne-it");
    assert.equal(slugOf("Công ty Đèn Điện"), "cong-ty-den-dien");
    assert.match(slugOf("北京科技"), /^provider-[0-9a-f]{8}$/);
    assert.equal(slugOf("x".repeat(100)).length, 40);
  });
});
