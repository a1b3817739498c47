import { expect } from "@playwright/test";
import { nextMonth, seedCity } from "./support/catalogue.ts";
import { test } from "./support/test.ts";

const events = [
  { title: "Harbour Robotics", starts: nextMonth(10), ends: nextMonth(12), categories: ["robotics"] },
  { title: "Tide Data Day", starts: nextMonth(11), categories: ["data"], virtual: true },
];

test("events are found by words and facets, in a list and a month, and asked about", async ({
  page,
  server,
  person,
}) => {
  await seedCity(server.url, person, { name: "Bremen", country_code: "DE" }, events);
  await page.goto("/search");
  const results = page.getByRole("region", { name: "Results" });
  await expect(results.getByRole("article")).toHaveCount(2);

  await page.getByRole("searchbox", { name: "What are you looking for?" }).fill("robotics in Bremen");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/q=robotics/);
  await expect(results.getByRole("article", { name: "Harbour Robotics" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Understood as" })).toContainText("Bremen");

  await page.getByRole("button", { name: "Clear all conditions" }).first().click();
  await page.getByRole("region", { name: "Categories" }).getByRole("button", { name: /^data/ }).click();
  await expect(page).toHaveURL(/category=data/);
  await expect(results.getByRole("article")).toHaveCount(1);

  await page.getByText("Month", { exact: true }).click();
  await page.getByRole("button", { name: /: 1 event$/ }).click();
  await expect(page.getByRole("article", { name: "Tide Data Day" })).toBeVisible();

  await page.getByRole("link", { name: "Ask about these results" }).click();
  await expect(page).toHaveURL(/\/chat\?about=s_/);
  await expect(page.getByText("About 1 result")).toBeVisible();
  await page.getByRole("button", { name: "Ask about everything instead" }).click();
  await expect(page).toHaveURL("/chat");
});

test("an event is made, changed and deleted", async ({ page, server, person }) => {
  await seedCity(server.url, person, { name: "Bremen", country_code: "DE" }, []);
  await page.goto("/admin/catalogue/events");
  await page.getByRole("link", { name: "Add an event" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Lantern Walk");
  await page.getByLabel("First day").fill(nextMonth(5));
  await page.getByRole("combobox", { name: "Place" }).fill("Brem");
  await page.getByRole("option", { name: /Bremen/ }).click();
  await page.getByRole("button", { name: "Create the event" }).click();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}$/);
  await page.getByRole("textbox", { name: "Title" }).fill("Lantern Walk II");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  await page.getByRole("navigation", { name: "Where you are" }).getByRole("link", { name: "Events" }).click();
  await page.getByRole("link", { name: "Lantern Walk II" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("There are no events yet")).toBeVisible();
});

test("places that are the same are merged", async ({ page, server, person }) => {
  await seedCity(server.url, person, { name: "Bremen", country_code: "DE" }, events);
  await seedCity(server.url, person, { name: "Hansestadt Bremen", country_code: "DE" }, [
    { title: "Third", starts: nextMonth(3) },
  ]);
  await page.goto("/admin/catalogue/locations");
  await page.getByRole("checkbox", { name: "Choose “Bremen”" }).check();
  await page.getByRole("checkbox", { name: "Choose “Hansestadt Bremen”" }).check();
  await page.getByRole("button", { name: "Merge" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Merge" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const places = page.getByRole("region", { name: "Places" });
  await expect(places.getByRole("link", { name: "3 events" })).toBeVisible();
  await expect(places.getByText("Hansestadt Bremen")).toBeVisible();
  await expect(places.getByRole("link", { name: "Hansestadt Bremen" })).toHaveCount(0);
});

test("a table is tried before it is brought in, and a bad row keeps no other one out", async ({ page }) => {
  await page.goto("/admin/catalogue/import");
  const table = `Name,Start date,City,Country\nHarbour Talks,${nextMonth(8)},Bremen,Germany\nNo day,soon,Bremen,Germany\n`;
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose a file" }).click(),
  ]);
  await chooser.setFiles({ name: "talks.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await expect(page.getByRole("columnheader", { name: "Start date" })).toBeVisible();
  await page.getByRole("button", { name: "See what would change" }).click();
  await expect(page.getByRole("region", { name: "What does not fit" })).toContainText("Line 3");
  await page.getByRole("button", { name: "Import now" }).click();
  await expect(page.getByRole("heading", { name: "The file is imported" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Past imports" })).toContainText("talks.csv");
});

test("the search index is looked at and made anew", async ({ page, server, person }) => {
  await seedCity(server.url, person, { name: "Bremen", country_code: "DE" }, events);
  await page.goto("/admin/catalogue/events");
  await page.getByRole("link", { name: "Search index" }).click();
  await expect(page.getByText("In step with the catalogue")).toBeVisible();
  await expect(page.getByText("Never")).toBeVisible();
  await page.getByRole("button", { name: "Rebuild the index" }).click();
  await expect(page.getByText("Never")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Rebuild the index" })).toBeEnabled();
  await expect(page.getByText("In step with the catalogue")).toBeVisible();
  await page.goto("/search?q=robotics");
  await expect(page.getByRole("article", { name: "Harbour Robotics" })).toBeVisible();
});
