import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { api } from "./support/person.ts";
import { test } from "./support/test.ts";

// Each answer costs one credit.
test.use({
  settings: {
    Credits__DefaultPlan: "team",
    Credits__Plans__team__MonthlyAllowance: "2",
    Credits__Plans__large__MonthlyAllowance: "1500.5",
  },
});

const ledger = (page: Page) => page.getByRole("region", { name: "Ledger" }).getByRole("listitem");

test("what an answer cost stands in the balance and in the ledger, which leads to the conversation", async ({
  page,
  model,
  chat,
}) => {
  await model.hold("", "An answer that takes a while.", 2);
  await chat.open();
  const balance = page.getByRole("link", { name: /^Credits left:/ });
  await expect(balance).toHaveText("Credits left: 2");
  await chat.ask("What does this cost?");
  await model.waitUntilHeld();
  await balance.click();
  await expect(ledger(page)).toHaveText([/Answer under way.*-1/, /Monthly allowance\+2/]);
  await model.release();
  await page.goBack();
  await chat.settled();
  await expect(balance).toHaveText("Credits left: 1");

  await balance.click();

  await expect(page.getByRole("heading", { level: 1, name: "Credits" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("Used this month1");
  await expect(ledger(page)).toHaveText([/^Answer-1.*scripted.*tokens/, /Monthly allowance\+2/]);
  await ledger(page).first().getByRole("link", { name: "Conversation" }).click();
  await expect(chat.items.first()).toContainText("What does this cost?");
});

test("without credits nothing is sent, the text is kept, and after credits were added it goes out", async ({
  page,
  model,
  server,
  person,
  chat,
}) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("The first question");
  await chat.settled();
  await chat.ask("The second question");
  await chat.settled();
  await chat.composer.fill("The third question");
  await chat.composer.press("Enter");

  const alert = page.getByRole("alert");
  await expect(alert).toContainText("There are not enough credits left");
  await expect(alert).toContainText(/add credits/i);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(chat.composer).toHaveValue("The third question");
  await expect(chat.items).toHaveCount(4);
  await page.reload();
  await expect(chat.composer).toHaveValue("The third question");
  await expect(page.getByRole("link", { name: "Credits left: 0" })).toBeVisible();

  await page.getByRole("link", { name: "New chat" }).click();
  await chat.composer.fill("A question of its own");
  await chat.composer.press("Enter");
  await expect(page.getByRole("alert")).toContainText("There are not enough credits left");
  await expect(chat.composer).toHaveValue("A question of its own");

  await api(server.url, person, "/api/v1/admin/credits/grants", {
    method: "POST",
    body: JSON.stringify({ amount: 1, note: "one more" }),
  });
  await chat.composer.press("Enter");
  await chat.settled();
});

test("credits are added with a reason and the plan is changed, by keyboard alone", async ({ page }) => {
  await page.goto("/admin/credits");
  await page.getByRole("button", { name: "Add credits" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Amount")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("Enter a number other than 0");
  await expect(dialog).toContainText("Say why.");
  await page.keyboard.type("12.5");
  await page.keyboard.press("Tab");
  await page.keyboard.type("for the fair");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "The balance was changed." })).toBeVisible();
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("Balance14.5");
  await expect(ledger(page).first()).toHaveText(/Credits added\+12\.5.*for the fair/);

  await page.getByRole("button", { name: "Change plan" }).press("Enter");
  await dialog.getByRole("radio", { name: "large – 1,500.5 a month" }).press("Space");
  await dialog.getByRole("button", { name: "Change", exact: true }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("Balance1,513");
  await expect(ledger(page).first()).toHaveText(/Monthly allowance\+1,498\.5/);
});

test("a page that cannot be loaded says so and can be tried again", async ({ page }) => {
  await page.route("**/api/v1/credits**", (route) => route.abort());
  await page.goto("/admin/credits");
  await expect(page.getByRole("alert").first()).toContainText("The credits could not be loaded");
  await page.unroute("**/api/v1/credits**");
  await page.getByRole("button", { name: "Look again" }).first().click();
  await expect(page.getByRole("region", { name: "Overview" })).toContainText("Balance2");
});

for (const language of ["en", "zh"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`the page is accessible and fits a small screen, ${language}, ${scheme}`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem("evenkeel.language", chosen), language);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("/admin/credits");
      await expect(page.getByRole("listitem")).not.toHaveCount(0);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("; ")}`)).toEqual([]);
    });
  }
}
