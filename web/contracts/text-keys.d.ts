import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    contracts: typeof import("./texts/en.json");
  }
}
