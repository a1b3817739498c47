import { expect } from "@playwright/test";
import { chinese, harbour, Knowledge, prepareSource } from "./support/knowledge.ts";
import { test } from "./support/test.ts";

test("a question shows what would be retrieved and why, in both languages", async ({ page, server, person }) => {
  const { address } = await prepareSource(server.url, person, "Harbour", [
    { title: "Rules", text: harbour },
    { title: "规定", text: chinese },
  ]);
  await page.goto(address);
  await page.getByRole("tab", { name: "Try a question" }).click();
  await page.getByRole("textbox", { name: "Question" }).fill("What does a night in the harbour cost?");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tab=question&question=/);
  await expect(page.getByText(/Would be answered, from \d+ passage/)).toBeVisible();
  await expect(page.getByRole("region", { name: "How the question was read" })).toContainText("English");
  await expect(page.getByRole("region", { name: "Steps" }).getByRole("row")).not.toHaveCount(1);
  const candidates = page.getByRole("region", { name: "Candidates" });
  await expect(candidates.getByRole("row").filter({ hasText: "24 euros" })).toContainText("Used");
  await expect(page.getByRole("region", { name: "What the model would get" })).toContainText("A night costs 24 euros.");
  await page.reload();
  await expect(candidates.getByRole("row").filter({ hasText: "24 euros" })).toContainText("Used");

  await page.getByRole("textbox", { name: "Question" }).fill("停泊需要几条缆绳？");
  await page.getByRole("button", { name: "Try" }).click();
  await expect(page.getByRole("region", { name: "How the question was read" })).toContainText("Chinese");
  await expect(page.getByRole("region", { name: "What the model would get" })).toContainText("至少使用两条缆绳");
  await candidates.getByRole("link", { name: /停泊/ }).first().click();
  await expect(new Knowledge(page).passages.and(page.locator('[aria-current="true"]'))).toBeInViewport();
});

test("a visitor gets nothing from a private source", async ({ page, server, person }) => {
  const knowledge = new Knowledge(page);
  await prepareSource(server.url, person, "Harbour", [{ title: "Rules", text: harbour }]);
  await knowledge.open();
  await knowledge.choose("Harbour", "Change");
  await page.getByRole("dialog").getByRole("radio", { name: "Private" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("tab", { name: "Try a question" }).click();
  await page.getByRole("textbox", { name: "Question" }).fill("What does a night in the harbour cost?");
  await page.getByText("As a visitor").click();
  await page.getByRole("button", { name: "Try" }).click();
  await expect(page).toHaveURL(/as=visitor/);
  // Who runs the chatbot sees that it was found and held back.
  await expect(page.getByRole("row").filter({ hasText: "24 euros" })).toContainText("From a private source");
  await expect(page.getByRole("region", { name: "What the model would get" })).not.toContainText("24 euros");
});
