import { expect } from "@playwright/test";
import { askByApi } from "./support/operations.ts";
import { test } from "./support/test.ts";

test("a turn is found, its page tells what happened, and its conversation is followed live", async ({
  page,
  server,
  person,
}) => {
  const turn = await askByApi(server.url, person, "hello");
  await page.goto("/chat");
  await page.getByRole("link", { name: "Operations" }).click();
  await page.getByRole("link", { name: "Turns" }).click();
  await expect(page).toHaveURL("/admin/turns");
  const row = page.getByRole("listitem").filter({ hasText: turn.id.slice(-12) });
  await expect(row).toContainText("Succeeded");
  await expect(row).toContainText(/waited .+worked /);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(`/admin/turns/${turn.id}`);
  const timeline = page.getByRole("region", { name: "What happened" });
  await expect(timeline.getByText("response_generation").first()).toBeVisible();
  await timeline.getByText("Data").first().click();
  await expect(timeline.locator("pre").first()).toBeVisible();

  await page.getByRole("link", { name: "Timeline of the conversation" }).click();
  await expect(page).toHaveURL(`/admin/timeline/${turn.thread_id}`);
  await expect(page.getByText("Receiving")).toBeVisible();
  const received = page.locator("code", { hasText: "message_received" });
  await expect(received).toHaveCount(1);
  await askByApi(server.url, person, "hello again", turn.thread_id);
  await expect(received).toHaveCount(2);
  await page.getByRole("switch", { name: "Live" }).click({ force: true });
  await expect(page).toHaveURL(/live=off/);
  await expect(page.getByText("Receiving")).toHaveCount(0);
});

test("failed turns are found by their code, kept, exported and answered again", async ({
  page,
  server,
  person,
  model,
}) => {
  await model.play("broken", { kind: "server_error", status: 500, times: 1 });
  const failed = await askByApi(server.url, person, "broken");
  expect(failed.status).toBe("failed");
  await askByApi(server.url, person, "fine");
  await page.goto("/admin/turns?status=failed");
  const rows = page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("llm_unavailable");

  await page.getByRole("checkbox", { name: "All shown" }).check();
  await page.getByRole("button", { name: "Choose all that match" }).click();
  await page.getByRole("button", { name: "Do something" }).click();
  await page.getByRole("menuitem", { name: "Keep beyond retention" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This is about 1 turn.");
  await dialog.getByRole("button", { name: "Keep beyond retention" }).click();
  await expect(rows.getByText("Kept beyond retention")).toBeAttached();

  await rows.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Do something" }).click();
  await page.getByRole("menuitem", { name: "Export the events" }).click();
  await dialog.getByRole("button", { name: "Export the events" }).click();
  await expect(dialog).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the file" }).click();
  expect((await download).suggestedFilename()).toMatch(/^events-.*\.jsonl$/);

  await page.goto(`/admin/turns/${failed.id}`);
  await page.getByRole("button", { name: "Answer again" }).click();
  await expect(dialog).toContainText("it costs credits");
  await dialog.getByRole("button", { name: "Answer again" }).click();
  await page.goto(`/admin/turns?thread_id=${failed.thread_id}&status=succeeded`);
  await expect(rows).toHaveCount(1);
});

test("the queue says who works, and the timeline of all is narrowed to what one looks for", async ({
  page,
  server,
  person,
}) => {
  const turn = await askByApi(server.url, person, "hello");
  await page.goto("/admin/queue");
  await expect(page.getByRole("region", { name: "Workers" })).toContainText("1 alive");
  await page.goto("/admin/timeline");
  const shown = (type: string) => page.locator("code", { hasText: type });
  await expect(shown("turn_ended")).toBeVisible();
  await page.getByRole("combobox", { name: "Event type" }).fill("turn_ended");
  await page.getByRole("option", { name: "turn_ended" }).click();
  await expect(page).toHaveURL(/type=turn_ended/);
  await expect(shown("message_received")).toHaveCount(0);
  await page.getByRole("link", { name: "Turn", exact: true }).click();
  await expect(page).toHaveURL(`/admin/turns/${turn.id}`);
});

test("a point of a chart leads by keyboard to the turns behind it, and from there to the turn", async ({
  page,
  server,
  person,
}) => {
  const turn = await askByApi(server.url, person, "hello");
  await page.goto("/admin/analytics?range=1h");
  const chart = page.getByRole("region", { name: "Turns by status" });
  const slider = chart.getByRole("slider");
  // Numbers are gathered every few seconds.
  await expect(async () => {
    await page.reload();
    await expect(chart.getByText("Succeeded")).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
  await slider.focus();
  await page.keyboard.press("End");
  for (let step = 0; step < 3; step++) {
    if ((await slider.getAttribute("aria-valuetext"))?.endsWith("Succeeded: 1") === true) break;
    await page.keyboard.press("ArrowLeft");
  }
  await expect(slider).toHaveAttribute("aria-valuetext", /Succeeded: 1$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/admin\/turns\?status=succeeded&ended_from=.*&ended_to=/);
  await page
    .getByRole("listitem")
    .filter({ hasText: turn.id.slice(-12) })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(`/admin/turns/${turn.id}`);
  await page.goBack();
  await page.goBack();
  await chart.getByRole("button", { name: "Table" }).click();
  await expect(chart.getByRole("table").getByRole("link", { name: "1" })).toBeVisible();

  await page.goto("/admin/analytics?range=1h&section=cost");
  await page.getByRole("combobox", { name: "Chatbot" }).selectOption({ index: 1 });
  await expect(page).toHaveURL(/chatbot_id=/);
  const models = page.getByRole("region", { name: "By model" });
  const model = (await models.getByRole("link").textContent()) ?? "";
  await models.getByRole("link").click();
  await expect(page).toHaveURL(/\/admin\/turns\?chatbot_id=.*&model=.*&ended_from=/);
  await expect(page.getByRole("listitem").filter({ hasText: turn.id.slice(-12) })).toContainText(model);
});
