import { expect } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "./support/looks.ts";
import { test } from "./support/test.ts";

const question = "How do I resume a stream after a disconnect?";
const answer =
  "Reconnect with the last `seq` you saw [1].\n\n```ts\nconst url = `/ws/chat/thread?after_seq=7`;\n```\n\n" +
  "| close code | what to do |\n|---|---|\n| 4401 | refresh the token, then reconnect |\n| 4429 | wait |\n";

test("the language is switched in place and stays", async ({ page, chat }) => {
  await chat.open();
  await chat.composer.fill("stays");
  await page.getByRole("button", { name: /Account and settings/ }).click();
  await page.getByRole("menuitemradio", { name: "中文" }).click();
  await expect(page.getByRole("link", { name: "新对话" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(chat.composer).toHaveValue("stays");
  await page.reload();
  await expect(page.getByRole("link", { name: "新对话" })).toBeVisible();
});

test("errors from the server come in the language of the page", async ({ page, model, chat }) => {
  await page.addInitScript(() => localStorage.setItem("evenkeel.language", "zh"));
  await model.play("", { kind: "server_error" });
  await chat.open();
  await chat.ask("会失败");
  await expect(chat.notice.locator("p").nth(1)).toHaveText(/[\u4e00-\u9fff]{4}/);
});

test("dark and light follow the system until one is chosen, without a flash after a reload", async ({ page, chat }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await chat.open();
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).toBe(light);
  await page.getByRole("button", { name: /Account and settings/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(background).toBe(dark);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect.poll(background).toBe(dark);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test.describe("before signing in", () => {
      test.use({ isSignedIn: false });
      for (const address of ["/login", "/register"]) {
        test(`${address} is accessible`, async ({ page }) => {
          await page.goto(address);
          await expect(page.getByRole("heading")).toBeVisible();
          await expectAccessible(page);
        });
      }

      test("a form full of errors is accessible", async ({ page }) => {
        await page.goto("/register");
        await page.getByRole("button", { name: "Create account" }).click();
        await expect(page.getByText("Enter your email address.")).toBeVisible();
        await expectAccessible(page);
      });
    });

    test("an empty chat is accessible", async ({ page, chat }) => {
      await chat.open();
      await expect(page.getByRole("list", { name: "Suggested questions" })).toBeVisible();
      await expectAccessible(page);
    });

    test("a conversation with a failure, an answer under way and an open source is accessible", async ({
      page,
      model,
      chat,
    }) => {
      await model.play("fails", { kind: "server_error" });
      await model.play(question, { kind: "answer", text: answer });
      await model.hold("slow", answer, 5);
      await chat.open();
      await chat.ask("this fails");
      await expect(chat.notice).toBeVisible();
      await chat.ask(question);
      await chat.settled();
      await chat.last
        .getByRole("button", { name: /^Source 1: / })
        .first()
        .click();
      await expect(page.getByRole("region", { name: "Cited passage" })).not.toBeEmpty();
      await expectAccessible(page);
      await chat.ask("slow");
      await model.waitUntilHeld();
      await expect(chat.stop).toBeVisible();
      await expectAccessible(page);
    });

    test("menus and dialogs are accessible", async ({ page, model, chat }) => {
      await model.play("", { kind: "answer", text: answer });
      await chat.open();
      await chat.ask("about rivers");
      await chat.settled();
      await page.getByRole("button", { name: /Account and settings/ }).click();
      await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      for (const action of ["Rename", "Delete"]) {
        await page.getByRole("button", { name: "Actions for “about rivers”" }).click();
        await page.getByRole("menuitem", { name: action }).click();
        await expect(page.getByRole("dialog")).toHaveCSS("opacity", "1");
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    });
  });
}

test.describe("on a small phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true });

  test("nothing is wider than the screen", async ({ page, model, chat }) => {
    const wide = `${"Donaudampfschifffahrtsgesellschaft".repeat(6)} ${question}`;
    await model.play("", { kind: "answer", text: `${answer}\n\n${"https://example.com/".padEnd(200, "x")}` });
    await chat.open();
    await expectNoSideways(page);
    await chat.ask(wide);
    await chat.settled();
    await expectNoSideways(page);
    await page.getByRole("button", { name: "Open the list of conversations" }).click();
    await expect(page.getByRole("link", { name: "New chat" })).toBeVisible();
    await expectNoSideways(page);
    await page.getByRole("button", { name: /Account and settings/ }).click();
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeInViewport();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "New chat" }).click();
    await expect(page).toHaveURL("/chat");
    await expect(page.getByRole("link", { name: "New chat" })).toHaveCount(0);
  });

  test("a source opens over the conversation and closes again", async ({ page, model, chat }) => {
    await model.play("", { kind: "answer", text: answer });
    await chat.open();
    await chat.ask(question);
    await chat.settled();
    await chat.last
      .getByRole("button", { name: /^Source 1: / })
      .first()
      .click();
    await expect(page.getByRole("region", { name: "Cited passage" })).not.toBeEmpty();
    await expectNoSideways(page);
    await page.getByRole("button", { name: "Close the source" }).click();
    await expect(page.getByRole("region", { name: "Cited passage" })).toHaveCount(0);
    await expect(chat.composer).toBeVisible();
  });

  test.describe("before signing in", () => {
    test.use({ isSignedIn: false });
    for (const address of ["/login", "/register", "/nowhere"]) {
      test(`${address} fits`, async ({ page }) => {
        await page.goto(address);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectNoSideways(page);
      });
    }
  });
});
