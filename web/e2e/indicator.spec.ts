import { expect } from "@playwright/test";
import { IndicatorTimes } from "./support/indicator.ts";
import type { Behaviour } from "./support/scripted-model.ts";
import { test } from "./support/test.ts";

// A model that falls silent is given up after three seconds here; by default it is half a minute.
test.use({
  settings: {
    Models__Chat__FirstTokenTimeoutSeconds: "3",
    Models__Chat__IdleTimeoutSeconds: "3",
    Debug__ForceErrors: "true",
  },
});

const answer = "One two three four five six seven eight.";
const limit = 200;

test("the typing indicator is there at once, and goes within 200 ms of any end of a turn", async ({
  page,
  model,
  chat,
}) => {
  test.slow();
  const indicator = await IndicatorTimes.watch(page);
  await chat.open();
  await succeed("first");
  const ends: Readonly<Record<string, Behaviour>> = {
    answer: { kind: "answer", text: answer },
    failure: { kind: "server_error" },
    silence: { kind: "hang", after_tokens: 3, text: answer },
    "break-off": { kind: "cut", after_tokens: 3, text: answer },
    "no words": { kind: "hang" },
  };
  for (const [end, behaviour] of Object.entries(ends)) {
    await indicator.expectWithin(limit, end, async () => {
      await model.play(end, { ...behaviour, times: 1 });
      await chat.ask(end);
    });
    await expect(chat.stop).toHaveCount(0);
    // A success between keeps the conversation's breaker closed.
    await succeed("between");
  }

  async function succeed(question: string): Promise<void> {
    await model.play(question, { kind: "answer", text: answer, times: 1 });
    await chat.ask(question);
    await chat.settled();
  }
});

test("the typing indicator goes within 200 ms of a stop, before the first word and in mid-answer", async ({
  page,
  model,
  chat,
}) => {
  const indicator = await IndicatorTimes.watch(page);
  await model.play("first", { kind: "answer", text: answer, times: 1 });
  await chat.open();
  await chat.ask("first");
  await chat.settled();
  for (const tokens of [0, 3]) {
    await indicator.expectWithin(limit, `${tokens} tokens`, async () => {
      await model.reset();
      await model.hold("stop me", answer, tokens);
      await chat.ask("stop me");
      await model.waitUntilHeld();
      if (tokens > 0) await expect(chat.last).toContainText("One two");
      await chat.stop.click();
    });
    await expect(chat.last.getByText("Stopped", { exact: true })).toBeVisible();
  }
});

for (const code of ["circuit_open", "rate_limited", "content_blocked", "worker_lost", "rag_error"]) {
  test(`the typing indicator goes within 200 ms of ${code}`, async ({ page, model, chat }) => {
    const indicator = await IndicatorTimes.watch(page);
    await model.play("", { kind: "answer", text: answer });
    await chat.open();
    await chat.ask("first");
    await chat.settled();
    await page.setExtraHTTPHeaders({ "X-Debug-Force-Error": code });
    await indicator.expectWithin(limit, code, async () => {
      await chat.composer.fill("a forced end");
      // After a refusal the page waits as it was asked to.
      await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
      await chat.ask("a forced end");
    });
    await expect(chat.stop).toHaveCount(0);
    await expect(page.locator('[class*="_dots_"], [class*="_caret_"]')).toHaveCount(0);
  });
}

test("a turn of which nothing is heard for 30 seconds stops looking busy, says so and offers to reload", async ({
  page,
  model,
  chat,
}) => {
  await page.clock.install();
  await model.play("first", { kind: "answer", text: answer, times: 1 });
  await chat.open();
  await chat.ask("first");
  await chat.settled();
  // The server's frames of this turn are lost on the way, as behind a proxy that buffers.
  await page.evaluate(() => {
    window.ekDropFrames = true;
  });
  await page.route("**/api/v1/threads/**", (route) => route.abort());
  await model.play("silent", { kind: "answer", text: answer });
  await chat.composer.fill("silent");
  await chat.composer.press("Enter");
  await expect(page.locator('[class*="_dots_"]')).toHaveCount(1);
  // The dots are there before the server has answered; the wait begins when there is a turn to wait for.
  await expect(chat.stop).toBeVisible();
  await page.clock.runFor(29_000);
  await expect(page.locator('[class*="_dots_"]')).toHaveCount(1);
  await page.clock.runFor(4_000);
  await expect(chat.notice).toContainText("No sign of progress");
  await expect(page.locator('[class*="_dots_"], [class*="_caret_"]')).toHaveCount(0);
  await expect(chat.notice.getByRole("button", { name: "Reload" })).toBeVisible();
  await page.unroute("**/api/v1/threads/**");
  await chat.notice.getByRole("button", { name: "Reload" }).click();
  await chat.settled();
  await expect(chat.last).toContainText(answer);
  await expect(chat.items).toHaveCount(4);
});

declare global {
  interface Window {
    ekDropFrames?: boolean;
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const { addEventListener } = WebSocket.prototype;
    WebSocket.prototype.addEventListener = function listen(
      this: WebSocket,
      type: string,
      listener: EventListenerOrEventListenerObject,
      ...rest: unknown[]
    ) {
      const dropping = (event: Event) => {
        if (type === "message" && window.ekDropFrames === true) return;
        if (typeof listener === "function") listener.call(this, event);
        else listener.handleEvent(event);
      };
      addEventListener.call(this, type, dropping, ...(rest as []));
    };
  });
});
