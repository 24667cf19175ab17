import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./not-found-page.module.css";

export function NotFoundPage() {
  const { t } = useTranslation("app");
  return (
    <main className={classes.page}>
      <h1>{t("crash.notThere")}</h1>
      <p>{t("crash.notThereWhy")}</p>
      <Button component="a" href="/">
        {t("crash.home")}
      </Button>
    </main>
  );
}
