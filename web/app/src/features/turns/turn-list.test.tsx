import type { BulkJob, TurnSummary } from "@evenkeel/sdk";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, renderPage } from "../../test-page.tsx";
import { TurnList } from "./turn-list.tsx";

const turn = (id: string, rest: Partial<TurnSummary> = {}): TurnSummary => ({
  id: `00000000-0000-7000-8000-00000000000${id}`,
  thread_id: "t",
  chatbot_id: "b",
  message_id: "m",
  correlation_id: "c",
  status: "failed",
  error_code: "llm_timeout",
  model: "m-1",
  attempt: 1,
  queued_at: "2026-03-10T10:00:00.000Z",
  started_at: "2026-03-10T10:00:01.000Z",
  ended_at: "2026-03-10T10:00:03.500Z",
  is_pinned: false,
  ...rest,
});
const job = (rest: Partial<BulkJob>): BulkJob => ({
  action: "delete_events",
  status: "preview",
  total: 2,
  done: 0,
  skipped: 0,
  ...rest,
});

function renderList(address: string, answers: Answers) {
  return renderPage(<TurnList chatbots={[]} />, address, (request) => {
    const answer = answers(request);
    if (answer !== undefined) return answer;
    if (request.path.startsWith("/api/v1/admin/bulk?")) return { body: { items: [] } };
    return request.path.startsWith("/api/v1/admin/turns?") ? { body: { items: [turn("1"), turn("2")] } } : undefined;
  });
}

describe("the list of turns", () => {
  it("asks for what the address says, and shows how long each waited and was worked on", async () => {
    const view = renderList(
      "/admin/turns?status=failed&error_code=llm_timeout&model=m-1&from=2026-03-10T09:00:00Z&ended_to=2026-03-10T11:00:00Z",
      () => undefined,
    );
    expect(await screen.findAllByText("waited 1 sec")).toHaveLength(2);
    expect(screen.getAllByText("worked 2.5 sec")).toHaveLength(2);
    const asked = new URL(`http://server${view.requests.find(({ path }) => path.includes("/turns?"))?.path}`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      status: "failed",
      error_code: "llm_timeout",
      model: "m-1",
      from: "2026-03-10T09:00:00.000Z",
      ended_to: "2026-03-10T11:00:00.000Z",
      limit: "50",
    });
    expect(screen.getByLabelText("Model")).toHaveProperty("value", "m-1");
    expect(screen.getByLabelText("Ended before")).toBeDefined();
    expect(screen.getAllByText("m-1")).toHaveLength(2);
    await userEvent.selectOptions(screen.getByLabelText("Status"), "Succeeded");
    await waitFor(() => expect(view.address()).toContain("status=succeeded"));
  });

  it("shows what was said of the answers, and asks for those with feedback", async () => {
    const view = renderList("/admin/turns?feedback=sideways", ({ path }) =>
      path.startsWith("/api/v1/admin/turns?")
        ? { body: { items: [turn("1", { feedback: "down" }), turn("2", { feedback: "up" }), turn("3")] } }
        : undefined,
    );
    const rows = await screen.findAllByRole("listitem");
    const said = rows.map((row) => within(row).queryByTitle(/helpful/i)?.title);
    expect(said).toEqual(["Not helpful", "Helpful", undefined]);
    expect(view.requests.some(({ path }) => path.includes("feedback="))).toBe(false);
    await userEvent.selectOptions(screen.getByLabelText("Feedback"), "Not helpful");
    await waitFor(() => expect(view.address()).toContain("feedback=down"));
    await waitFor(() => expect(view.requests.some(({ path }) => path.includes("feedback=down"))).toBe(true));
  });

  it("says what will be lost and of how many before events are deleted, and refuses more than were counted", async () => {
    let jobs: readonly BulkJob[] = [];
    const view = renderList("/admin/turns", ({ method, path, body }) => {
      if (path.startsWith("/api/v1/admin/bulk?")) return { body: { items: jobs } };
      if (method !== "POST" || path !== "/api/v1/admin/bulk") return undefined;
      if ((body as { dry_run?: boolean }).dry_run === true) return { body: job({}) };
      jobs = [job({ id: "j1", status: "running", done: 1, created_at: "2026-03-10T10:00:00.000Z" })];
      return { status: 202, body: jobs[0] };
    });
    await userEvent.click(await screen.findByRole("checkbox", { name: "All shown" }));
    expect(screen.getByText("2 turns chosen")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Do something" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete the events" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("This is about 2 turns.")).toBeDefined();
    expect(dialog.textContent).toContain("Everything recorded of these turns is lost");
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete the events" }));
    expect(await screen.findByText("1 of 2 turns")).toBeDefined();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("50");
    expect(screen.queryByText("2 turns chosen")).toBeNull();
    const started = view.requests.filter(({ method }) => method === "POST").at(-1)?.body;
    expect(started).toMatchObject({ action: "delete_events", expected_count: 2 });
    expect((started as { turn_ids: string[] }).turn_ids).toHaveLength(2);
  });

  it("does something with all that match by the filter itself", async () => {
    const view = renderList("/admin/turns?status=failed&model=m-1", ({ method }) =>
      method === "POST" ? { body: job({ action: "pin", total: 300 }) } : undefined,
    );
    await userEvent.click(await screen.findByRole("checkbox", { name: "Choose turn 000000000001" }));
    await userEvent.click(screen.getByRole("button", { name: "Choose all that match" }));
    await userEvent.click(screen.getByRole("button", { name: "Do something" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Keep beyond retention" }));
    expect(await screen.findByText("This is about 300 turns.")).toBeDefined();
    expect(view.requests.find(({ method }) => method === "POST")?.body).toEqual({
      action: "pin",
      filter: { status: ["failed"], model: "m-1" },
      dry_run: true,
    });
  });
});
