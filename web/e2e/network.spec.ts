import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

test.use({ isCuttable: true });

const question = "How do I resume a stream after a disconnect?";
const beginning = "Reconnect with the last seq";
const ending = "and nothing is missing at the end";
const answer = `${beginning} you saw [1], ${ending}.`;

test("a closed laptop lid in mid-answer loses nothing", async ({ page, context, network, model, chat }) => {
  await model.hold(question, answer, 5);
  await chat.open();
  await chat.ask(question);
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);

  network.pull();
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expect(chat.last).toContainText(beginning);
  await chat.composer.fill("A thought while away");
  await model.release();

  network.plugIn();
  await context.setOffline(false);
  await chat.settled();
  await expect(page.getByText("You are offline.")).toHaveCount(0);
  await expect(chat.last).toContainText(ending);
  await expect(chat.items).toHaveCount(2);
  await expect(chat.composer).toHaveValue("A thought while away");
});

test("a connection that breaks while the answer goes on is resumed in mid-answer", async ({
  page,
  network,
  model,
  chat,
}) => {
  await model.hold(question, answer, 5);
  await chat.open();
  await chat.ask(question);
  await model.waitUntilHeld();
  await expect(chat.last).toContainText(beginning);
  network.pull();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  network.plugIn();
  await expect(page.getByText("Reconnecting…")).toHaveCount(0);
  await expect(chat.last).toContainText(beginning);
  await expect(chat.last).not.toContainText(ending);
  await model.release();
  await chat.settled();
  await expect(chat.last).toContainText(ending);
  await expect(chat.items).toHaveCount(2);
});

test("a message sent without a connection is kept, and sent once when tried again", async ({
  page,
  network,
  model,
  chat,
}) => {
  await model.play("", { kind: "answer", text: "Fine." });
  await chat.open();
  await chat.ask("with a connection");
  await chat.settled();
  network.pull();
  await chat.composer.fill("into the void");
  await chat.composer.press("Enter");
  const notice = chat.notice;
  await expect(notice).toContainText("Not sent");
  await expect(chat.items).toHaveCount(3);
  network.plugIn();
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(chat.items).toHaveCount(4);
  await chat.settled();
  await expect(chat.items.nth(2)).toContainText("into the void");
  await expect(page.getByRole("group")).toHaveCount(0);
});
