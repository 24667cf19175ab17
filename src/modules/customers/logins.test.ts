import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Type } from "typebox";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { silentLog } from "../../platform/log.ts";
import { sql } from "../../platform/sql.ts";
import { openIdentity } from "../identity/index.ts";
import { customersRoutes, personInvitationRoutes } from "./index.ts";

describe("the logins of people at customers", () => {
  let world: World;
  let provider: Provider;
  let owner: Caller;
  const ids: Record<string, string> = {};

  before(async () => {
    world = await startWorld(customersRoutes, async (app) => {
      const parts = { config: app.settings, db: app.db, log: silentLog };
      personInvitationRoutes(app, await openIdentity(parts));
    });
    provider = await world.provider();
    owner = await provider.staff("owner");
    ids.customer = (await owner.post("/api/v1/customers", { name: "Shops", deployment: "saas" })).body.id;
    ids.site = (await owner.post("/api/v1/sites", { customerId: ids.customer, name: "One" })).body.id;
  });
  after(() => world.end());

  const add = async (body: object) => {
    const answer = await owner.post("/api/v1/people", { name: "Mai", ...body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const rightsOf = (personId: string) =>
    world.db.asTenant(provider.tenantId, (tx) =>
      tx.one(
        Type.Object({ roles: Type.Array(Type.String()), active: Type.Boolean() }),
        sql`select roles, active from identity.membership where tenant_id = ${tx.tenantId} and subject_id = ${personId}`,
      ),
    );

  it("follow what a person is, and end when the person is archived", async () => {
    const affiliation = { customerId: ids.customer, siteId: ids.site };
    const person = await add({
      affiliations: [
        { ...affiliation, role: "user" },
        { ...affiliation, role: "contact" },
      ],
    });
    assert.deepEqual((await rightsOf(person.id)).roles.sort(), ["contact", "user"]);
    await owner.patch(`/api/v1/people/${person.id}`, { affiliations: [{ ...affiliation, role: "user" }] });
    assert.deepEqual(await rightsOf(person.id), { roles: ["user"], active: true });
    await owner.patch(`/api/v1/people/${person.id}`, { archived: true });
    assert.equal((await rightsOf(person.id)).active, false);
  });

  it("begin with an invitation, which shows", async () => {
    const person = await add({
      email: "mai@example.com",
      affiliations: [{ customerId: ids.customer, role: "contact" }],
    });
    const { status, body } = await owner.post(`/api/v1/people/${person.id}/invite`);
    assert.equal(status, 201, JSON.stringify(body));
    assert.match(body.link, /\/invitation\/[\w-]{40,}$/, "without a mail server the link is handed out");
    assert.equal((await owner.get(`/api/v1/people/${person.id}`)).body.login, "invited");
    const { body: list } = await owner.get("/api/v1/people?q=mai@example");
    assert.equal(list.items[0].login, "invited");
  });

  it("are given by those who may, to people with a mail address, of their own provider", async () => {
    const person = await add({ affiliations: [{ customerId: ids.customer, role: "contact" }] });
    const url = `/api/v1/people/${person.id}/invite`;
    assert.deepEqual((await owner.post(url)).body.code, "email_missing");
    assert.equal((await provider.person(person.id, "contact").post(url)).status, 403);
    assert.equal((await (await (await world.provider()).staff("owner")).post(url)).status, 404);
    assert.equal((await (await provider.staff("auditor")).post(url)).status, 403);
  });
});
