import { expect, type Page } from "@playwright/test";

interface Indicator {
  /** From the press of Enter to the indicator in the document, milliseconds. */
  shownAfter: number | null;
  /** From the event that ended the turn to the indicator leaving the document, milliseconds. */
  goneAfter: number | null;
  start: () => void;
}

declare global {
  interface Window {
    ekIndicator?: Indicator;
  }
}

/** The typing indicator, timed inside the page: from the frame or answer that ends a turn to the change of the document. */
export class IndicatorTimes {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** To be called before the page is opened. */
  static async watch(page: Page): Promise<IndicatorTimes> {
    await page.addInitScript(watchIndicator);
    return new IndicatorTimes(page);
  }

  /**
   * Brings a turn to its end and checks both times. On a machine that is busy with something else a single measurement says
   * more about the machine, so the best of three counts: an indicator that is late by itself is late every time.
   */
  async expectWithin(limit: number, what: string, act: () => Promise<void>): Promise<void> {
    const times: Times[] = [];
    while (times.length < 3 && !times.some(({ shown, gone }) => shown < limit && gone < limit)) {
      await this.#page.evaluate(() => window.ekIndicator?.start());
      await act();
      const goneAfter = () => this.#page.evaluate(() => window.ekIndicator?.goneAfter ?? null);
      await expect.poll(goneAfter, what).not.toBeNull();
      times.push(await this.#page.evaluate(readTimes));
    }
    expect(times.at(-1)?.shown, `${what}: shown ${JSON.stringify(times)}`).toBeLessThan(limit);
    expect(times.at(-1)?.gone, `${what}: gone ${JSON.stringify(times)}`).toBeLessThan(limit);
  }
}

interface Times {
  shown: number;
  gone: number;
}

/** Runs in the page. */
function readTimes(): Times {
  const { shownAfter, goneAfter } = window.ekIndicator ?? {};
  return { shown: shownAfter ?? Number.POSITIVE_INFINITY, gone: goneAfter ?? Number.POSITIVE_INFINITY };
}

/** Runs in the page. */
function watchIndicator(): void {
  let sentAt: number | null = null;
  let endedAt: number | null = null;
  const seen: Indicator = {
    shownAfter: null,
    goneAfter: null,
    start: () => {
      sentAt = null;
      endedAt = null;
      seen.shownAfter = null;
      seen.goneAfter = null;
    },
  };
  window.ekIndicator = seen;
  const isShown = () => document.querySelector('[aria-label="Stop the answer"], [class*="_dots_"], [class*="_caret_"]');
  const check = () => {
    const now = performance.now();
    if (sentAt !== null && isShown() !== null) seen.shownAfter ??= now - sentAt;
    if (endedAt !== null && isShown() === null) seen.goneAfter ??= now - endedAt;
  };
  const ended = () => {
    endedAt ??= performance.now();
    check();
  };
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") sentAt ??= performance.now();
    },
    { capture: true },
  );
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener("message", ({ data }) => {
        const frame = JSON.parse(data as string) as { type: string; event?: string; role?: string };
        const isEnd = frame.type === "chat_error" || (frame.type === "chat_message" && frame.role === "assistant");
        if (isEnd || (frame.type === "chat_status" && frame.event === "idle")) ended();
        check();
      });
    }
  };
  // A send that is refused ends there: the moment counts at which its answer can be read.
  const { fetch } = window;
  window.fetch = async (...request) => {
    const response = await fetch(...request);
    if (String(request[0]).endsWith("/api/v1/chat") && !response.ok) ended();
    return response;
  };
  new MutationObserver(check).observe(document, { childList: true, subtree: true });
}
