import { expect } from "@playwright/test";
import { newEmail, password } from "./support/person.ts";
import { test } from "./support/test.ts";

test.use({ isSignedIn: false });

test("a newcomer creates an account and lands in an empty chat with a bot that introduces itself", async ({
  page,
  chat,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Create account" }).click();
  // The page before has a field for the email too.
  await expect(page.getByRole("heading", { name: "Create account" })).toBeVisible();
  await page.getByLabel("Email").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Your name").fill("Grace");
  await page.getByLabel("Organization").fill("Navy");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/chat");
  await expect(chat.composer).toBeFocused();
  await expect(page.getByRole("list", { name: "Suggested questions" }).getByRole("button")).toHaveCount(3);
  await expect(page.getByRole("button", { name: /Grace/ })).toContainText("Navy");
});

test("a bad address and a short password are said at their fields, in the language of the page", async ({ page }) => {
  await page.goto("/register");
  const email = page.locator("input[name=email]");
  await email.fill("nobody");
  await page.locator("input[name=password]").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("That does not look like an email address.")).toBeVisible();
  await expect(page.getByText("Use at least 10 characters.")).toBeVisible();
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("button", { name: "注册账号" }).click();
  await expect(page.getByText("这似乎不是有效的邮箱地址。")).toBeVisible();
  await expect(page.getByText("至少 10 个字符。")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("what only the server knows is said at its field too: a well-known password", async ({ page }) => {
  await page.goto("/register");
  await page.locator("input[name=email]").fill(newEmail());
  await page.locator("input[name=password]").fill("password123");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.locator("input[name=password]")).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL("/register");
});

test("an unknown address and a wrong password are refused with the same words", async ({ page, person }) => {
  await page.goto("/login");
  const refused = [];
  for (const email of [person.email, newEmail()]) {
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the right one");
    const answer = page.waitForResponse("**/auth/login");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect((await answer).status()).toBe(401);
    refused.push(await page.getByRole("alert").locator("p").first().textContent());
  }
  expect(refused[0]).toBe(refused[1]);
});

test("signing in leads back to the page one wanted", async ({ page, person, chat }) => {
  await page.goto("/chat?from=somewhere");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/chat?from=somewhere");
  await expect(chat.composer).toBeVisible();
});

test.describe("in a Chinese browser", () => {
  test.use({ locale: "zh-CN" });

  test("a newcomer is greeted in Chinese by a bot that asks Chinese questions", async ({ page }) => {
    await page.goto("/register");
    await page.getByLabel("邮箱").fill(newEmail());
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "注册账号" }).click();
    await expect(page.getByText("我会根据 Evenkeel 的用户指南回答问题")).toBeVisible();
    await expect(page.getByRole("button", { name: "断线后怎么恢复？" })).toBeVisible();
  });
});
