import { expect, type Page } from "@playwright/test";
import { nextMonth, seedCity } from "./support/catalogue.ts";
import { expectAccessible, expectNoSideways } from "./support/looks.ts";
import { test } from "./support/test.ts";

const event = { title: "Harbour Robotics", starts: nextMonth(10), ends: nextMonth(12), categories: ["robotics"] };

/** Opens a page and looks at it once `sign` stands there. */
async function look(page: Page, address: string, sign: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByText(sign).filter({ visible: true }).first()).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page);
}

// What stands there tells that the page is loaded. In parts, each short enough for a slow machine.
const parts: Readonly<Record<string, (ids: { locationId: string; eventId: string }) => readonly [string, string][]>> = {
  "search pages": () => [
    ["/search", event.title],
    [`/search?view=calendar&day=${event.starts}`, event.title],
  ],
  "pages of events": ({ eventId }) => [
    ["/admin/catalogue/events", event.title],
    [`/admin/catalogue/events/${eventId}`, event.title],
    ["/admin/catalogue/import", "CSV"],
  ],
  "pages of places": ({ locationId }) => [
    ["/admin/catalogue/locations", "Bremen"],
    [`/admin/catalogue/locations/${locationId}`, "Bremen"],
    ["/admin/catalogue/index", "PostgreSQL"],
  ],
};

for (const [language, colorScheme, width] of [
  ["en", "light", 1280],
  ["en", "dark", 360],
  ["zh", "light", 360],
  ["zh", "dark", 1280],
] as const) {
  for (const [name, pages] of Object.entries(parts)) {
    test(`the ${name} are accessible and fit, ${language}, ${colorScheme}, ${width} px`, async ({
      page,
      server,
      person,
    }) => {
      const bremen = { name: "Bremen", country_code: "DE", aliases: ["不来梅"] };
      const { locationId, eventIds } = await seedCity(server.url, person, bremen, [event]);
      await page.addInitScript((chosen) => localStorage.setItem("evenkeel.language", chosen), language);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const [address, sign] of pages({ locationId, eventId: eventIds[0] ?? "" })) await look(page, address, sign);
    });
  }
}
