import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readRefusalCodes } from "../../src/platform/refusal-codes.ts";
import { startProduct, type TestedProduct } from "../isolation/product.ts";

type Json = ReturnType<typeof JSON.parse>;

let product: TestedProduct;
let document: Json;

before(async () => {
  product = await startProduct();
  document = (await product.app.inject("/api/v1/openapi.json")).json();
});
after(() => product?.end());

/** Every operation under /api, with its name. */
function operations(): { name: string; path: string; method: string; operation: Json }[] {
  return Object.entries<Json>(document.paths)
    .flatMap(([path, item]) =>
      Object.entries<Json>(item).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
    )
    .filter(({ path }) => path.startsWith("/api/"));
}

/** Each object of the document, with its place. */
function* objectsBelow(value: Json, at: string): Generator<{ at: string; value: Json }> {
  if (typeof value !== "object" || value === null) return;
  yield { at, value };
  for (const [key, each] of Object.entries(value))
    yield* objectsBelow(each, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

function resolve(ref: string): Json {
  const keys = ref
    .replace(/^#\//, "")
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<Json>((value, key) => value?.[key], document);
}

describe("the OpenAPI document", () => {
  test("says what it is, and how one is let in", () => {
    assert.equal(document.openapi, "3.1.0");
    assert.deepEqual(Object.keys(document.components.securitySchemes), ["key", "session"]);
    assert.deepEqual(document.security, [{ key: [] }, { session: [] }]);
    assert.deepEqual(document.paths["/api/v1/setup"].get.security, []);
    assert.equal(document.paths["/api/v1/tickets"].get.security, undefined);
  });

  test("has no reference to nothing, and only schemas that JSON Schema 2020-12 knows", () => {
    const ajv = new Ajv2020({ strict: false });
    const faults: string[] = [];
    let schemas = 0;
    for (const { at, value } of objectsBelow(document, "#")) {
      if (typeof value.$ref === "string" && resolve(value.$ref) === undefined) faults.push(`${at}: ${value.$ref}`);
      for (const schema of [value.schema, ...(at === "#/components/schemas" ? Object.values(value) : [])]) {
        if (schema === undefined) continue;
        schemas++;
        if (typeof schema !== "object" || ajv.validateSchema(schema) !== true)
          faults.push(`${at}: ${ajv.errorsText()}`);
      }
    }
    assert.ok(schemas > 200, `only ${schemas} schemas`);
    assert.deepEqual(faults, []);
  });

  test("gives each operation a name of its own, a summary, its right, and exactly the parameters of its path", () => {
    const all = operations();
    assert.ok(all.length > 120, `only ${all.length} operations`);
    assert.equal(new Set(all.map(({ operation }) => operation.operationId)).size, all.length);
    for (const { name, path, operation } of all) {
      assert.match(operation.operationId, /^[a-z][A-Za-z0-9]+$/, name);
      assert.ok(operation.summary, `${name} has no summary`);
      assert.match(operation.description, /right `|no sign-in|signed in/, name);
      const inPath = operation.parameters.filter((each: Json) => each.in === "path").map((each: Json) => each.name);
      assert.deepEqual(inPath.toSorted(), [...path.matchAll(/\{(\w+)\}/g)].map(([, key]) => key).toSorted(), name);
      for (const parameter of operation.parameters) {
        if (!parameter.$ref) assert.equal(typeof parameter.schema, "object", `${name}: ${parameter.name}`);
      }
    }
  });

  test("lists the refusals of each operation as problems", () => {
    for (const { name, method, operation } of operations()) {
      const statuses = Object.keys(operation.responses);
      const isWrite = method !== "get";
      for (const status of ["400", "401", "429", "500", "503", ...(isWrite ? ["403", "409", "413", "422"] : [])]) {
        assert.ok(statuses.includes(status), `${name}: ${status}`);
      }
      for (const status of statuses.filter((each) => each >= "400")) {
        const answer = resolve(operation.responses[status].$ref);
        assert.deepEqual(Object.keys(answer.content), ["application/problem+json"], name);
      }
      assert.ok(
        statuses.some((status) => /^2/.test(status)),
        name,
      );
    }
    const { responses } = document.paths["/api/v1/tickets/{id}"].patch;
    assert.deepEqual(Object.keys(responses).join(" "), "200 400 401 403 404 409 412 413 415 422 429 500 503");
  });

  test("describes what the platform does for all: versions, repetition, pages, forms, files", () => {
    const { paths } = document;
    const refs = (operation: Json) => operation.parameters.map((each: Json) => each.$ref ?? each.name);
    const key = "#/components/parameters/IdempotencyKey";
    const match = "#/components/parameters/IfMatch";
    assert.deepEqual(refs(paths["/api/v1/tickets"].post), [key]);
    assert.deepEqual(refs(paths["/api/v1/tickets/{id}"].patch), ["id", key, match]);
    assert.deepEqual(refs(paths["/api/v1/session"].post), []);
    assert.ok(paths["/api/v1/tickets/{id}"].get.responses["200"].headers.ETag);
    assert.ok(paths["/api/v1/tickets"].post.responses["201"].headers["Idempotent-Replayed"]);

    const lists = operations().filter(({ operation }) => refs(operation).includes("after"));
    assert.ok(lists.length > 10, `only ${lists.length} lists`);
    for (const { name, operation } of lists) {
      const { properties } = operation.responses["200"].content["application/json"].schema;
      assert.deepEqual(Object.keys(properties).slice(0, 2), ["items", "next"], name);
      const limit = operation.parameters.find((each: Json) => each.name === "limit");
      assert.equal(limit.required, false, name);
    }

    const form = paths["/api/v1/tickets/{id}/attachments"].post.requestBody.content["multipart/form-data"].schema;
    assert.deepEqual(Object.keys(form.properties), ["internal", "file"]);
    assert.deepEqual(form.required, ["file"]);
    const file = paths["/api/v1/tickets/{id}/attachments/{attachmentId}"].get.responses["200"].content;
    assert.deepEqual(Object.keys(file), ["application/octet-stream"]);
  });
});

test("the page of the interface lists every address and every code, once each", async () => {
  const page = (await product.app.inject("/api/docs")).body;
  const codes = await readRefusalCodes();
  assert.ok(codes.length > 120, `only ${codes.length} codes`);
  for (const { code, sentences } of codes) {
    assert.equal(page.split(`<tr id="${code}">`).length, 2, code);
    for (const sentence of sentences) {
      assert.ok(!/\$\{|\\/.test(sentence), sentence);
      const words = sentence.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
      assert.ok(page.includes(words), sentence);
    }
  }
  for (const { path } of operations())
    assert.ok(page.includes(`<code>${path.replaceAll(/\{(\w+)\}/g, ":$1")}</code>`), path);
});
