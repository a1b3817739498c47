import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

// What a newcomer has: no model, no service, only what comes with the server.
test.use({ settings: { Models__Chat__Provider: "extractive", Models__Chat__Endpoint: "", Models__Chat__Model: "" } });

test("a question is answered from the guide, and the citation opens the passage it came from", async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.ask("How do I resume a stream after a disconnect?");
  await chat.settled();
  await expect(chat.last).toContainText("reconnect with the last seq you saw as after_seq");

  const chip = chat.last.getByRole("button", { name: /^Source 1: .*How do I resume a stream after a disconnect\?/ });
  await chip.first().click();
  const panel = page.getByRole("complementary", { name: "Source" });
  await expect(panel.getByRole("heading", { name: "How do I resume a stream after a disconnect?" })).toBeVisible();
  const passage = panel.getByRole("region", { name: "Cited passage" });
  await expect(passage).toContainText("the server sends every durable frame you missed, once and in order");
  await expect(page).toHaveURL(/\?passage=[0-9a-f-]{36}$/);

  await page.reload();
  await expect(passage).toContainText("the server sends every durable frame you missed");
  await panel.getByRole("button", { name: "Close the source" }).click();
  await expect(panel).toHaveCount(0);
});

test("a Chinese question is answered from the Chinese guide", async ({ page, chat }) => {
  await chat.open();
  await chat.ask("断线后怎么恢复？");
  await chat.settled();
  await expect(chat.last).toContainText("after_seq");
  await expect(chat.last).toContainText(/[\u4e00-\u9fff]{6}/);
  await chat.last
    .getByRole("button", { name: /^Source 1: / })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Cited passage" })).toContainText(/断/);
});

test("a question the guide does not answer gets no invention", async ({ chat }) => {
  await chat.open();
  await chat.ask("Which moon of Saturn has methane lakes?");
  await chat.settled();
  await expect(chat.last.getByRole("button", { name: /^Source/ })).toHaveCount(0);
});

test("a suggested question sends itself", async ({ page, chat }) => {
  await chat.open();
  await page.getByRole("button", { name: "How do I add my own documents to a chatbot?" }).click();
  await chat.threadId();
  await chat.settled();
  await expect(chat.items).toHaveCount(2);
});

test("an answer never shows its bare Markdown first", async ({ page, chat }) => {
  await chat.open();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const isBare = (text: string | null | undefined) => text?.includes("`after_seq`") ?? false;
    const look = () => {
      if (isBare(document.querySelector("ol")?.textContent)) document.title = "bare";
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await chat.ask("How do I resume a stream after a disconnect?");
  await chat.settled();
  await expect(chat.last.locator("code").first()).toHaveText("seq");
  expect(await page.title()).not.toBe("bare");
});
