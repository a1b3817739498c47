import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./support/test.ts";

const question = "How do I resume a stream after a disconnect?";

test("the whole main job works without a mouse", async ({ page, model, chat }) => {
  await model.hold(question, "Reconnect with the last seq you saw [1].", 5);
  await chat.open();
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type("How do I resume");
  await page.keyboard.press("Shift+Enter");
  await expect(chat.composer).toHaveValue("How do I resume\n");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(" a stream after a disconnect?");
  await page.keyboard.press("Enter");
  await model.waitUntilHeld();
  await expect(chat.composer).toBeFocused();
  await expect(chat.composer).toHaveValue("");
  await page.keyboard.press("Tab");
  await expect(chat.stop).toBeFocused();
  await model.release();
  await chat.settled();

  const chip = chat.last.getByRole("button", { name: /^Source 1: / }).first();
  await chat.composer.focus();
  await tabTo(page, chip, "Shift+Tab");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Source" });
  await expect(panel).toBeVisible();
  await tabTo(page, panel.getByRole("button", { name: "Close the source" }), "Tab");
  await page.keyboard.press("Enter");
  await expect(panel).toHaveCount(0);
});

test("the first stop of the tab key leads to the conversation", async ({ page, chat }) => {
  await chat.open();
  // The cursor stands in the composer; whoever comes from the address bar starts at the top.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
  });
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the conversation" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the menu of a conversation opens, moves and closes by keys", async ({ page, model, chat }) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("about rivers");
  await chat.settled();
  const actions = page.getByRole("button", { name: "Actions for “about rivers”" });
  await actions.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(actions).toBeFocused();
});

test("Enter inside an input method confirms a word and does not send", async ({ page, context, model, chat }) => {
  await model.play("", { kind: "answer", text: "好。" });
  await chat.open();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Input.imeSetComposition", { text: "ni hao", selectionStart: 6, selectionEnd: 6 });
  await expect(chat.composer).toHaveValue("ni hao");
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
  await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  await expect(page).toHaveURL("/chat");
  await expect(chat.composer).toHaveValue("ni hao");
  await devtools.send("Input.insertText", { text: "你好" });
  await expect(chat.composer).toHaveValue("你好");
  await page.keyboard.press("Enter");
  await chat.threadId();
  await chat.settled();
  await expect(chat.items.first()).toContainText("你好");
});

/** Presses a key until the target has the focus; gives up after a whole page of controls. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab"): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}
