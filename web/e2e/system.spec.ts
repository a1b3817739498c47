import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

test.use({
  settings: { Models__Chat__Retries: "0", Models__Chat__ExtractiveFallback: "true", Models__Chat__BreakSeconds: "30" },
});

test("an owner sees how the server is, and what a failing model endpoint does", async ({ page, model, chat }) => {
  await chat.open();
  await page.getByRole("link", { name: "System" }).click();
  await expect(page).toHaveURL("/admin/system");
  await expect(page.getByRole("heading", { level: 1, name: "System" })).toBeVisible();
  const endpoint = page.getByRole("listitem").filter({ hasText: "Circuit breaker" });
  await expect(endpoint).toContainText("Closed");
  await expect(page.getByRole("listitem").filter({ has: page.getByText("database", { exact: true }) })).toContainText(
    "Works",
  );

  await model.play("", { kind: "server_error", status: 500 });
  await page.getByRole("link", { name: "Back to the chat" }).click();
  for (let call = 1; call <= 10; call++) {
    await chat.composer.fill(`failure ${call}`);
    await chat.composer.press("Enter");
    await chat.settled();
  }
  await page.getByRole("link", { name: "System" }).click();
  await expect(endpoint).toContainText("Open");
  await expect(endpoint).toContainText(/Next try\s*in \d+ s/);
  await expect(endpoint).toContainText("llm_unavailable");
  await expect(page.getByText("Chats go on, but something is missing or broken.")).toBeVisible();
});

test("what cannot be read is said, and tried again", async ({ page, chat }) => {
  await chat.open();
  await page.route("**/health/ready", (route) => route.abort());
  await page.goto("/admin/system");
  await expect(page.getByRole("group", { name: "The state could not be read" })).toBeVisible();
  await page.unroute("**/health/ready");
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("listitem").filter({ has: page.getByText("database", { exact: true }) })).toContainText(
    "Works",
  );
  await expect(page.getByRole("group")).toHaveCount(0);
});

test("who does not run the server is told whom the page is for", async ({ page }) => {
  await page.route("**/auth/me", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), is_operator: false } });
  });
  await page.goto("/admin/system");
  await expect(page.getByRole("heading", { name: "For administrators only" })).toBeVisible();
  await expect(page.getByText("This page is for the people who run this server")).toBeVisible();
  await page.getByRole("link", { name: "Go to the chat" }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Credits" })).toBeVisible();
  await expect(page.getByRole("link", { name: "System" })).toHaveCount(0);
});
