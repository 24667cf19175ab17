import assert from "node:assert/strict";
import { test } from "node:test";
import { withTemporaryProject } from "./project-files.ts";
import { checkStatements, describeViolations } from "./sql-rules.ts";

const line = (text: string, role = "app", tenant = true) => `${JSON.stringify({ text, role, tenant })}\n`;

test("what the tests ran is checked against the migrated database, each distinct statement once", async () => {
  const recorded = {
    "100.jsonl":
      line("select id from platform.event where tenant_id = $1 and id > $2 order by id limit 50") +
      line("update platform.event set retry_at = retry_at + $1::interval where tenant_id = $2") +
      line("select id from platform.event", "app", true),
    "101.jsonl":
      line("select id from platform.event", "app", true) +
      line(
        "/* sweep: tenants with undelivered events */ select distinct tenant_id from platform.event",
        "sweep",
        false,
      ) +
      line("insert into graphile_worker._private_jobs (task_id, run_at) values ($1, now()) on conflict do nothing"),
  };
  const report = await withTemporaryProject(recorded, checkStatements);
  assert.equal(report.statements, 5);
  assert.deepEqual(
    report.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
    [
      "tenant-filter: platform.event: its tenant_id is tied neither to a parameter nor to another's tenant_id",
      "no-stable-over-columns: timestamptz_pl_interval in the SET of UPDATE",
    ],
  );
  assert.match(describeViolations(report), /5 statements checked, 2 violations$/);
});

test("a log of another shape is not taken for an empty one", async () => {
  await assert.rejects(
    withTemporaryProject({ "100.jsonl": '{ "sql": "select 1" }\n' }, checkStatements),
    /no recorded statement/,
  );
});
