import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

test.use({ settings: { Models__Chat__Retries: "3", Models__Chat__ExtractiveFallback: "true" } });

const answer = "One two three four five six seven eight.";

test("a model that fails is called again, and the page says when and for which time", async ({ page, model, chat }) => {
  await model.play("again", { kind: "rate_limit", retry_after_s: 3, times: 1 });
  await model.play("again", { kind: "answer", text: answer });
  await chat.open();
  await chat.ask("again and again");
  await expect(page.getByText(/The model did not answer\. Trying again in [1-4] s \(attempt 2\)…/)).toBeVisible();
  await expect(chat.stop).toBeVisible();
  await chat.settled();
  await expect(chat.last).toContainText(answer);
  await expect(page.getByRole("group")).toHaveCount(0);
});

test("an answer that breaks off is withdrawn and begun again: nothing of both is mixed", async ({ model, chat }) => {
  await model.play("breaks", { kind: "cut", after_tokens: 3, text: "Wrong wrong wrong wrong wrong.", times: 1 });
  await model.play("breaks", { kind: "answer", text: answer });
  await chat.open();
  await chat.ask("breaks off");
  await chat.settled();
  await expect(chat.last).toContainText(answer);
  await expect(chat.last).not.toContainText("Wrong");
});

test("an answer by a substitute says so, also after a reload", async ({ page, model, chat }) => {
  await model.play("resume", { kind: "server_error", status: 400 });
  await chat.open();
  await chat.ask("How do I resume a stream after a disconnect?");
  await chat.settled();
  await expect(chat.last).toContainText("scripted did not answer, so a substitute wrote this.");
  await page.reload();
  await chat.settled();
  await expect(chat.last).toContainText("scripted did not answer, so a substitute wrote this.");
});
