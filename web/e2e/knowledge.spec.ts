import { expect } from "@playwright/test";
import { brokenPdf, drag, markdown } from "./support/files.ts";
import { harbour, Knowledge, prepareSource } from "./support/knowledge.ts";
import { test } from "./support/test.ts";

test("files come by drop and by button, each with its progress and result, and a broken one says why", async ({
  page,
}) => {
  const knowledge = new Knowledge(page);
  await page.goto("/chat");
  await page.getByRole("link", { name: "Knowledge" }).click();
  await expect(page).toHaveURL(/\/admin\/chatbots\/[0-9a-f-]{36}\/knowledge$/);
  await expect(knowledge.sources.filter({ hasText: "Built-in user guide" })).toContainText(/\d+ documents ready/);

  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Harbour");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Harbour" })).toBeVisible();
  await expect(page).toHaveURL(/\?source=/);
  await expect(page.getByText("No documents yet")).toBeVisible();

  // The upload is held half-way, so that its progress can be looked at.
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  await page.route("**/documents", async (route) => {
    if (route.request().method() === "POST") await gate;
    await route.continue();
  });
  const dragged = await drag(page, [markdown("harbour.md", harbour), brokenPdf("cut-off.pdf")]);
  await expect(page.getByText("Drop the files to add them to “Harbour”")).toBeVisible();
  await dragged.drop();
  await expect(knowledge.uploads).toHaveCount(2);
  await expect(page.getByRole("progressbar", { name: "Upload of “harbour.md”" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel the upload of “harbour.md”" })).toBeVisible();
  open();
  await expect(knowledge.uploads.filter({ hasText: "harbour.md" })).toContainText("Added");
  await expect(knowledge.document("Harbour rules")).toContainText("Ready");
  await expect(knowledge.document("cut-off.pdf")).toContainText("Failed");
  await expect(knowledge.document("cut-off.pdf")).toContainText("The file is damaged and cannot be read.");

  await page.locator('input[type="file"][multiple]').setInputFiles(markdown("harbour.md", harbour));
  await expect(knowledge.uploads.last()).toContainText("Unchanged");
  await page.getByRole("button", { name: "Clear the list" }).click();
  await expect(knowledge.uploads).toHaveCount(0);

  await page.getByRole("link", { name: /^Failed 1/ }).click();
  await expect(page).toHaveURL(/status=failed/);
  await expect(knowledge.documents).toHaveCount(1);
  await page.reload();
  await expect(knowledge.documents).toHaveCount(1);
  await page.getByRole("button", { name: "Try the failed one again" }).click();
  await expect(knowledge.document("cut-off.pdf")).toContainText("The file is damaged");
});

test("an upload that is cancelled, or does not get through, says so and can be sent again", async ({
  page,
  server,
  person,
}) => {
  const knowledge = new Knowledge(page);
  const { address } = await prepareSource(server.url, person, "Harbour", []);
  await page.goto(address);
  await expect(page.getByText("No documents yet")).toBeVisible();
  await page.route("**/documents", (route) => (route.request().method() === "POST" ? undefined : route.continue()));
  await page.locator('input[type="file"][multiple]').setInputFiles(markdown("harbour.md", harbour));
  await page.getByRole("button", { name: "Cancel the upload of “harbour.md”" }).click();
  await expect(knowledge.uploads).toContainText("Cancelled");
  await page.unroute("**/documents");
  await page.route("**/documents", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await knowledge.uploads.getByRole("button", { name: "Try again" }).click();
  await expect(knowledge.uploads).toContainText("The server could not be reached.");
  await page.unroute("**/documents");
  await knowledge.uploads.getByRole("button", { name: "Try again" }).click();
  await expect(knowledge.uploads).toContainText("Added");
  await expect(knowledge.document("Harbour rules")).toContainText("Ready");
});

test("how far a document is can be seen, and it is ended, read again, replaced, downloaded and deleted", async ({
  page,
  server,
  person,
}) => {
  const knowledge = new Knowledge(page);
  const { address } = await prepareSource(server.url, person, "Harbour", [{ title: "Rules", text: harbour }]);
  await page.route("**/documents?**", async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { items: object[] };
    const progress = { stage: "storing", done: 12, total: 40, attempt: 2 };
    const items = body.items.map((item) => ({ ...item, status: "processing", progress }));
    await route.fulfill({ response, json: { ...body, items } });
  });
  await page.goto(address);
  const row = knowledge.document("Rules");
  await expect(row).toContainText("Storing passages · 12 of 40 passages · attempt 2");
  await expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "30");
  await expect(row.getByRole("button", { name: "Cancel “Rules”" })).toBeVisible();
  await page.unroute("**/documents?**");
  // Nobody reloads: the list looks again while something is under way.
  await expect(row).toContainText("Ready");

  const download = page.waitForEvent("download");
  await knowledge.choose("Rules", "Download the original");
  expect((await download).suggestedFilename()).toContain("Rules");

  const chooser = page.waitForEvent("filechooser");
  await knowledge.choose("Rules", "Replace with a file");
  await (await chooser).setFiles({ name: "other.pdf", mimeType: "application/pdf", buffer: Buffer.from("x") });
  await expect(knowledge.uploads).toContainText("Only a file of the same type can replace it.");

  await knowledge.choose("Rules", "Delete");
  await expect(page.getByRole("dialog")).toContainText(/With it go:\s*\d passages/);
  await expect(page.getByRole("dialog")).toContainText("Old conversations keep the text of what they cite.");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No documents yet")).toBeVisible();
});

test("text is pasted, and the passages of a document can be read, searched and linked to", async ({
  page,
  server,
  person,
}) => {
  const knowledge = new Knowledge(page);
  const { address } = await prepareSource(server.url, person, "Harbour", []);
  await page.goto(address);
  await page.getByRole("button", { name: "Paste text" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toContainText("There is no text yet.");
  await dialog.getByLabel("Text").fill(harbour);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await knowledge.document("Harbour rules").getByRole("link", { name: "Harbour rules" }).click();

  await expect(page.getByRole("navigation", { name: "Where you are" })).toContainText("SourcesHarbourHarbour rules");
  await expect(knowledge.passages.filter({ hasText: "two lines at least" })).toContainText("English");
  await page.getByRole("searchbox", { name: "Find in this document" }).fill("24 EUROS");
  await expect(page).toHaveURL(/find=24/);
  await expect(knowledge.passages).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: /^1 of \d passages$/ })).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await knowledge.passages
    .last()
    .getByRole("link", { name: /^Link to passage/ })
    .click();
  await expect(page).toHaveURL(/passage=/);
  await page.reload();
  await expect(knowledge.passages.last()).toHaveAttribute("aria-current", "true");
  await expect(knowledge.passages.last()).toBeInViewport();
  await expect(knowledge.passages.last()).toBeFocused();
});

test("a citation leads to its passage in the document", async ({ page, model, chat }) => {
  await model.play("", { kind: "answer", text: "Reconnect with the last seq you saw [1]." });
  await chat.open();
  await chat.ask("How do I resume a stream after a disconnect?");
  await chat.settled();
  await chat.last
    .getByRole("button", { name: /^Source 1: / })
    .first()
    .click();
  await page.getByRole("link", { name: "Show in the document" }).click();
  const knowledge = new Knowledge(page);
  await expect(page).toHaveURL(/\/admin\/chatbots\/[0-9a-f-]+\/knowledge\/[0-9a-f-]+\?source=[0-9a-f-]+&passage=/);
  const cited = knowledge.passages.and(page.locator('[aria-current="true"]'));
  await expect(cited).toBeInViewport();
});

test("files dropped on the list of sources are asked for which of them they are", async ({ page }) => {
  const knowledge = new Knowledge(page);
  await knowledge.open();
  await (await drag(page, [markdown("harbour.md", harbour)])).drop();
  const dialog = page.getByRole("dialog", { name: "Add 1 file" });
  // The built-in guide takes no files.
  await expect(dialog.getByRole("radio")).toHaveCount(1);
  await dialog.getByLabel("Name").fill("Harbour");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Harbour", exact: true })).toBeVisible();
  await expect(knowledge.document("Harbour rules")).toContainText("Ready");
});
