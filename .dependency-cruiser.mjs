import { moduleOrder } from "./module-order.mjs";

const tests = "\\.test\\.tsx?$";
const anyOf = (names) => `(?:${names.join("|")})`;
const modulePath = "^src/modules/[^/]+/";
const frontDoor = `${modulePath}(?:index|api)\\.ts$`;

/** The files that may name several modules: they compose, and hold no rule of the business. */
const composition = "^src/(?:(?:server|cli)\\.ts$|commands/|demo/)";
const webComposition = "^web/app/(?:main|routes|router)\\.tsx?$";

/** What starts by itself; whatever cannot be reached from here is dead. The test of the order follows the imports. */
export const entries = [
  "src/server.ts",
  "src/cli.ts",
  "src/compute.ts",
  "web/app/main.tsx",
  "web/app/service-worker.ts",
  "web/build.ts",
  "web/vite.config.ts",
];

/** Libraries of pure mathematics that engines may call; each has a page in docs/decisions. */
const engineLibraries = ["highs"];

/** @type {(name: string, comment: string, from: object, to: object) => import("dependency-cruiser").IForbiddenRuleType} */
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const inOrder = moduleOrder
  .slice(0, -1)
  .map((module, index) =>
    rule(
      `order-${module}`,
      `${module} imports only from modules before it in module-order.mjs.`,
      { path: `^src/modules/${module}/` },
      { path: `^src/modules/${anyOf(moduleOrder.slice(index + 1))}/` },
    ),
  );

const webInOrder = ["app", ...moduleOrder]
  .slice(0, -1)
  .map((module, index) =>
    rule(
      `web-order-${module}`,
      `web/${module} imports only from web folders before it: app, then module-order.mjs.`,
      { path: `^web/${module}/`, pathNot: webComposition },
      { path: `^web/${anyOf(moduleOrder.slice(index))}/` },
    ),
  );

/** @type {{ forbidden: import("dependency-cruiser").IForbiddenRuleType[], options: import("dependency-cruiser").ICruiseOptions }} */
const configuration = {
  forbidden: [
    ...inOrder,
    ...webInOrder,
    rule(
      "front-door",
      "A module is entered through its index.ts or api.ts.",
      { path: "^src/modules/([^/]+)/" },
      { path: modulePath, pathNot: ["^src/modules/$1/", frontDoor] },
    ),
    rule(
      "front-door-outside",
      "A module is entered through its index.ts or api.ts.",
      { path: "^src/", pathNot: modulePath },
      { path: modulePath, pathNot: frontDoor },
    ),
    rule(
      "only-the-root-composes",
      "Only src/server.ts, src/cli.ts with its commands, and src/demo name modules from outside.",
      { path: "^src/", pathNot: [modulePath, composition, tests] },
      { path: "^src/modules/" },
    ),
    rule(
      "nobody-imports-the-root",
      "Platform, engines and modules do not know what is composed of them.",
      { path: "^src/(?:platform|engines|modules)/", pathNot: tests },
      { path: "^src/(?:[^/]+\\.ts$|commands/|demo/)" },
    ),
    rule(
      "engines-are-pure",
      "Engines import nothing but engines.",
      { path: "^src/engines/", pathNot: tests },
      { pathNot: ["^src/engines/", ...engineLibraries.map((name) => `^node_modules/${name}/`)] },
    ),
    rule(
      "engines-are-tested-alone",
      "Tests of engines need no platform and no module.",
      { path: `^src/engines/.*${tests}` },
      { path: "^src/(?!engines/)" },
    ),
    rule(
      "no-test-code-in-production",
      "What runs in production imports no test and no bench.",
      { path: "^(?:src|web)/", pathNot: tests },
      { path: `(?:^(?:test|bench)/)|(?:${tests})` },
    ),
    rule(
      "no-dev-dependency",
      "What runs in production needs its package under dependencies.",
      { path: "^(?:src|web)/", pathNot: tests },
      { dependencyTypes: ["npm-dev"], pathNot: "^node_modules/@types/" },
    ),
    rule(
      "declared-dependency",
      "Each package that is imported stands in package.json.",
      { path: "^(?:src|web|test|bench)/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    rule("resolvable", "Each import leads to a file.", {}, { couldNotResolve: true }),
    rule(
      "web-sees-only-api",
      "web/ knows of the server only src/modules/*/api.ts.",
      { path: "^web/" },
      {
        path: "^src/",
        pathNot: "^src/modules/[^/]+/api\\.ts$",
      },
    ),
    rule(
      "server-sees-no-web",
      "The server does not import the web app; the command line builds it.",
      { path: "^src/" },
      { path: "^web/", pathNot: "^web/build.ts$" },
    ),
    rule("no-cycle", "No file needs itself, types included.", {}, { circular: true }),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".css", ".json", ".d.ts"],
    },
  },
};

export default configuration;
