import { expect, type Page } from "@playwright/test";
import { Chat } from "./support/chat.ts";
import { expectAccessible, expectNoSideways } from "./support/looks.ts";
import { test } from "./support/test.ts";

test.use({ settings: { Debug__ForceErrors: "true" } });

const answer = "One two three four five six seven eight.";

/** From here on the server fails what is sent in this way. */
async function force(page: Page, code: string | undefined): Promise<void> {
  await page.setExtraHTTPHeaders(code === undefined ? {} : { "X-Debug-Force-Error": code });
}

test.beforeEach(async ({ model }) => {
  await model.play("", { kind: "answer", text: answer });
});

for (const [code, happened, action] of [
  ["worker_lost", "The answer was interrupted several times.", "Try again"],
  ["rag_error", "The documents could not be searched.", "Try again"],
  ["llm_timeout", "The language model took too long.", "Try again"],
] as const) {
  test(`a turn that ends with ${code} says what happened and what to do, in both languages, and is tried again`, async ({
    page,
    chat,
  }) => {
    await chat.open();
    await force(page, code);
    await chat.ask("this fails");
    await expect(chat.notice).toContainText(happened);
    await expect(chat.notice).toContainText(action);
    const support = await chat.notice.locator("code").textContent();
    await page.getByRole("button", { name: /Account and settings/ }).click();
    await page.getByRole("menuitemradio", { name: "中文" }).click();
    await expect(chat.notice).toContainText("您的消息已保存");
    await expect(chat.notice.locator("code")).toHaveText(support ?? "");
    await force(page, undefined);
    await chat.notice.getByRole("button", { name: "重试" }).click();
    await chat.settled();
    await expect(chat.last).toContainText(answer);
    await expect(chat.items).toHaveCount(2);
    // The list of conversations has it, whatever happened.
    await expect(page.getByRole("navigation").getByText("this fails")).toBeVisible();
  });
}

test("a failure is spoken once, and what the page showed before it was opened is not", async ({ page, chat }) => {
  await chat.open();
  await force(page, "worker_lost");
  await chat.ask("this fails");
  const spoken = page.locator('[aria-live="polite"].visually-hidden');
  await expect(spoken).toHaveText(/^No answer this time\. The answer was interrupted several times\..*Try again/);
  await page.reload();
  await expect(chat.notice).toBeVisible();
  await expect(spoken).toHaveText("");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a message refused for a while is kept, counts down, and is sent when the time has come", async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.ask("first");
  await chat.settled();
  await page.clock.install();
  await force(page, "rate_limited");
  await chat.ask("too fast");
  await expect(chat.notice).toContainText("Not sent");
  await expect(chat.notice).toContainText("Too many requests came in a short time.");
  const retry = chat.notice.getByRole("button", { name: /Try again/ });
  await expect(retry).toHaveText(/Try again in [45] s/);
  await expect(retry).toHaveAttribute("aria-disabled", "true");
  await force(page, undefined);
  // Pressed too early it does nothing, and stays where it is.
  await retry.click({ force: true });
  await expect(chat.items).toHaveCount(3);

  await page.clock.runFor(6000);
  await expect(retry).toHaveText("Try again");
  await retry.focus();
  await page.keyboard.press("Enter");
  await chat.settled();
  await expect(chat.items).toHaveCount(4);
});

test("a message refused for a while survives a reload, with the wait", async ({ page, chat }) => {
  await chat.open();
  await chat.ask("first");
  await chat.settled();
  await force(page, "queue_full");
  await chat.ask("a long thought");
  await expect(chat.notice).toContainText("Not sent");
  await page.clock.install({ time: Date.now() });
  await page.reload();
  await expect(chat.composer).toHaveValue("a long thought");
  await expect(page.getByText("The server asks for a moment.")).toBeVisible();
  const send = page.getByRole("button", { name: "Send" });
  await expect(send).toBeDisabled();
  await chat.composer.press("Enter");
  await expect(chat.composer).toHaveValue("a long thought");
  await force(page, undefined);
  await page.clock.runFor(6000);
  await expect(page.getByText("The server asks for a moment.")).toHaveCount(0);
  await expect(send).toBeEnabled();
  await chat.composer.press("Enter");
  await chat.settled();
  await expect(chat.items).toHaveCount(4);
});

for (const code of ["insufficient_credits", "queue_full", "circuit_open", "server_error"]) {
  test(`a first message refused with ${code} stays in the composer`, async ({ page, chat }) => {
    // Ends of turns are refused here at the door: there is no conversation yet.
    await page.route("**/api/v1/chat", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        body: JSON.stringify({ error_code: code, message: "", retryable: code !== "insufficient_credits" }),
      }),
    );
    await chat.open();
    await chat.composer.fill("a first thought");
    await chat.composer.press("Enter");
    await expect(page.getByRole("group", { name: "Not sent" })).toBeVisible();
    await expect(chat.composer).toHaveValue("a first thought");
    await page.reload();
    await expect(chat.composer).toHaveValue("a first thought");
    await page.unroute("**/api/v1/chat");
    await chat.composer.press("Enter");
    await chat.settled();
    await expect(chat.items).toHaveCount(2);
  });
}

test("an answer that must not be given is said in the chatbot's voice, marked, without a way to ask the same again", async ({
  page,
  chat,
}) => {
  await chat.open();
  await force(page, "content_blocked");
  await chat.ask("something forbidden");
  await expect(chat.last).toContainText("Not answered: content rules");
  await expect(chat.notice).toHaveCount(0);
  await expect(chat.last.getByRole("button")).toHaveCount(0);
  await page.reload();
  await expect(chat.last).toContainText("Not answered: content rules");
  await force(page, undefined);
  await chat.ask("something else");
  await chat.settled();
  await expect(chat.items).toHaveCount(4);
});

test("five failures in a row pause the conversation in every tab; the trial after the pause ends it", async ({
  page,
  context,
  chat,
}) => {
  test.slow();
  await chat.open();
  await force(page, "worker_lost");
  await chat.ask("fails");
  for (let failures = 1; failures < 5; failures++) {
    await expect(chat.notice).toBeVisible();
    const before = await chat.notice.locator("code").textContent();
    await chat.notice.getByRole("button", { name: "Try again" }).click();
    await expect(chat.notice.locator("code")).not.toHaveText(before ?? "");
  }
  const paused = page.getByText("This conversation rests after several failed answers.");
  await expect(paused).toBeVisible();
  await expect(page.getByText(/Open again in \d\d s/)).toBeVisible();
  await expect(chat.notice.getByRole("button", { name: /Try again in/ })).toBeVisible();
  await chat.composer.fill("a thought meanwhile");
  await chat.composer.press("Enter");
  await expect(chat.composer).toHaveValue("a thought meanwhile");
  await expect(chat.items).toHaveCount(2);

  const other = new Chat(await context.newPage());
  await other.page.clock.install({ time: Date.now() });
  await other.open(await chat.threadId());
  await expect(other.page.getByText("This conversation rests after several failed answers.")).toBeVisible();
  await expect(other.composer).toHaveValue("a thought meanwhile");

  await page.reload();
  await expect(paused).toBeVisible();
  await force(page, undefined);
  await expect(page.getByText("You can send again now.")).toBeVisible({ timeout: 40_000 });
  await chat.notice.getByRole("button", { name: "Try again" }).click();
  await chat.settled();
  await expect(page.getByText("You can send again now.")).toHaveCount(0);
  await expect(other.page.getByText("This conversation rests after several failed answers.")).toHaveCount(0);
  await expect(other.last).toContainText(answer);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}, on a small phone`, () => {
    test.use({ colorScheme: scheme, viewport: { width: 360, height: 640 }, hasTouch: true });

    test("a failure, a blocked answer, a refusal and a pause are accessible and fit", async ({ page, chat }) => {
      await chat.open();
      for (const code of ["worker_lost", "content_blocked", "rate_limited"]) {
        await force(page, code);
        await chat.ask(code);
        await expect(chat.last).toContainText(/interrupted several times|content rules|Not sent/);
      }
      await expect(page.getByText("The server asks for a moment.")).toBeVisible();
      await expectNoSideways(page);
      await expectAccessible(page);
    });

    test("the system page is accessible and fits", async ({ page }) => {
      await page.goto("/admin/system");
      await expect(page.getByRole("article").first()).toBeVisible();
      await expectNoSideways(page);
      await expectAccessible(page);
    });
  });
}
