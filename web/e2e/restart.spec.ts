import { expect } from "@playwright/test";
import { api } from "./support/person.ts";
import { test } from "./support/test.ts";

// A worker that was killed is missed after its lease; the shortest there is.
test.use({ settings: { Chat__LeaseSeconds: "3" } });

const question = "How do I resume a stream after a disconnect?";
const beginning = "Reconnect with the last seq";
const ending = "and nothing is missing at the end";
const answer = `${beginning} you saw [1], ${ending}.`;

for (const way of ["stop", "kill"] as const) {
  const name = way === "stop" ? "restarted" : "killed and started again";
  test(`a server ${name} in mid-answer finishes the answer, once and whole`, async ({
    page,
    server,
    person,
    model,
    chat,
  }) => {
    test.setTimeout(90_000);
    await model.hold(question, answer, 5);
    await model.play(question, { kind: "answer", text: answer });
    await chat.open();
    await chat.ask(question);
    await model.waitUntilHeld();
    await expect(chat.last).toContainText(beginning);
    await chat.composer.fill("still writing");

    await server[way]();
    await expect(page.getByText("Reconnecting…")).toBeVisible();
    await expect(chat.items).toHaveCount(2);
    await server.start();
    await page
      .getByRole("button", { name: "Try now" })
      .click({ timeout: 5_000 })
      .catch(() => undefined);

    await expect(page.getByText("Reconnecting…")).toHaveCount(0, { timeout: 40_000 });
    await expect(chat.last).toContainText(ending, { timeout: 40_000 });
    await chat.settled();
    await expect(chat.items).toHaveCount(2);
    await expect(chat.composer).toHaveValue("still writing");
    const path = `/api/v1/threads/${await chat.threadId()}/messages`;
    const stored = await api<{ items: { role: string; text: string; status: string }[] }>(server.url, person, path);
    expect(stored.items.map(({ role, text, status }) => ({ role, text, status }))).toEqual([
      { role: "user", text: question, status: "complete" },
      { role: "assistant", text: answer, status: "complete" },
    ]);
  });
}
