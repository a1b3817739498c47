import { expect } from "@playwright/test";
import { askByApi } from "./support/operations.ts";
import { test } from "./support/test.ts";

test("a rule is made with a look at what it would have done, silenced, and deleted", async ({
  page,
  server,
  person,
}) => {
  await askByApi(server.url, person, "hello");
  await page.goto("/admin/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: "Silence" }).first()).toBeVisible();
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByRole("combobox", { name: "Metric" }).fill("turns");
  await page.getByRole("option", { name: "turns", exact: true }).click();
  await page.getByRole("textbox", { name: "Warning at" }).fill("1000");
  await expect(page.getByText("Would have fired 0 times in 7 days")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Busy");
  await page.getByRole("textbox", { name: "Over the last" }).fill("soon");
  await page.getByRole("button", { name: "Create the rule" }).click();
  await expect(page.getByText("Write a number with s, m, h or d, such as 5m.")).toBeVisible();
  await page.getByRole("textbox", { name: "Over the last" }).fill("10m");
  await page.getByRole("button", { name: "Create the rule" }).click();
  await expect(page).toHaveURL(/\/admin\/alerts\/[0-9a-f-]{36}$/);

  await page.getByRole("navigation", { name: "Where you are" }).getByRole("link", { name: "Alerts" }).click();
  await page.getByRole("button", { name: "Silence “Busy”" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Silence" }).click();
  await expect(dialog.getByText("Say why, for who comes after you.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Launch day");
  await dialog.getByRole("button", { name: "Silence" }).click();
  await page.getByRole("tab", { name: "Silences" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Busy" })).toContainText("Launch day");
  await page.getByRole("button", { name: "End the silence" }).click();
  await dialog.getByRole("button", { name: "End the silence" }).click();
  await expect(page.getByText("Nothing is silenced")).toBeVisible();

  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("link", { name: "Busy" }).click();
  await page.getByRole("button", { name: "Delete the rule" }).click();
  await dialog.getByRole("button", { name: "Delete the rule" }).click();
  await expect(page).toHaveURL("/admin/alerts");
  await expect(page.getByRole("link", { name: "Busy" })).toHaveCount(0);
});

test("of a shipped rule the threshold is changed and taken back", async ({ page }) => {
  await page.goto("/admin/alerts");
  await page.getByRole("link", { name: "Many turns fail" }).click();
  await expect(page.getByText("Comes with the server")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
  await page.getByRole("textbox", { name: "Warning at" }).fill("7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.getByRole("button", { name: "Take the changes back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take the changes back" }).click();
  await page.getByRole("link", { name: "Many turns fail" }).click();
  await expect(page.getByRole("textbox", { name: "Warning at" })).toHaveValue("5");
});

test("a receiver is added, tried and deleted", async ({ page }) => {
  await page.goto("/admin/alerts?tab=receivers");
  await page.getByRole("button", { name: "Add a receiver" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Journal");
  await dialog.getByRole("combobox", { name: "Kind" }).selectOption("Log");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  const row = page.getByRole("listitem").filter({ hasText: "Journal" });
  await row.getByRole("button", { name: "Test" }).click();
  await expect(row.getByText("Sent")).toBeVisible();
  await row.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Nobody is told yet")).toBeVisible();
});
