import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    helpdesk: typeof import("./texts/en.json");
  }
}
