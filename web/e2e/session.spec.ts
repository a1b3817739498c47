import { expect, type Page } from "@playwright/test";
import { api, type Person, password } from "./support/person.ts";
import { test } from "./support/test.ts";

// Short enough to see tokens expire; the server allows 5 s more for clocks that differ.
test.use({ settings: { Accounts__AccessTokenSeconds: "6" } });

const draft = "Not sent yet, and not to be lost";

test("an open socket gets new tokens without a break", async ({ page, model, chat }) => {
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("before");
  await chat.settled();
  await chat.composer.fill(draft);
  const before = await accessToken(page);
  // Twice: so that the tokens of the first connection are surely over.
  for (let renewals = 0; renewals < 2; renewals++) {
    await page.waitForResponse((response) => response.url().endsWith("/auth/refresh") && response.ok());
  }
  expect(await accessToken(page)).not.toBe(before);
  await expect(chat.composer).toHaveValue(draft);
  await chat.composer.press("Enter");
  await expect(chat.items).toHaveCount(4);
  await chat.settled();
  expect(sockets.filter((url) => url.includes("/ws/chat/"))).toHaveLength(1);
});

test("a token that expires while it cannot be renewed closes the socket; draft and conversation go on when it can", async ({
  page,
  model,
  chat,
}) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("before");
  await chat.settled();
  await chat.composer.fill(draft);
  await page.route("**/auth/refresh", (route) => route.abort());
  await expect(page.getByText("Reconnecting…")).toBeVisible({ timeout: 30_000 });
  await expect(chat.composer).toHaveValue(draft);
  await page.unroute("**/auth/refresh");
  await expect(page.getByText("Reconnecting…")).toHaveCount(0, { timeout: 30_000 });
  await chat.composer.press("Enter");
  await expect(chat.items).toHaveCount(4);
  await chat.settled();
  await expect(chat.items.nth(2)).toContainText(draft);
  await expect(page).toHaveURL(/\/chat\//);
});

test("a token that the server finds expired is refreshed and the message sent again, and nobody notices", async ({
  page,
  server,
  person,
  model,
  chat,
}) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.composer.fill(draft);
  // A clock that is behind: this page believes in its token long after the server does.
  const expired = await page.evaluate(() => {
    const tokens = JSON.parse(localStorage.getItem("evenkeel.tokens") ?? "{}");
    const inAnHour = Date.now() + 3_600_000;
    localStorage.setItem("evenkeel.tokens", JSON.stringify({ ...tokens, expiresAt: inAnHour, refreshAt: inAnHour }));
    return tokens.accessToken as string;
  });
  const isRefused = () => isExpired(server.url, { ...person, accessToken: expired });
  await expect.poll(isRefused, { timeout: 30_000 }).toBe(true);
  const refreshed = page.waitForResponse("**/auth/refresh");
  await chat.composer.press("Enter");
  expect((await refreshed).ok()).toBe(true);
  await chat.threadId();
  await chat.settled();
  await expect(chat.items.first()).toContainText(draft);
  await expect(chat.items).toHaveCount(2);
});

test("a revoked session leads to the sign-in page, and back to the same conversation with the draft", async ({
  page,
  server,
  person,
  model,
  chat,
}) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("before");
  await chat.settled();
  const address = page.url();
  await chat.composer.fill(draft);
  const refreshToken = await page.evaluate(
    () => JSON.parse(localStorage.getItem("evenkeel.tokens") ?? "{}").refreshToken,
  );
  await api(server.url, { ...person, accessToken: await accessToken(page) }, "/auth/logout", {
    method: "POST",
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  await expect(page).toHaveURL(/\/login\?.*expired=1/, { timeout: 30_000 });
  await expect(page.getByText("what you were writing is kept")).toBeVisible();
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(address);
  await expect(chat.composer).toHaveValue(draft);
  await chat.composer.press("Enter");
  await expect(chat.items).toHaveCount(4);
  await chat.settled();
});

function accessToken(page: Page): Promise<string> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("evenkeel.tokens") ?? "{}").accessToken as string);
}

async function isExpired(serverUrl: string, { accessToken }: Person): Promise<boolean> {
  const response = await fetch(`${serverUrl}/auth/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
  if (response.ok) return false;
  return ((await response.json()) as { error_code: string }).error_code === "token_expired";
}
