import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    calendars: typeof import("./texts/en.json");
  }
}
