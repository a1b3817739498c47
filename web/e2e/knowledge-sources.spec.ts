import { expect } from "@playwright/test";
import { harbour, Knowledge, prepareSource } from "./support/knowledge.ts";
import { api } from "./support/person.ts";
import { test } from "./support/test.ts";

test("another chatbot of the organization has a knowledge of its own", async ({ page, server, person }) => {
  const body = JSON.stringify({ name: "Second mate" });
  const { id } = await api<{ id: string }>(server.url, person, "/api/v1/chatbots", { method: "POST", body });
  const knowledge = new Knowledge(page);
  await knowledge.open();
  await page.getByRole("combobox", { name: "Chatbot" }).selectOption({ label: "Second mate" });
  await expect(page).toHaveURL(`/admin/chatbots/${id}/knowledge`);
  await expect(page.getByText("No sources yet")).toBeVisible();
  await page.goto(`/admin/chatbots/${crypto.randomUUID()}/knowledge`);
  await page.getByRole("link", { name: "To your first chatbot" }).click();
  await expect(knowledge.sources.first()).toBeVisible();
});

test("who a source is for is changed, and a deleted source says what goes with it", async ({
  page,
  server,
  person,
}) => {
  const knowledge = new Knowledge(page);
  await prepareSource(server.url, person, "Harbour", [{ title: "Rules", text: harbour }]);
  await knowledge.open();
  const source = knowledge.sources.filter({ hasText: "Harbour" });
  await expect(source).toContainText("1 document ready");
  await knowledge.choose("Harbour", "Change");
  await page.getByRole("dialog").getByRole("radio", { name: "Private" }).check();
  await page.getByRole("dialog").getByLabel("Name").fill("Harbour office");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(knowledge.sources.filter({ hasText: "Harbour office" })).toContainText("Private");

  await knowledge.choose("Harbour office", "Delete");
  await expect(page.getByRole("dialog")).toContainText(/With it go:\s*1 document\s*\d passages/);
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(knowledge.sources.filter({ hasText: "Harbour" })).toHaveCount(0);
});

test("a web source says what is wrong with its address, and shows how its fetch went", async ({ page }) => {
  const knowledge = new Knowledge(page);
  await knowledge.open();
  await page.getByRole("button", { name: "Add a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Web address", { exact: true }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toContainText("Enter an address that begins with http:// or https://.");
  // Not on the public internet: it is refused without being asked.
  await dialog.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:1/docs");
  await dialog.getByRole("radio", { name: "Pages reached by links" }).check();
  await dialog.getByLabel("Most pages").fill("5");
  await dialog.getByLabel("Fetch again").selectOption({ label: "Every day" });
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/does not lead to the public internet/).first()).toBeVisible();
});
