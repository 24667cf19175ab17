import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./empty-state.tsx";

export function NotFoundPage() {
  const { t } = useTranslation("app");
  return (
    <EmptyState
      title={t("crash.notThere")}
      action={
        <Button component="a" href="/">
          {t("crash.home")}
        </Button>
      }
    >
      {t("crash.notThereWhy")}
    </EmptyState>
  );
}
