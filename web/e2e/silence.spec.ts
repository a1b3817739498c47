import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

// A model that says nothing for a second is given up here; by default it is half a minute.
test.use({ settings: { Models__Chat__FirstTokenTimeoutSeconds: "1", Models__Chat__IdleTimeoutSeconds: "1" } });

const answer = "One two three four five six seven eight.";

for (const [what, behaviour] of [
  ["never begins to answer", { kind: "hang" }],
  ["falls silent in mid-answer", { kind: "hang", after_tokens: 3 }],
  ["breaks off in mid-answer", { kind: "cut", after_tokens: 3 }],
] as const) {
  test(`a model that ${what} leaves a clear failure, no spinner, and a way to try again`, async ({
    page,
    model,
    chat,
  }) => {
    await model.play("try me", { ...behaviour, text: answer, times: 1 });
    await chat.open();
    await chat.ask("try me");
    const notice = chat.notice;
    await expect(notice).toContainText("No answer this time");
    await expect(chat.stop).toHaveCount(0);
    await expect(page.locator('[class*="_dots_"], [class*="_caret_"]')).toHaveCount(0);
    await expect(chat.items).toHaveCount(2);
    await model.play("try me", { kind: "answer", text: answer });
    await notice.getByRole("button", { name: "Try again" }).click();
    await expect(chat.last).toContainText(answer);
    await chat.settled();
    await expect(page.getByRole("group")).toHaveCount(0);
    await expect(chat.items).toHaveCount(2);
  });
}
