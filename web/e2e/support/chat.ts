import { expect, type Locator, type Page } from "@playwright/test";

/** The chat page, by what a person sees of it. */
export class Chat {
  readonly page: Page;
  readonly composer: Locator;
  readonly messages: Locator;
  readonly items: Locator;
  readonly stop: Locator;

  constructor(page: Page) {
    this.page = page;
    this.composer = page.getByRole("textbox", { name: /^(Message|消息)$/ });
    this.messages = page.getByRole("list", { name: /^(Messages|消息)$/ });
    this.items = this.messages.locator(":scope > li");
    this.stop = page.getByRole("button", { name: "Stop the answer" });
  }

  /** The newest thing said. */
  get last(): Locator {
    return this.items.last();
  }

  /** What is said about a failure at the newest thing, with its buttons. */
  get notice(): Locator {
    return this.last.getByRole("group");
  }

  async open(threadId?: string): Promise<void> {
    await this.page.goto(threadId === undefined ? "/chat" : `/chat/${threadId}`);
    await expect(this.composer).toBeVisible();
  }

  async ask(question: string): Promise<void> {
    await this.composer.fill(question);
    await this.composer.press("Enter");
    await expect(this.items.filter({ hasText: question }).last()).toBeVisible();
  }

  /** Waits until nothing is under way any more. */
  async settled(): Promise<void> {
    await expect(this.last.getByRole("button", { name: /^(Copy answer|复制回答)$/ })).toBeVisible();
    await expect(this.stop).toHaveCount(0);
  }

  /** The thread in the address. */
  async threadId(): Promise<string> {
    await this.page.waitForURL(/\/chat\/[0-9a-f-]{36}/);
    return new URL(this.page.url()).pathname.split("/")[2] ?? "";
  }
}
