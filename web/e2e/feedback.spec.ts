import { expect, type Page } from "@playwright/test";
import { test } from "./support/test.ts";

test("a thumb down with a comment is there after a reload, and is taken back", async ({ page, model, chat }) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("about rivers");
  await chat.settled();
  const down = chat.last.getByRole("button", { name: "Not helpful" });
  const field = chat.last.getByRole("textbox", { name: "What was wrong or missing?" });
  await down.click();
  await expect(down).toHaveAttribute("aria-pressed", "true");
  await expect(field).toBeFocused();
  await page.keyboard.type("It names no river.");
  await given(page, () => page.keyboard.press("Control+Enter"));
  await expect(field).toHaveCount(0);
  await expect(down).toBeFocused();

  await page.reload();
  await chat.settled();
  await expect(down).toHaveAttribute("aria-pressed", "true");
  await chat.last.getByRole("button", { name: "Edit the comment" }).click();
  await expect(field).toHaveValue("It names no river.");
  await page.keyboard.press("Escape");
  await expect(down).toBeFocused();
  await given(page, () => page.keyboard.press("Enter"));
  await expect(down).toHaveAttribute("aria-pressed", "false");

  await page.reload();
  await chat.settled();
  await expect(down).toHaveAttribute("aria-pressed", "false");
});

test("the owner finds an answer that did not help, and reads why", async ({ page, model, chat }) => {
  await model.play("", { kind: "answer", text: "An answer." });
  await chat.open();
  await chat.ask("about rivers");
  await chat.settled();
  await chat.last.getByRole("button", { name: "Not helpful" }).click();
  const field = chat.last.getByRole("textbox", { name: "What was wrong or missing?" });
  await expect(field).toHaveAccessibleDescription(/Owners and administrators .* can read it/);
  await field.fill("It names no river.\nNot even the Rhine.");
  await given(page, () => page.keyboard.press("Control+Enter"));
  await chat.ask("about lakes");
  await chat.settled();

  await page.goto("/admin/turns");
  const rows = page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Feedback").selectOption("Not helpful");
  await expect(page).toHaveURL(/feedback=down/);
  await expect(rows).toHaveCount(1);
  await expect(rows.getByTitle("Not helpful")).toBeVisible();
  await rows.getByRole("link").click();
  const said = page.getByRole("region", { name: "Feedback" });
  await expect(said).toContainText("Not helpful");
  await expect(said.getByText("Not even the Rhine.")).toBeVisible();
  await expect(said).toContainText(/Given .+Changed /);

  await page.goto("/admin/turns?feedback=up");
  await expect(page.getByText("No turn fits")).toBeVisible();
});

/** Does something that tells the server, and waits until it knows. */
async function given(page: Page, act: () => Promise<void>): Promise<void> {
  const response = page.waitForResponse((one) => one.url().endsWith("/feedback") && one.ok());
  await act();
  await response;
}
