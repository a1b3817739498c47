import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "./support/looks.ts";
import { askByApi, type ListedTurn } from "./support/operations.ts";
import { test } from "./support/test.ts";

/** Opens a page and looks at it once `sign` stands there. */
async function look(page: Page, address: string, sign: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(page.getByText(sign).filter({ visible: true }).first()).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page);
}

/** A chatbot that is gone. */
const nobody = "00000000-0000-7000-8000-000000000000";

// What stands there tells that the page is loaded. In parts, each short enough for a slow machine.
const parts: Readonly<Record<string, (turn: ListedTurn) => readonly (readonly [string, string | RegExp])[]>> = {
  analytics: () => [
    ["/admin/analytics?compare=true", /^(Turns by status|按状态的回合数)$/],
    ["/admin/analytics?section=queue", /^(Wait against work|等待与处理)$/],
    [`/admin/analytics?section=system&chatbot_id=${nobody}`, /^(Disk|磁盘)$/],
  ],
  turns: (turn) => [
    ["/admin/turns", turn.id.slice(-12)],
    [`/admin/turns/${turn.id}`, "turn_ended"],
    ["/admin/queue", /^(Workers|工作进程)$/],
  ],
  timeline: (turn) => [
    ["/admin/timeline", "turn_ended"],
    ["/admin/timeline?metric=turns&filter=status:succeeded", /^(Show all events|显示所有事件)$/],
    [`/admin/timeline/${turn.thread_id}`, "turn_ended"],
  ],
  alerts: () => [
    ["/admin/alerts", /^(Many turns fail|对话失败率过高)$/],
    ["/admin/alerts?tab=receivers", /^(Nobody is told yet|还没有接收方)$/],
    ["/admin/alerts/new", /^(When it fires|触发条件)$/],
  ],
  access: () => [
    ["/admin/keys", /^(No keys yet|还没有密钥)$/],
    ["/admin/webhooks", /^(No webhooks yet|还没有 Webhook)$/],
    ["/admin/event-types", "turn_ended"],
    ["/admin/audit", /^(Nothing was changed yet|还没有任何更改)$/],
  ],
};

// Both languages, schemes and widths, but not every mixture of them: there are many pages.
for (const [language, colorScheme, width] of [
  ["en", "light", 1280],
  ["zh", "dark", 360],
] as const) {
  for (const [name, pages] of Object.entries(parts)) {
    test(`the pages of ${name} are accessible and fit, ${language}, ${colorScheme}, ${width} px`, async ({
      page,
      server,
      person,
    }) => {
      const turn = await askByApi(server.url, person, "hello");
      await page.addInitScript((chosen) => localStorage.setItem("evenkeel.language", chosen), language);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const [address, sign] of pages(turn)) await look(page, address, sign);
    });
  }
}

test("on a phone a list stands above the fold, and its filters are folded", async ({ page, server, person }) => {
  const turn = await askByApi(server.url, person, "hello");
  await page.setViewportSize({ width: 360, height: 800 });
  for (const [address, sign] of [
    ["/admin/turns?status=succeeded", turn.id.slice(-12)],
    ["/admin/timeline?status=completed", "turn_ended"],
  ] as const) {
    await page.goto(address);
    await expect(page.getByText(sign).filter({ visible: true }).first()).toBeInViewport();
    await expect(page.getByLabel("Status")).toBeHidden();
    await page.getByText("Filters, 1 in force").click();
    await page.getByLabel("Status").selectOption("");
    await expect(page.getByText("Filters", { exact: true })).toBeVisible();
    await expectNoSideways(page);
    await expectAccessible(page);
  }
});
