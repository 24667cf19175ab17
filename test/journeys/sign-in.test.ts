import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { makeProvider, password } from "./provider.ts";
import { picture, type Stage, startStage } from "./stage.ts";
import { totp } from "./totp.ts";

let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /account, language, colours/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

test("the first visit sets up the firm; the owner invites a colleague, who joins by the link", async () => {
  const owner = await stage.window("desk");
  await owner.goto("/");
  await owner.getByRole("heading", { name: "Set up Mainstay" }).waitFor();
  await stage.checkAccess(owner);
  await picture(owner, "setup");
  await owner.getByLabel("Name customers know you by").fill("Bạch Đằng IT");
  await owner.getByLabel("Your name").fill("Nguyễn Thị Mai");
  await owner.getByLabel("Your e-mail").fill("mai@example.com");
  await owner.getByLabel("Password", { exact: true }).fill("short");
  await owner.getByRole("button", { name: "Start" }).click();
  await owner.getByText("At least 10 characters, please.").waitFor();
  await owner.getByLabel("Password", { exact: true }).fill(password);
  await owner.getByRole("button", { name: "Start" }).click();
  await owner.getByRole("heading", { name: "Staff" }).waitFor();
  await stage.checkAccess(owner);

  await owner.getByRole("button", { name: "Invite someone" }).click();
  const form = owner.getByRole("dialog", { name: "Invite someone" });
  await form.getByLabel("Name", { exact: true }).fill("Lan Pham");
  await form.getByLabel("E-mail").fill("lan@example.com");
  await stage.checkAccess(owner);
  await picture(owner, "invite");
  await form.getByRole("button", { name: "Send invitation" }).click();
  const link = await form.getByRole("status").locator("code").innerText();

  const phone = await stage.window("phone");
  await phone.goto(link);
  await phone.getByRole("heading", { name: "Join Bạch Đằng IT" }).waitFor();
  await phone.getByText("Lan Pham, you sign in with lan@example.com.").waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "join-phone");
  await phone.getByLabel("Password", { exact: true }).fill(password);
  await phone.getByRole("button", { name: "Join" }).tap();
  await phone.getByText("Nothing to do right now").waitFor();
  const again = await stage.window("phone");
  await again.goto(link);
  await again.getByText("This invitation has been used or has expired.").waitFor();
  await again.goto("/setup");
  await again.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("in by password, sent back to the page that was asked for; a code from the phone besides; out again", async () => {
  const { email } = await makeProvider(stage);
  const page = await stage.window("desk");
  await page.goto("/settings/account");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await stage.checkAccess(page);
  await picture(page, "sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("not the right one");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("E-mail or password is not right.").waitFor();
  await signIn(page, email);
  await page.getByRole("heading", { name: "My account" }).waitFor();

  await page.getByRole("button", { name: "Switch on" }).click();
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Code from a phone" }) });
  await section.getByLabel("Your current password").fill(password);
  await section.getByRole("button", { name: "Next" }).click();
  await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  const secret = await section.locator("code").innerText();
  await stage.checkAccess(page);
  await picture(page, "totp");
  await section.locator("input").first().click();
  await page.keyboard.type(totp(secret));
  await page.getByText("Keep these recovery codes somewhere safe").waitFor();
  const recovery = await section.locator("code").first().innerText();

  await signOut(page);
  await signIn(page, email);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await stage.checkAccess(page);
  await page.getByLabel("Code from your authenticator app").fill(recovery);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Views" }).first().waitFor();
});

test("a passkey instead of a password", async () => {
  const { email } = await makeProvider(stage);
  const page = await stage.window("desk");
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto("/sign-in");
  await signIn(page, email);
  await page.getByRole("navigation", { name: "Views" }).first().waitFor();
  await page.goto("/settings/account");
  await page.getByLabel("Name of the new passkey").fill("Work laptop");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByRole("button", { name: "Remove passkey: Work laptop" }).waitFor();
  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("navigation", { name: "Views" }).first().waitFor();
});

test("where one is signed in is listed, and ended from afar", async () => {
  const provider = await makeProvider(stage);
  const [here, there] = [await stage.window("desk"), await stage.window("phone")];
  for (const page of [here, there]) {
    await page.goto("/sign-in");
    await signIn(page, provider.email);
    await page.getByRole("main").waitFor();
    await page.waitForURL("**/desk");
  }
  await here.goto("/settings/account");
  const section = here
    .locator("section")
    .filter({ has: here.getByRole("heading", { name: "Where you are signed in" }) });
  await section.getByText("this device").waitFor();
  await stage.checkAccess(here);
  await picture(here, "account");
  // Three: these two windows, and the session in which the firm was set up.
  await section.getByRole("button", { name: "End", exact: true }).nth(1).waitFor();
  await section.getByRole("button", { name: "End all others" }).click();
  await section.getByRole("button", { name: "End", exact: true }).first().waitFor({ state: "detached" });
  await there.goto("/my-work");
  await there.getByRole("heading", { name: "Sign in" }).waitFor();
  await here.reload();
  await section.getByText("this device").waitFor();
});
