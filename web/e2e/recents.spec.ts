import { expect } from "@playwright/test";
import { password, register, signedInState } from "./support/person.ts";
import { test } from "./support/test.ts";

test.beforeEach(async ({ model, chat }) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
});

test("a second conversation stands above the first, and both can be opened again", async ({ page, chat }) => {
  const recents = page.getByRole("navigation", { name: "Conversations" });
  await chat.ask("about rivers");
  await chat.settled();
  await expect(recents.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(chat.items).toHaveCount(0);
  await chat.ask("about mountains");
  await chat.settled();
  await expect(recents.getByRole("listitem")).toHaveCount(2);
  await expect(recents.getByRole("listitem").first()).toContainText("about mountains");
  await recents.getByRole("link", { name: /about rivers/ }).click();
  await expect(chat.items.first()).toContainText("about rivers");
  await expect(chat.items).toHaveCount(2);
  await page.goBack();
  await expect(chat.items.first()).toContainText("about mountains");
});

test("a conversation is renamed", async ({ page, chat }) => {
  await chat.ask("about rivers");
  await chat.settled();
  await page.getByRole("button", { name: "Actions for “about rivers”" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const name = page.getByRole("dialog").getByLabel("Name");
  await expect(name).toHaveValue("about rivers");
  await name.fill("Rivers <b>and</b> lakes");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rivers <b>and</b> lakes");
  await page.reload();
  await expect(page.getByRole("link", { name: "Rivers <b>and</b> lakes" })).toBeVisible();
});

test("deleting asks first, says what is lost, and leads to a new chat", async ({ page, chat }) => {
  await chat.ask("about rivers");
  await chat.settled();
  const address = page.url();
  const remove = async () => {
    await page.getByRole("button", { name: "Actions for “about rivers”" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("dialog")).toContainText("“about rivers” and all its messages will be deleted");
  };
  await remove();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(chat.items).toHaveCount(2);
  await remove();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/chat");
  await expect(page.getByText("Your conversations will appear here.")).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "This conversation is not here" })).toBeVisible();
});

test("somebody else's conversation, and one that never was, are not here", async ({ browser, page, server, chat }) => {
  await chat.ask("a secret");
  await chat.settled();
  const context = await browser.newContext({ storageState: signedInState(server.url, await register(server.url)) });
  const stranger = await context.newPage();
  for (const address of [page.url(), `${server.url}/chat/0198c0de-0000-7000-8000-000000000000`]) {
    await stranger.goto(address);
    await expect(stranger.getByRole("heading", { name: "This conversation is not here" })).toBeVisible();
    await expect(stranger.getByText("a secret")).toHaveCount(0);
  }
  await stranger.getByRole("link", { name: "Start a new chat" }).click();
  await expect(stranger).toHaveURL("/chat");
  await context.close();
});

test("an address that is none of ours says so", async ({ page }) => {
  await page.goto("/nowhere/at/all");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to the chat" }).click();
  await expect(page).toHaveURL("/chat");
});

test("drafts are kept per conversation, across a reload and a log-out", async ({ page, person, chat }) => {
  await chat.ask("about rivers");
  await chat.settled();
  const thread = page.url();
  await chat.composer.fill("draft in the conversation");
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(chat.composer).toHaveValue("");
  await chat.composer.fill("draft of a new one");
  await page.reload();
  await expect(chat.composer).toHaveValue("draft of a new one");

  await page.getByRole("button", { name: /Account and settings/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/login");
  await page.goBack();
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(chat.composer).toBeVisible();
  await page.goto("/chat");
  await expect(chat.composer).toHaveValue("draft of a new one");
  await page.goto(thread);
  await expect(chat.composer).toHaveValue("draft in the conversation");
});

test("signing out in one tab signs out in all", async ({ page, context, chat }) => {
  const other = await context.newPage();
  await other.goto("/chat");
  await expect(other.getByRole("textbox", { name: "Message" })).toBeVisible();
  await page.getByRole("button", { name: /Account and settings/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(other).toHaveURL(/\/login/);
  await expect(chat.composer).toHaveCount(0);
});
