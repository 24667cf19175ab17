import assert from "node:assert/strict";
import { test } from "node:test";
import { simplifiedOnly, traditionalOnly } from "./chinese-pairs.ts";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkTexts, readTextFolders } from "./text-rules.ts";
import { checkTextUsage } from "./text-usage.ts";

function check(root: string): string[] {
  const { folders, violations } = readTextFolders(root);
  const { missing, unused } = checkTextUsage(root, folders);
  return [...violations, ...folders.flatMap(checkTexts), ...missing, ...unused];
}

const ours = readTextFolders(projectRoot);

test("every text stands in four languages", () => {
  assert.ok(ours.folders.length > 0, "no texts were found");
  assert.deepEqual([...ours.violations, ...ours.folders.flatMap(checkTexts)], []);
});

test("every key that the code asks for has a text", () => {
  assert.deepEqual(checkTextUsage(projectRoot, ours.folders).missing, []);
});

test("every text is shown somewhere", () => {
  assert.deepEqual(checkTextUsage(projectRoot, ours.folders).unused, []);
});

test("the lists of characters do not overlap", () => {
  assert.ok(simplifiedOnly.size > 400 && traditionalOnly.size > 400);
  assert.deepEqual(
    [...simplifiedOnly].filter((character) => traditionalOnly.has(character)),
    [],
  );
});

const en = {
  title: "Ticket {{number}}",
  state: { new: "New", closed: "Closed" },
  sites_one: "one site",
  sites_other: "{{count}} sites",
  rich: "Read <b>this</b>",
  sla: "SLA {{name}}",
};
const hans = {
  title: "工单 {{number}}",
  state: { new: "新建", closed: "已关闭" },
  sites_other: "{{count}} 个站点",
  rich: "请读<b>这里</b>",
  sla: "SLA {{name}}",
};
const hant = {
  title: "工單 {{number}}",
  state: { new: "新建", closed: "已關閉" },
  sites_other: "{{count}} 個站點",
  rich: "請讀<b>這裡</b>",
  sla: "SLA {{name}}",
};
const vi = {
  title: "Phiếu {{number}}",
  state: { new: "Mới", closed: "Đã đóng" },
  sites_other: "{{count}} địa điểm",
  rich: "Hãy đọc <b>phần này</b>",
  sla: "SLA {{name}}",
};
/** In what is planted, `$(x)` stands for an interpolation. */
const page = `import { useTranslation } from "react-i18next";
export function Page({ state, name }) {
  const { t } = useTranslation("helpdesk");
  return <p title={t("title", { number: 1 })}>{t(\`state.$(state)\`)} {t("sites", { count: 2 })} {t(name ? "sla" : "rich")}</p>;
}`;
const mail = `import { loadTexts } from "../../platform/texts.ts";
const texts = loadTexts("texts");
export const greet = (locale) => texts(locale, "greeting", { name: "x" });`;

type Texts = Record<string, unknown>;
interface Planted {
  en?: Texts;
  "zh-Hans"?: Texts;
  "zh-Hant"?: Texts;
  vi?: Texts;
  code?: string;
  mail?: string;
}

function project(change: Planted): Record<string, string> {
  const texts = { en, "zh-Hans": hans, "zh-Hant": hant, vi };
  const files: Record<string, string> = {
    "web/helpdesk/page.tsx": (change.code ?? page).replace(/\$\((\w+)\)/g, "$${$1}"),
    "src/modules/helpdesk/send-mail.ts": change.mail ?? mail,
  };
  for (const language of ["en", "zh-Hans", "zh-Hant", "vi"] as const) {
    files[`web/helpdesk/texts/${language}.json`] = JSON.stringify({ ...texts[language], ...change[language] });
    files[`src/modules/helpdesk/texts/${language}.json`] = JSON.stringify({
      greeting: { en: "Hello {name}", "zh-Hans": "{name},您好", "zh-Hant": "{name},您好", vi: "Chào {name}" }[language],
    });
  }
  return files;
}

test("sound texts pass", async () => {
  assert.deepEqual(await withTemporaryProject(project({}), check), []);
});

test("a missing language is noticed", async () => {
  const files = project({});
  delete files["web/helpdesk/texts/vi.json"];
  assert.deepEqual(await withTemporaryProject(files, check), ["web/helpdesk/texts/vi.json is missing"]);
});

const folder = "web/helpdesk/texts";

const planted: [string, Planted, string[]][] = [
  ["a missing translation", { vi: { state: { new: "Mới" } } }, [`${folder}/vi.json: state.closed is missing`]],
  ["a translation of nothing", { vi: { extra: "thừa" } }, [`${folder}/vi.json: extra is not in English`]],
  [
    "an empty translation",
    { vi: { rich: "<b></b>", title: "{{number}}", sla: " " } },
    [`${folder}/vi.json: sla has nothing to fill in, English has {{name`, `${folder}/vi.json: sla is empty`],
  ],
  [
    "another place to fill in",
    { "zh-Hant": { title: "工單 {{id}}" } },
    [`${folder}/zh-Hant.json: title has {{id to fill in, English has {{number`],
  ],
  [
    "a lost tag",
    { vi: { rich: "Hãy đọc phần này" } },
    [`${folder}/vi.json: rich has nothing to fill in, English has </b <b`],
  ],
  ["a missing plural", { en: { sites_one: undefined } }, [`${folder}/en.json: sites lacks the plural form one`]],
  [
    "a plural that the language has not",
    { vi: { sites_few: "{{count}} vài" } },
    [`${folder}/vi.json: sites has the plural form few, which its language has not`],
  ],
  [
    "Traditional characters in the Simplified text",
    { "zh-Hans": { state: { new: "新建", closed: "已關閉" } } },
    [`${folder}/zh-Hans.json: state.closed has characters of the other script: 關 閉`],
  ],
  [
    "Simplified characters in the Traditional text",
    { "zh-Hant": { title: "工单 {{number}}" } },
    [`${folder}/zh-Hant.json: title has characters of the other script: 单`],
  ],
  [
    "a text left in English",
    { vi: { state: { new: "New", closed: "Đã đóng" } } },
    [`${folder}/vi.json: state.new is still English`],
  ],
  ["Chinese in Vietnamese", { vi: { rich: "<b>工單</b>" } }, [`${folder}/vi.json: rich is Chinese`]],
  [
    "a key that no language has",
    { code: `${page}\nexport const other = (t) => t("helpdesk:missing.key");` },
    ["web/helpdesk/page.tsx:6 asks for missing.key, which is not in web/helpdesk/texts"],
  ],
  [
    "a family of keys that no language has",
    { code: page.replace("state.$(state)", "status.$(state)") },
    [
      "web/helpdesk/page.tsx:4 asks for status.*, which is not in web/helpdesk/texts",
      `${folder}: state.new is not used`,
      `${folder}: state.closed is not used`,
    ],
  ],
  [
    "a text that nobody shows",
    { code: page.replace('name ? "sla" : "rich"', '"rich"') },
    [`${folder}: sla is not used`],
  ],
  [
    "a key that the server asks for in vain",
    { mail: mail.replace('"greeting"', '"farewell"') },
    [
      "src/modules/helpdesk/send-mail.ts:3 asks for farewell, which is not in src/modules/helpdesk/texts",
      "src/modules/helpdesk/texts: greeting is not used",
    ],
  ],
];

for (const [what, change, expected] of planted) {
  test(`caught: ${what}`, async () => {
    assert.deepEqual((await withTemporaryProject(project(change), check)).sort(), expected.sort());
  });
}
