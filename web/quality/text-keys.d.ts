import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    quality: typeof import("./texts/en.json");
  }
}
