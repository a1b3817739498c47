import { expect } from "@playwright/test";
import { Chat } from "./support/chat.ts";
import { password, register } from "./support/person.ts";
import { test } from "./support/test.ts";

const answer = "One two three four five six seven eight.";

test("a message whose receipt was lost is sent again without being said twice", async ({ page, model, chat }) => {
  await model.play("", { kind: "answer", text: answer });
  await chat.open();
  for (const expected of [2, 4]) {
    await page.route("**/api/v1/chat", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await chat.composer.fill(`lost receipt ${expected}`);
    await chat.composer.press("Enter");
    if (expected === 2) {
      // A new conversation does not know its address yet: the text is back in the composer.
      await expect(page.getByRole("alert")).toContainText("Not sent");
      await expect(chat.composer).toHaveValue("lost receipt 2");
      await page.unroute("**/api/v1/chat");
      await chat.composer.press("Enter");
    }
    await chat.threadId();
    await expect(chat.items).toHaveCount(expected);
    await chat.settled();
    await page.unroute("**/api/v1/chat");
    await expect(page.getByRole("group")).toHaveCount(0);
  }
  await page.reload();
  await expect(chat.items).toHaveCount(4);
});

test("several messages sent at once are answered one after the other, in order", async ({ page, model, chat }) => {
  await model.hold("number 1", "Answer 1 is here.", 2);
  for (const number of [2, 3])
    await model.play(`number ${number}`, { kind: "answer", text: `Answer ${number} is here.` });
  await chat.open();
  await chat.ask("number 1");
  await model.waitUntilHeld();
  await expect(chat.last).toContainText("Answer 1");
  await chat.ask("number 2");
  await chat.ask("number 3");
  await expect(chat.messages).toContainText("Waiting: 1 question is ahead");
  await model.release();
  await expect(chat.messages).toContainText("Answer 3 is here.");
  await chat.settled();
  await expect(chat.items).toHaveCount(6);
  await page.reload();
  await expect(chat.items).toHaveCount(6);
  for (const number of [1, 2, 3]) {
    await expect(chat.messages).toContainText(`Answer ${number} is here.`);
  }
  await expect(chat.stop).toHaveCount(0);
});

test("an answer can be stopped before its first word", async ({ page, model, chat }) => {
  await model.play("never", { kind: "hang" });
  await model.play("after", { kind: "answer", text: answer });
  await chat.open();
  await chat.ask("never answered");
  await chat.stop.click();
  await expect(chat.stop).toHaveCount(0);
  await expect(chat.last.getByText("Stopped", { exact: true })).toBeVisible();
  await chat.ask("after that");
  await chat.settled();
  await expect(chat.last).toContainText(answer);
  await page.reload();
  await expect(chat.items).toHaveCount(4);
});

test("where WebSockets do not get through, the answer streams all the same", async ({ page, model, chat }) => {
  await page.addInitScript(() => {
    window.WebSocket = class extends EventTarget {
      constructor() {
        super();
        throw new Error("Blocked by a proxy.");
      }
    } as unknown as typeof WebSocket;
  });
  await model.hold("streams", answer, 3);
  await chat.open();
  await chat.ask("streams");
  await model.waitUntilHeld();
  await expect(chat.last).toContainText("One two three");
  await expect(chat.last).not.toContainText("eight");
  await model.release();
  await chat.settled();
  await expect(chat.last).toContainText(answer);
});

test("nothing that is said is run", async ({ page, server, model, chat }) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const attack =
    '<img src=x onerror="alert(1)"><script>alert(2)</script> [click](javascript:alert(3)) ![i](https://example.com/track.png) <iframe src="javascript:alert(4)"></iframe>';
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) foreign.push(request.url());
  });
  await model.play("", { kind: "answer", text: `${attack} The end.` });
  await chat.open();
  await chat.ask(attack);
  await chat.settled();
  await expect(chat.last).toContainText("The end.");
  const link = chat.last.getByText("click", { exact: true });
  await expect(link).toBeVisible();
  await link.click();
  await page.reload();
  await chat.settled();
  await expect(chat.messages.locator("img, script, iframe")).toHaveCount(0);
  expect(dialogs).toEqual([]);
  expect(foreign).toEqual([]);
});

test("the next person at the same browser sees nothing of the one before", async ({ page, server, model, chat }) => {
  await model.play("", { kind: "answer", text: answer });
  await chat.open();
  await chat.ask("a private matter");
  await chat.settled();
  await page.getByRole("link", { name: "New chat" }).click();
  await chat.composer.fill("a private draft");
  await page.getByRole("button", { name: /Account and settings/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const next = await register(server.url);
  await page.getByLabel("Email").fill(next.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Your conversations will appear here.")).toBeVisible();
  await expect(chat.composer).toHaveValue("");
  await expect(page.getByText("a private matter")).toHaveCount(0);
});

test("a conversation deleted in one tab is gone in the other", async ({ page, context, model, chat }) => {
  await model.play("", { kind: "answer", text: answer });
  await chat.open();
  await chat.ask("short-lived");
  await chat.settled();
  const other = new Chat(await context.newPage());
  await other.open(await chat.threadId());
  await expect(other.items).toHaveCount(2);
  await page.getByRole("button", { name: "Actions for “short-lived”" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/chat");
  await expect(other.page.getByRole("heading", { name: "This conversation is not here" })).toBeVisible();
});
