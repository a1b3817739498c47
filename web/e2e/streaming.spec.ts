import { expect } from "@playwright/test";
import { Chat } from "./support/chat.ts";
import { test } from "./support/test.ts";

const question = "How do I resume a stream after a disconnect?";
const beginning = "Reconnect with the last seq";
const ending = "and nothing is missing at the end";
const answer = `${beginning} you saw [1], ${ending}.`;

test("the answer grows while it is written, and its citations open when it is done", async ({ page, model, chat }) => {
  await model.hold(question, answer, 5);
  await chat.open();
  await chat.ask(question);
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);
  await expect(chat.last).not.toContainText(ending);
  await expect(chat.stop).toBeVisible();
  await model.release();
  await expect(chat.last).toContainText(ending);
  await chat.settled();
  await chat.last
    .getByRole("button", { name: /^Source 1: / })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Cited passage" })).not.toBeEmpty();
});

test("a reload in mid-answer shows the text so far again, then the rest, as it is stored", async ({
  page,
  model,
  chat,
}) => {
  await model.hold(question, answer, 5);
  await chat.open();
  await chat.ask(question);
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);
  await page.reload();
  await expect(chat.last).toContainText(beginning);
  await expect(chat.last).not.toContainText(ending);
  await expect(chat.items).toHaveCount(2);
  await model.release();
  await chat.settled();
  await expect(chat.last).toContainText("saw 1, and");
  const shown = (await chat.last.textContent()) ?? "";
  expect(shown).toContain(ending);
  await page.reload();
  await chat.settled();
  await expect(chat.last).toHaveText(shown);
  await expect(chat.items).toHaveCount(2);
});

test("two tabs stay in step: question, stream and answer; stop in the other", async ({ context, model, chat }) => {
  await model.play("first", { kind: "answer", text: "A first answer.", times: 1 });
  await chat.open();
  await chat.ask("first");
  await chat.settled();
  const other = new Chat(await context.newPage());
  await other.open(await chat.threadId());
  await expect(other.items).toHaveCount(2);

  await model.hold("second", answer, 5);
  await chat.ask("second");
  await model.waitUntilHeld();
  for (const tab of [chat, other]) {
    await expect(tab.items).toHaveCount(4);
    await expect(tab.items.nth(2)).toContainText("second");
    await expect(tab.last).toContainText(beginning);
  }
  await model.release();
  for (const tab of [chat, other]) {
    await tab.settled();
    await expect(tab.last).toContainText(ending);
  }

  await model.hold("third", answer, 5);
  await other.ask("third");
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);
  await chat.stop.click();
  for (const tab of [chat, other]) {
    await tab.settled();
    await expect(tab.last.getByText("Stopped", { exact: true })).toBeVisible();
    await expect(tab.items).toHaveCount(6);
  }
});

test("stop keeps what was written; answering again replaces it", async ({ page, model, chat }) => {
  await model.hold(question, answer, 5);
  await chat.open();
  await chat.ask(question);
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);
  await chat.stop.click();
  await chat.settled();
  await expect(chat.last).toContainText(beginning);
  await expect(chat.last.getByText("Stopped", { exact: true })).toBeVisible();
  await page.reload();
  await chat.settled();
  await expect(chat.last).toContainText(beginning);
  await expect(chat.last.getByText("Stopped", { exact: true })).toBeVisible();

  await model.reset();
  await model.play(question, { kind: "answer", text: "Another answer altogether." });
  await chat.last.getByRole("button", { name: "Answer again" }).click();
  await expect(chat.last).toContainText("Another answer altogether.");
  await chat.settled();
  await expect(chat.items).toHaveCount(2);
  await page.reload();
  await chat.settled();
  await expect(chat.last).toContainText("Another answer altogether.");
  await expect(chat.items).toHaveCount(2);
});

test("a failed turn says what happened, gives the support code, and can be tried again", async ({
  page,
  context,
  model,
  chat,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await model.play(question, { kind: "server_error", status: 500, times: 1 });
  await chat.open();
  await chat.ask(question);
  const notice = chat.notice;
  await expect(notice).toContainText("No answer this time");
  const code = (await notice.locator("code").textContent()) ?? "";
  expect(code).toMatch(/^[0-9a-f-]{36}$/);
  // A support code may hold any three digits.
  expect((await notice.textContent())?.replace(code, "")).not.toMatch(/500|exception|scripted/i);
  await notice.getByRole("button", { name: "Copy the support code" }).click();
  await expect(notice.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await expect(chat.stop).toHaveCount(0);

  await page.reload();
  await expect(notice).toContainText("No answer this time");
  await model.play(question, { kind: "answer", text: "This time it worked." });
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(chat.last).toContainText("This time it worked.");
  await chat.settled();
  await expect(page.getByRole("group")).toHaveCount(0);
  await expect(chat.items).toHaveCount(2);
});
