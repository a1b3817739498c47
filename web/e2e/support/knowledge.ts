import { expect, type Locator, type Page } from "@playwright/test";
import { api, type Person } from "./person.ts";

/** A document of a few passages. */
export const harbour =
  "# Harbour rules\n\n## Mooring\n\nMoor the boat with two lines at least, bow and stern.\n\n## Fees\n\nA night costs 24 euros.\n";

/** The same in Chinese. */
export const chinese =
  "# 港口规定\n\n## 停泊\n\n停泊时至少使用两条缆绳，船头和船尾各一条。\n\n## 费用\n\n每晚收费二十四欧元。\n";

/** The knowledge pages, by what a person sees of them. */
export class Knowledge {
  readonly page: Page;
  readonly sources: Locator;
  readonly documents: Locator;
  readonly uploads: Locator;
  readonly passages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sources = page.getByRole("region", { name: "Sources" }).getByRole("list").first().locator(":scope > li");
    this.documents = page.getByRole("region", { name: "Documents" }).locator("ul[aria-busy] > li");
    this.uploads = page.getByRole("region", { name: "Uploads" }).getByRole("listitem");
    this.passages = page.getByRole("region", { name: "Passages" }).locator("ol > li");
  }

  async open(): Promise<void> {
    await this.page.goto("/admin/knowledge");
    await expect(this.sources.first()).toBeVisible();
  }

  document(name: string): Locator {
    return this.documents.filter({ hasText: name });
  }

  /** Chooses from the menu of a source or document. */
  async choose(name: string, action: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for “${name}”` }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }
}

/** A source with documents, made as the page does it but faster; they have been read when this returns. */
export async function prepareSource(
  serverUrl: string,
  person: Person,
  name: string,
  documents: readonly { title: string; text: string }[],
): Promise<{ chatbotId: string; sourceId: string; documentIds: readonly string[]; address: string }> {
  const chatbots = await api<{ items: { id: string }[] }>(serverUrl, person, "/api/v1/chatbots");
  const chatbotId = chatbots.items[0]?.id ?? "";
  const sources = `/api/v1/chatbots/${chatbotId}/sources`;
  const { id: sourceId } = await api<{ id: string }>(serverUrl, person, sources, {
    method: "POST",
    body: JSON.stringify({ name }),
  });
  const documentIds: string[] = [];
  for (const document of documents) {
    const path = `${sources}/${sourceId}/documents`;
    const { items } = await api<{ items: { document: { id: string } }[] }>(serverUrl, person, path, {
      method: "POST",
      body: JSON.stringify(document),
    });
    const documentId = items[0]?.document.id ?? "";
    await expect
      .poll(async () => (await api<{ status: string }>(serverUrl, person, `${path}/${documentId}`)).status)
      .toBe("ready");
    documentIds.push(documentId);
  }
  return { chatbotId, sourceId, documentIds, address: `/admin/chatbots/${chatbotId}/knowledge?source=${sourceId}` };
}
