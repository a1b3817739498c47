import type { CatalogueEvent, SearchResponse } from "@evenkeel/sdk";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, refusal, renderPage } from "../../test-page.tsx";
import { SearchView } from "./search-view.tsx";

function event(id: string, day: string, last = day): CatalogueEvent {
  return {
    id,
    key: id,
    title: `Event ${id}`,
    description: "",
    starts_at: `${day}T00:00:00Z`,
    ends_at: `${last}T23:59:59Z`,
    all_day: true,
    starts_on: day,
    ends_on: last,
    time_zone: "UTC",
    location: { id: "l1", name: "Berlin", kind: "city", country: "Germany", country_code: "DE" },
    virtual: false,
    url: `https://example.com/${id}`,
    categories: ["ai"],
    languages: ["en"],
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}

const hit = (one: CatalogueEvent) => ({ event: one, score: 1, reason: "words" as const });
const found: SearchResponse = {
  handle: "s_1",
  expires_at: "2026-07-01T01:00:00Z",
  total: 3,
  items: [hit(event("a", "2026-07-04", "2026-07-05")), hit(event("b", "2026-07-05"))],
  next_cursor: "c2",
  facets: {
    categories: [{ value: "ai", label: "ai", count: 3 }],
    countries: [{ value: "DE", label: "Germany", count: 3 }],
    months: [{ value: "2026-07", label: "2026-07", count: 3 }],
    virtual: [{ value: "false", label: "false", count: 3 }],
  },
  understood: { query: "ai", places: [], unknown_places: [] },
  took_ms: 3,
  backend: "postgresql",
  warnings: [],
};

/** Everything on one page. */
const whole = { items: found.items, total: 2 };

function renderSearch(address: string, answer: Partial<SearchResponse> = {}, more?: Answers) {
  return renderPage(
    <SearchView chatAddress={({ handle, total }) => `/chat?about=${handle}&about_count=${total}`} />,
    address,
    (request) => {
      if (request.path !== "/api/v1/search") return more?.(request);
      const { next_cursor: cursor, ...rest } = found;
      return { body: { ...(answer === whole ? rest : { ...rest, next_cursor: cursor }), ...answer } };
    },
  );
}

const asked = (view: ReturnType<typeof renderSearch>) =>
  view.requests.filter(({ path }) => path === "/api/v1/search").at(-1)?.body;

describe("the search page", () => {
  it("asks for what the address says, and shows what fits", async () => {
    const view = renderSearch("/search?q=ai&country=DE&virtual=false&from=2026-07-01");
    expect(await screen.findByRole("link", { name: "Event a" })).toHaveProperty("href", "https://example.com/a");
    expect(asked(view)).toMatchObject({ query: "ai", countries: ["DE"], virtual: false, from: "2026-07-01" });
    expect(screen.getByText("3 events")).toBeDefined();
    expect(screen.getAllByText("Berlin, Germany")).toHaveLength(2);
    expect(screen.getByRole("button", { name: "Add “Event b” to calendar" })).toBeDefined();
    expect(screen.getByRole("link", { name: "Ask about these results" }).getAttribute("href")).toBe(
      "/chat?about=s_1&about_count=3",
    );
  });

  it("puts words into the address when they are sent", async () => {
    const view = renderSearch("/search");
    await userEvent.type(screen.getByRole("searchbox", { name: "What are you looking for?" }), "robots{Enter}");
    await waitFor(() => expect(asked(view)).toMatchObject({ query: "robots" }));
    expect(view.address()).toBe("/search?q=robots");
  });

  it("narrows by a click on a facet, and widens by another", async () => {
    const view = renderSearch("/search?q=ai");
    await userEvent.click(await screen.findByRole("button", { name: "Germany 3" }));
    await waitFor(() => expect(asked(view)).toMatchObject({ countries: ["DE"] }));
    await userEvent.click(screen.getByRole("button", { name: "July 2026 3" }));
    await waitFor(() => expect(asked(view)).toMatchObject({ from: "2026-07-01", to: "2026-07-31" }));
    await userEvent.click(screen.getByRole("button", { name: "Germany 3", pressed: true }));
    expect(view.address()).toBe("/search?q=ai&from=2026-07-01&to=2026-07-31");
  });

  it("asks by another place or without a part of what was understood", async () => {
    const paris = {
      text: "Paris",
      span: { start: 6, end: 11 },
      name: "Paris",
      kind: "city" as const,
      country: "France",
    };
    const other = { location_id: "l9", name: "Paris", country: "United States" };
    const dates = { text: "in July", span: { start: 12, end: 19 }, from: "2026-07-01", to: "2026-07-31" };
    const understood = { query: "AI", places: [{ ...paris, others: [other] }], unknown_places: [], dates };
    const location = { id: "l9", name: "Paris", kind: "city", parent_name: "United States", aliases: [] };
    const view = renderSearch("/search?q=AI+in+Paris+in+July", { understood }, ({ path }) =>
      path === "/api/v1/locations/l9" ? { body: location } : undefined,
    );
    await userEvent.click(await screen.findByRole("button", { name: "Paris, France: choose another meaning" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Paris, United States" }));
    expect(view.address()).toBe("/search?q=AI+in+July&place=l9");
    expect(await screen.findByText("Paris, United States")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: /^Leave out Jul 1/ }));
    expect(view.address()).toBe("/search?q=AI&place=l9");
  });

  it("says which place is not known, and what may have been meant", async () => {
    const unknown = {
      text: "Berlinn",
      span: { start: 0, end: 7 },
      suggestions: [{ location_id: "l1", name: "Berlin" }],
    };
    const understood = { query: "", places: [], unknown_places: [unknown] };
    const view = renderSearch("/search?q=Berlinn", { understood, items: [], total: 0 });
    expect(await screen.findByText(/“Berlinn” is not a place known here. Did you mean:/)).toBeDefined();
    expect(screen.getByText("No event fits")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Berlin" }));
    expect(view.address()).toBe("/search?place=l1");
  });
});

describe("further results", () => {
  it("come by the handle of the first", async () => {
    renderSearch("/search", {}, ({ path }) =>
      path.startsWith("/api/v1/search/s_1?cursor=c2")
        ? { body: { items: [hit(event("c", "2026-07-09"))] } }
        : undefined,
    );
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("article", { name: "Event c" })).toBeDefined();
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("are searched again when their handle is too old, which is said", async () => {
    const view = renderSearch("/search", {}, () => refusal(410, "search_handle_expired"));
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByText(/These results were older than an hour/)).toBeDefined();
    expect(view.requests.filter(({ path }) => path === "/api/v1/search")).toHaveLength(2);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("the month", () => {
  it("shows each day of an event, and the events of the chosen day", async () => {
    const view = renderSearch("/search?view=calendar&month=2026-07", whole);
    const day = await screen.findByRole("button", { name: "Sunday, July 5: 2 events" });
    await userEvent.click(day);
    const chosen = screen.getByRole("region", { name: "Jul 5, 2026" });
    expect(
      within(chosen)
        .getAllByRole("article")
        .map((card) => card.getAttribute("aria-label")),
    ).toEqual(["Event a", "Event b"]);
    expect(view.address()).toContain("day=2026-07-05");
    expect(asked(view)).toMatchObject({ from: "2026-06-30", to: "2026-08-01", limit: 100 });
  });

  it("is walked through by arrows, and left by buttons", async () => {
    const view = renderSearch("/search?view=calendar&month=2026-07", whole);
    (await screen.findByRole("button", { name: "Saturday, July 4: 1 event" })).focus();
    await userEvent.keyboard("{ArrowDown}{ArrowLeft}");
    expect(document.activeElement?.getAttribute("data-day")).toBe("2026-07-10");
    await userEvent.click(screen.getByRole("button", { name: "Month after" }));
    expect(await screen.findByRole("heading", { name: "August 2026" })).toBeDefined();
    expect(view.address()).toBe("/search?view=calendar&month=2026-08");
  });
});

it("a search that failed says so, and can be tried again", async () => {
  let isDown = true;
  renderPage(<SearchView chatAddress={() => "/chat"} />, "/search", () =>
    isDown ? refusal(500, "server_error") : { body: found },
  );
  expect((await screen.findByRole("group", { name: "The events could not be searched" })).textContent).toContain("c1");
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Search again" }));
  expect(await screen.findByRole("article", { name: "Event a" })).toBeDefined();
});
