import { expect } from "@playwright/test";
import { chinese, harbour, Knowledge, prepareSource } from "./support/knowledge.ts";
import { expectAccessible, expectNoSideways } from "./support/looks.ts";
import { test } from "./support/test.ts";

test("what cannot be loaded is said and tried again, and what is not there leads back", async ({
  page,
  server,
  person,
}) => {
  const knowledge = new Knowledge(page);
  const { chatbotId } = await prepareSource(server.url, person, "Harbour", []);
  await page.route("**/sources?**", (route) => route.abort());
  await page.goto(`/admin/chatbots/${chatbotId}/knowledge`);
  await expect(page.getByRole("group", { name: "The sources could not be loaded" })).toBeVisible();
  await page.unroute("**/sources?**");
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(knowledge.sources.first()).toBeVisible();
  await page.goto(`/admin/chatbots/${chatbotId}/knowledge?source=${chatbotId}`);
  await expect(page.getByText("This source is not here")).toBeVisible();
  await page.goto(`/admin/chatbots/${chatbotId}/knowledge/${chatbotId}`);
  await expect(page.getByText("This document is not here")).toBeVisible();
  await page.getByRole("link", { name: "All sources" }).click();
  await expect(knowledge.sources.first()).toBeVisible();
});

test("the pages work by keyboard alone", async ({ page, server, person }) => {
  const knowledge = new Knowledge(page);
  await prepareSource(server.url, person, "Harbour", [{ title: "Rules", text: harbour }]);
  await knowledge.open();
  await page.getByRole("link", { name: "Harbour" }).press("Enter");
  await expect(knowledge.document("Rules")).toContainText("Ready");
  await page.getByRole("button", { name: "Actions for “Rules”" }).press("Enter");
  await expect(page.getByRole("menuitem", { name: "Download the original" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Paste text" }).press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Text", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Paste text" })).toBeFocused();
  await page.getByRole("tab", { name: "Documents" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("textbox", { name: "Question" }).press("Enter");
  await expect(page.getByText("Enter a question.")).toBeVisible();
});

for (const language of ["en", "zh"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`the pages are accessible and fit a small screen, ${language}, ${scheme}`, async ({
      page,
      server,
      person,
    }) => {
      const { chatbotId, documentIds, address } = await prepareSource(server.url, person, "Harbour".repeat(12), [
        { title: "Rules", text: harbour },
        { title: "规定", text: chinese },
      ]);
      await page.addInitScript((chosen) => localStorage.setItem("evenkeel.language", chosen), language);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 360, height: 740 });
      const base = `/admin/chatbots/${chatbotId}/knowledge`;
      const question = `${base}?tab=question&question=${encodeURIComponent("停泊需要几条缆绳？")}`;
      for (const [target, sign] of [
        [base, "Harbour"],
        [address, "Rules"],
        [`${base}/${documentIds[1]}`, "停泊时至少使用"],
        [question, "停泊时至少使用"],
      ] as const) {
        await page.goto(target);
        await expect(page.getByText(sign).first()).toBeVisible();
        await expectNoSideways(page);
        await expectAccessible(page);
      }
      await page.goto(base);
      await page.getByRole("button", { name: /^(Add a source|添加来源)$/ }).click();
      await page
        .getByText(/^(Web address|网址)$/)
        .first()
        .click();
      await expect(page.getByRole("dialog")).toHaveCSS("opacity", "1");
      await expectNoSideways(page);
      await expectAccessible(page);
    });
  }
}
