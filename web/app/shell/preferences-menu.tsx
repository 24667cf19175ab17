import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { languageNames, languages } from "../languages.ts";
import { chooseLanguage } from "../texts.ts";

const schemes = ["auto", "light", "dark"] as const;

/** Language and colours, as items of any menu. The choice stays on this device. */
export function PreferenceItems() {
  const { t, i18n } = useTranslation("app");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const check = (on: boolean) => (on ? <IconCheck size={14} aria-hidden /> : <span style={{ width: 14 }} />);
  return (
    <>
      <Menu.Label>{t("menu.language")}</Menu.Label>
      {languages.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          role="menuitemradio"
          aria-checked={i18n.language === language}
          leftSection={check(i18n.language === language)}
          onClick={() => void chooseLanguage(language)}
        >
          {languageNames[language]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t("menu.colours")}</Menu.Label>
      {schemes.map((scheme) => (
        <Menu.Item
          key={scheme}
          role="menuitemradio"
          aria-checked={colorScheme === scheme}
          leftSection={check(colorScheme === scheme)}
          onClick={() => setColorScheme(scheme)}
        >
          {t(`menu.scheme.${scheme}`)}
        </Menu.Item>
      ))}
    </>
  );
}
