import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Answer, type Caller, startWorld, type World } from "../../../test/module-world.ts";
import { customersRoutes } from "./index.ts";

/** Two customers with two sites each, and the people of the first; a second provider beside. */
describe("who may see which customer, site and person", () => {
  let world: World;
  let owner: Caller;
  let engineer: Caller;
  let foreign: Caller;
  let contact: Caller;
  let siteContact: Caller;
  let user: Caller;
  const ids: Record<string, string> = {};

  before(async () => {
    world = await startWorld(customersRoutes);
    const provider = await world.provider();
    owner = await provider.staff("owner");
    engineer = await provider.staff("engineer");
    foreign = await (await world.provider()).staff("owner");
    const made = async (url: string, body: object): Promise<string> => {
      const answer = await owner.post(`/api/v1/${url}`, body);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.id;
    };
    for (const name of ["mine", "theirs"]) {
      const customerId = await made("customers", { name: `customer ${name}`, deployment: "saas" });
      ids[`${name}/customer`] = customerId;
      for (const site of ["one", "two"]) {
        const siteId = await made("sites", { customerId, name: `${name} ${site}`, accessNotes: "key under mat" });
        ids[`${name}/${site}`] = siteId;
        ids[`${name}/user ${site}`] = await made("people", {
          name: `${name} user ${site}`,
          affiliations: [{ customerId, role: "user", siteId }],
        });
      }
      ids[`${name}/contact`] = await made("people", {
        name: `${name} contact`,
        affiliations: [{ customerId, role: "contact" }],
      });
    }
    ids.both = await made("people", {
      name: "both",
      affiliations: [
        { customerId: ids["mine/customer"], role: "contact" },
        { customerId: ids["theirs/customer"], role: "contact" },
      ],
    });
    ids.siteContact = await made("people", {
      name: "site contact",
      affiliations: [{ customerId: ids["mine/customer"], role: "contact", siteId: ids["mine/one"] }],
    });
    contact = provider.person(ids["mine/contact"] ?? "", "contact");
    siteContact = provider.person(ids.siteContact, "contact");
    user = provider.person(ids["mine/user one"] ?? "", "user");
  });
  after(() => world.end());

  const namesOf = ({ status, body }: Answer): string[] | number =>
    status === 200 ? body.items.map((item: { name: string }) => item.name) : status;

  it("shows staff everything", async () => {
    assert.deepEqual(namesOf(await engineer.get("/api/v1/customers")), ["customer mine", "customer theirs"]);
    assert.deepEqual(namesOf(await engineer.get("/api/v1/sites")), [
      "mine one",
      "mine two",
      "theirs one",
      "theirs two",
    ]);
    assert.equal((await engineer.get("/api/v1/people")).body.items.length, 8);
  });

  it("shows a contact the own customer with its sites and people", async () => {
    assert.deepEqual(namesOf(await contact.get("/api/v1/customers")), ["customer mine"]);
    assert.deepEqual(namesOf(await contact.get("/api/v1/sites")), ["mine one", "mine two"]);
    assert.deepEqual(namesOf(await contact.get("/api/v1/people")), [
      "both",
      "mine contact",
      "mine user one",
      "mine user two",
      "site contact",
    ]);
    const { body: both } = await contact.get(`/api/v1/people/${ids.both}`);
    assert.deepEqual(
      both.affiliations.map((each: { customerName: string }) => each.customerName),
      ["customer mine"],
      "what someone is at another customer is not told",
    );
    assert.deepEqual(namesOf(await contact.get(`/api/v1/people?customerId=${ids["theirs/customer"]}`)), []);
  });

  it("shows the contact of one site that site and its people", async () => {
    assert.deepEqual(namesOf(await siteContact.get("/api/v1/sites")), ["mine one"]);
    assert.deepEqual(namesOf(await siteContact.get("/api/v1/people")), ["mine user one", "site contact"]);
  });

  it("shows a user the own site only", async () => {
    assert.deepEqual(namesOf(await user.get("/api/v1/sites")), ["mine one"]);
    assert.equal(namesOf(await user.get("/api/v1/customers")), 403);
    assert.equal(namesOf(await user.get("/api/v1/people")), 403);
    assert.equal((await user.get(`/api/v1/people/${ids["mine/user one"]}`)).status, 403, "oneself is visible");
    assert.equal((await user.get(`/api/v1/people/${ids["mine/contact"]}`)).status, 404);
    assert.equal((await user.get(`/api/v1/customers/${ids["mine/customer"]}`)).status, 404);
  });

  it("tells how to get into a site to staff only", async () => {
    const notes = async (caller: Caller) => (await caller.get(`/api/v1/sites/${ids["mine/one"]}`)).body.accessNotes;
    assert.deepEqual([await notes(engineer), await notes(contact), await notes(user)], ["key under mat", null, null]);
  });

  it("filters people of a site with the contacts who answer for it", async () => {
    const answer = await owner.get(`/api/v1/people?siteId=${ids["mine/two"]}`);
    assert.deepEqual(namesOf(answer), ["both", "mine contact", "mine user two"]);
    assert.deepEqual(namesOf(await owner.get(`/api/v1/people?siteId=${ids["mine/two"]}&role=user`)), ["mine user two"]);
  });

  it("answers 404 without a word for what is another provider's, customer's or site's", async () => {
    const places = ["mine/customer", "mine/one", "mine/user one", "theirs/customer", "theirs/one", "theirs/user one"];
    const outsiders: [Caller, string[]][] = [
      [foreign, places],
      [contact, places.slice(3)],
      [siteContact, [...places.slice(3), "mine/two", "mine/user two"]],
      [user, ["mine/customer", "mine/two", ...places.slice(3)]],
    ];
    for (const [caller, hidden] of outsiders) {
      for (const place of hidden) {
        const noun = place.endsWith("customer") ? "customers" : place.includes("user") ? "people" : "sites";
        const url = `/api/v1/${noun}/${ids[place]}`;
        const answers = [await caller.get(url), await caller.patch(url, { name: "hijacked" })];
        if (noun !== "people") answers.push(await caller.put(`${url}/named-engineers`, { memberIds: [] }));
        for (const answer of answers) {
          assert.equal(answer.status, 404, `${place} ${JSON.stringify(answer.body)}`);
          assert.doesNotMatch(JSON.stringify(answer.body), /mine|theirs/);
        }
      }
    }
    const intoForeign = await foreign.post("/api/v1/sites", { customerId: ids["mine/customer"], name: "x" });
    assert.equal(intoForeign.status, 404);
    const affiliated = await foreign.post("/api/v1/people", {
      name: "spy",
      affiliations: [{ customerId: ids["mine/customer"], role: "contact" }],
    });
    assert.equal(affiliated.status, 404);
  });

  it("answers 403 where the thing is visible and the right is missing", async () => {
    assert.equal((await contact.patch(`/api/v1/sites/${ids["mine/one"]}`, { name: "x" })).status, 403);
    assert.equal((await contact.patch(`/api/v1/people/${ids["mine/user one"]}`, { name: "x" })).status, 403);
    assert.equal((await contact.post("/api/v1/people", { name: "x", affiliations: [] })).status, 403);
    assert.equal((await engineer.patch(`/api/v1/customers/${ids["mine/customer"]}`, { name: "x" })).status, 403);
    assert.equal((await world.stranger.get("/api/v1/sites")).status, 401);
  });
});
