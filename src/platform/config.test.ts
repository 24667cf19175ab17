import assert from "node:assert/strict";
import { test } from "node:test";
import { BadConfig, readConfig } from "./config.ts";

function problemsOf(args: string[], env: Record<string, string>): string {
  try {
    readConfig(args, env);
  } catch (error) {
    assert.ok(error instanceof BadConfig);
    return error.message;
  }
  return "";
}

test("every bad value is named at once, and so is a variable that is none", () => {
  const bad = {
    DATABASE_URL: "x",
    MAINSTAY_HOST: "no such host",
    MAINSTAY_LOG_LEVEL: "loud",
    MAINSTAY_MAIL_FROM: "nonsense",
    MAINSTAY_PORTS: "1",
    MAINSTAY_RATE_LIMIT: "-1",
    MAINSTAY_S3_BUCKET: "alone",
    MAINSTAY_SECRET: "short",
    MAINSTAY_SMS_HEADERS: "{bad",
    MAINSTAY_SMS_METHOD: "FOO",
    MAINSTAY_SMS_URL: "notaurl",
    MAINSTAY_TRUST_PROXY: "bogus",
  };
  const problems = problemsOf(["--port", "70000", "--colour"], bad);
  for (const name of [...Object.keys(bad), "--port", "--colour"]) assert.ok(problems.includes(name), name);
});

test("flags win over variables, and what is not set has its usual value", () => {
  const config = readConfig(["--port=4000", "--demo"], { MAINSTAY_PORT: "5000", MAINSTAY_HOST: "0.0.0.0" });
  assert.deepEqual(
    [config.port, config.host, config.publicUrl, config.demo],
    [4000, "0.0.0.0", "http://127.0.0.1:4000", true],
  );
});
