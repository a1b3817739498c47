import type { CatalogueEvent, Message } from "@evenkeel/sdk";
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Answer } from "./answer.tsx";

const event: CatalogueEvent = {
  id: "e1",
  key: "e1",
  title: "AI Days",
  description: "",
  starts_at: "2026-07-04T00:00:00Z",
  ends_at: "2026-07-06T00:00:00Z",
  all_day: true,
  starts_on: "2026-07-04",
  ends_on: "2026-07-05",
  time_zone: "Europe/Berlin",
  location: { id: "l1", name: "Berlin", kind: "city", country: "Germany" },
  virtual: true,
  url: "https://example.com/ai",
  categories: [],
  languages: [],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

function renderAnswer(meta: Message["meta"], text = "Two days of talks [1].") {
  const onAsk = vi.fn();
  const onOpenCitation = vi.fn();
  const message = { id: "m1", role: "assistant", status: "complete", text, meta } as Message;
  render(
    <MantineProvider env="test">
      <Answer message={message} botName="" question="AI in Paris" onAsk={onAsk} onOpenCitation={onOpenCitation} />
    </MantineProvider>,
  );
  return { onAsk, onOpenCitation };
}

const recommendations = [{ event, reason: "place" as const, score: 1, index: 1 }];

describe("the events of an answer", () => {
  it("are cards with day, place, site, the way into the calendar, and the reason in words", () => {
    renderAnswer({ recommendations } as Message["meta"]);
    const card = screen.getByRole("article", { name: "AI Days" });
    expect(card.textContent?.replaceAll(/[\s\u2009\u202f]+/g, " ")).toContain("Jul 4 – 5, 2026");
    expect(card.textContent).toContain("Berlin, Germany");
    expect(card.textContent).toContain("Online");
    expect(card.textContent).toContain("Because of the place");
    expect(screen.getByRole("link", { name: "AI Days" }).getAttribute("href")).toBe("https://example.com/ai");
    expect(screen.getByRole("button", { name: "Add “AI Days” to calendar" })).toBeDefined();
  });

  it("are reached from the numbers in the answer", async () => {
    const citation = { index: 1, event_id: "e1", title: "AI Days", heading_path: [], snippet: "" };
    const { onOpenCitation } = renderAnswer({ recommendations, citations: [citation] } as unknown as Message["meta"]);
    await userEvent.click(await screen.findByRole("button", { name: "Source 1: AI Days" }));
    expect(document.activeElement?.id).toBe("event-m1-e1");
    expect(onOpenCitation).not.toHaveBeenCalled();
    expect(screen.queryByRole("list", { name: "Sources" })).toBeNull();
  });

  it("stand beside the documents, which have no cards", async () => {
    const citations = [
      { index: 1, event_id: "e1", title: "AI Days", heading_path: [], snippet: "" },
      { index: 2, passage_id: "p1", document_id: "d1", title: "Rules", heading_path: [], snippet: "" },
    ];
    renderAnswer({ recommendations, citations } as unknown as Message["meta"], "Two days [1]; mind the rules [2].");
    expect(await screen.findByRole("button", { name: "Source 2: Rules" })).toBeDefined();
    expect(screen.getByRole("list", { name: "Sources" }).textContent).toBe("2Rules");
  });

  it("have no address that a browser would run", () => {
    const bad = { ...event, url: "javascript:alert(1)" };
    renderAnswer({ recommendations: [{ event: bad, reason: "words", score: 1 }] } as unknown as Message["meta"]);
    expect(screen.queryByRole("link")).toBeNull();
  });
});

describe("what was understood", () => {
  const place = { text: "Paris", span: { start: 6, end: 11 }, name: "Paris", kind: "city", country: "France" };
  const others = [{ name: "Paris", country: "United States" }];

  it("stands above the answer, and is corrected by asking again", async () => {
    const understood = { query: "AI", places: [{ ...place, others }], unknown_places: [] };
    const { onAsk } = renderAnswer({ understood } as unknown as Message["meta"]);
    await userEvent.click(screen.getByRole("button", { name: "Paris, France: choose another meaning" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Paris, United States" }));
    expect(onAsk).toHaveBeenCalledExactlyOnceWith("AI in Paris, United States");
  });

  it("is left out by asking without it where there is one reading only", async () => {
    const understood = { query: "AI", places: [{ ...place, others: [] }], unknown_places: [], virtual: true };
    const { onAsk } = renderAnswer({ understood } as never);
    expect(screen.queryByRole("button", { name: /choose another meaning/ })).toBeNull();
    // Which words said "online" is not told.
    expect(screen.queryByRole("button", { name: "Leave out Online" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Leave out Paris, France" }));
    expect(onAsk).toHaveBeenCalledExactlyOnceWith("AI");
  });
});
