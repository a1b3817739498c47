import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { refusal, renderPage } from "../../test-page.tsx";
import { IndexView } from "./index-view.tsx";

const inStep = { backend: "postgresql", waiting: 0, status: "none", done: 0, total: 0 };
const running = { ...inStep, status: "running", done: 250, total: 1000, started_at: "2026-01-01T00:00:00Z" };

it("the index is made anew, and how far that is is seen", async () => {
  let index: object = inStep;
  renderPage(<IndexView />, "/admin/catalogue/index", ({ method }) => {
    if (method === "POST") index = running;
    return { status: method === "POST" ? 202 : 200, body: index };
  });
  expect(await screen.findByText("In step with the catalogue")).toBeDefined();
  expect(screen.getByText("Never")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Rebuild the index" }));
  expect((await screen.findByRole("progressbar")).getAttribute("aria-valuenow")).toBe("25");
  expect(screen.getByText("250 of 1,000 events")).toBeDefined();
  expect(screen.getByRole("button", { name: "Rebuild the index" })).toHaveProperty("disabled", true);
  index = { ...running, status: "done", done: 1000, finished_at: "2026-01-01T00:01:00Z" };
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull(), { timeout: 10_000 });
  expect(screen.getByText("In step with the catalogue")).toBeDefined();
  expect(screen.queryByText("Never")).toBeNull();
});

it("changes that are not in it yet are said, and so is a rebuild that did not begin", async () => {
  renderPage(<IndexView />, "/admin/catalogue/index", ({ method }) =>
    method === "POST" ? refusal(503, "server_busy") : { body: { ...inStep, backend: "elasticsearch", waiting: 3 } },
  );
  expect(await screen.findByText("3 changed events are not in it yet")).toBeDefined();
  expect(screen.getByText("Elasticsearch")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Rebuild the index" }));
  expect(await screen.findByText("The rebuild could not be started")).toBeDefined();
});
