import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    identity: typeof import("./texts/en.json");
  }
}
