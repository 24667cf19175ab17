import "i18next";

declare module "i18next" {
  interface ResourceNamespaceMap {
    devices: typeof import("./texts/en.json");
  }
}
