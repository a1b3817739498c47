import { expect, type Page } from "@playwright/test";
import { askByApi, Receiver } from "./support/operations.ts";
import { test } from "./support/test.ts";

test.use({ settings: { Timeline__Webhooks__AllowedPrivateHosts__0: "127.0.0.1:*" } });

async function secretOf(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This is shown only now.");
  const secret = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await expect(dialog).toHaveCount(0);
  return secret;
}

test("a key opens what it may until it is revoked, and the audit tells of it", async ({ page, server }) => {
  await page.goto("/admin/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Grafana");
  await dialog.getByRole("checkbox", { name: "Read operations" }).check();
  await dialog.getByRole("button", { name: "Create a key" }).click();
  const secret = await secretOf(page);
  const ask = async () =>
    (await fetch(`${server.url}/api/v1/admin/turns`, { headers: { "X-API-Key": secret } })).status;
  expect(await ask()).toBe(200);
  await page.getByRole("button", { name: "Revoke “Grafana”" }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Revoked")).toBeVisible();
  await expect.poll(ask).toBe(401);
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByText("api_key.revoked", { exact: true })).toBeVisible();
  await expect(page.getByText("api_key.created", { exact: true })).toBeVisible();
});

test("events reach a webhook, a test and a replay too", async ({ page, server, person }) => {
  const receiver = await Receiver.start();
  await page.goto("/admin/webhooks");
  await page.getByRole("button", { name: "Add a webhook" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Address" }).fill(receiver.url);
  await dialog.getByRole("button", { name: "Add a webhook" }).click();
  expect(await secretOf(page)).toMatch(/^whsec_/);
  await page.getByRole("link", { name: receiver.url }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Delivered · HTTP 204")).toBeVisible();
  expect(receiver.bodies.join()).toContain("timeline.test");

  const turn = await askByApi(server.url, person, "hello");
  await expect.poll(() => receiver.bodies.join()).toContain("turn_ended");
  const before = receiver.bodies.length;
  await page.getByRole("button", { name: "Send again" }).click();
  await dialog.getByRole("textbox", { name: "Conversation id" }).fill(turn.thread_id);
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => receiver.bodies.length).toBeGreaterThan(before);
  await expect(page.getByRole("region", { name: "Deliveries" }).getByText("Delivered").first()).toBeVisible();

  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  await receiver.stop();
});

test("an event type is registered once its schema is one", async ({ page }) => {
  await page.goto("/admin/event-types");
  await page.getByRole("button", { name: "Register a type" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("crm.ticket_opened");
  await dialog.getByRole("textbox", { name: "Text in English" }).fill("Ticket opened");
  const schema = dialog.getByRole("textbox", { name: "JSON schema of the data" });
  await schema.fill("{");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("This is not JSON")).toBeVisible();
  await schema.fill('{"type": "array"}');
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(schema).toHaveAttribute("aria-invalid", "true");
  await schema.fill('{"type": "object", "properties": {"ticket_id": {"type": "string"}}}');
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Your own" })).toContainText("crm.ticket_opened");
});
