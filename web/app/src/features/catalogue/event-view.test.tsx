import type { CatalogueEvent } from "@evenkeel/sdk";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, refusal, renderPage } from "../../test-page.tsx";
import { EventView } from "./event-view.tsx";

const event: CatalogueEvent = {
  id: "e1",
  key: "e1",
  title: "Rust Days",
  description: "Talks.",
  starts_at: "2026-07-04T07:00:00Z",
  ends_at: "2026-07-04T15:00:00Z",
  all_day: false,
  starts_on: "2026-07-04",
  ends_on: "2026-07-04",
  time_zone: "Europe/Berlin",
  virtual: false,
  categories: ["rust"],
  languages: [],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

function renderEvent(id: string, answers: Answers) {
  return renderPage(<EventView eventId={id} />, `/admin/catalogue/events/${id}`, (request) =>
    request.path.startsWith("/api/v1/locations?") ? { body: { items: [] } } : answers(request),
  );
}

describe("the page of an event", () => {
  it("makes one, once it has what it needs", async () => {
    const view = renderEvent("new", ({ method }) => (method === "POST" ? { status: 201, body: event } : undefined));
    await userEvent.click(screen.getByRole("button", { name: "Create the event" }));
    expect(screen.getByText("Give it a title.")).toBeDefined();
    expect(screen.getByText("Say when it begins.")).toBeDefined();
    await userEvent.type(screen.getByRole("textbox", { name: "Title" }), "Rust Days");
    await userEvent.type(screen.getByLabelText(/First day/), "2026-07-04");
    await userEvent.type(screen.getByRole("combobox", { name: "Categories" }), "rust{Enter}");
    await userEvent.click(screen.getByRole("button", { name: "Create the event" }));
    await waitFor(() => expect(view.address()).toBe("/admin/catalogue/events/e1"));
    expect(view.requests.find(({ method }) => method === "POST")?.body).toEqual({
      title: "Rust Days",
      description: "",
      starts: "2026-07-04",
      virtual: false,
      categories: ["rust"],
      languages: [],
    });
  });

  it("takes no further words while one is being made", async () => {
    let make = () => {};
    const made = new Promise<void>((resolve) => {
      make = resolve;
    });
    const view = renderEvent("new", ({ method }) =>
      method === "POST" ? { status: 201, body: event, after: made } : { body: event },
    );
    await userEvent.type(screen.getByRole("textbox", { name: "Title" }), "Rust Days");
    await userEvent.type(screen.getByLabelText(/First day/), "2026-07-04");
    const fields = screen.getByRole("textbox", { name: "Title" }).closest("fieldset");
    expect(fields?.disabled).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Create the event" }));
    await waitFor(() => expect(fields?.disabled).toBe(true));
    make();
    await waitFor(() => expect(view.address()).toBe("/admin/catalogue/events/e1"));
  });

  it("changes one, and says what the server says of a field beside it", async () => {
    let isRefused = true;
    const view = renderEvent("e1", ({ method }) =>
      method === "PUT" && isRefused
        ? refusal(400, "invalid_request", [{ field: "categories[0]", message: "Too long." }])
        : { body: event },
    );
    const title = await screen.findByRole("textbox", { name: "Title" });
    await userEvent.clear(title);
    await userEvent.type(title, "Rust Nights");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Too long.")).toBeDefined();
    isRefused = false;
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved")).toBeDefined();
    expect(view.requests.filter(({ method }) => method === "PUT").at(-1)?.body).toMatchObject({
      title: "Rust Nights",
      starts: "2026-07-04T09:00",
      ends: "2026-07-04T17:00",
      time_zone: "Europe/Berlin",
    });
  });

  it("asks before it deletes one", async () => {
    const view = renderEvent("e1", ({ method }) => (method === "DELETE" ? { status: 204 } : { body: event }));
    await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
    expect(view.requests.some(({ method }) => method === "DELETE")).toBe(false);
    expect((await screen.findByRole("dialog")).textContent).toContain("“Rust Days” will be deleted.");
    await userEvent.click(screen.getAllByRole("button", { name: "Delete" }).at(-1) as HTMLElement);
    await waitFor(() => expect(view.address()).toBe("/admin/catalogue/events"));
    expect(view.requests.some(({ method, path }) => method === "DELETE" && path === "/api/v1/events/e1")).toBe(true);
  });

  it("says that one is not there", async () => {
    renderEvent("gone", () => refusal(404, "not_found"));
    expect(await screen.findByText("This event is not here")).toBeDefined();
  });
});
