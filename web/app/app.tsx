import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ErrorBoundary } from "./error-boundary.tsx";
import { createQueryClient } from "./queries.ts";
import { createAppRouter } from "./router.tsx";
import { cssVariables, themeWith } from "./theme.ts";

const colorSchemeManager = localStorageColorSchemeManager({ key: "mainstay.scheme" });
const client = createQueryClient();
const router = createAppRouter(client);

window.addEventListener("mainstay:signed-out", () => void router.invalidate());

export function App() {
  const { t } = useTranslation("app");
  const theme = useMemo(() => themeWith(t("action.close")), [t]);
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        <ErrorBoundary>
          <QueryClientProvider client={client}>
            <Suspense>
              <RouterProvider router={router} />
            </Suspense>
          </QueryClientProvider>
        </ErrorBoundary>
      </MantineProvider>
    </StrictMode>
  );
}
