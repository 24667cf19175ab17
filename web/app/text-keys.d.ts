import "i18next";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    returnNull: false;
    contextSeparator: "~";
  }
  interface ResourceNamespaceMap {
    app: typeof import("./texts/en.json");
  }
}
