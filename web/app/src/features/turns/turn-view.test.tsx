import type { TimelineEvent, TurnRecord } from "@evenkeel/sdk";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { refusal, renderPage } from "../../test-page.tsx";
import { TurnView } from "./turn-view.tsx";

const id = "00000000-0000-7000-8000-000000000001";
const event = (seq: number, rest: Partial<TimelineEvent>): TimelineEvent => ({
  id: `e${seq}`,
  seq,
  session_id: "t",
  event_type: "response_generation",
  event_status: "completed",
  user_message: "✍️ Writing the answer",
  timestamp: "2026-03-10T10:00:03.000Z",
  attempt: 1,
  ...rest,
});
const record: TurnRecord = {
  turn: {
    id,
    thread_id: "00000000-0000-7000-8000-0000000000aa",
    chatbot_id: "b",
    message_id: "m",
    correlation_id: "00000000-0000-7000-8000-0000000000bb",
    status: "failed",
    error_code: "llm_timeout",
    attempt: 2,
    queued_at: "2026-03-10T10:00:00.000Z",
    started_at: "2026-03-10T10:00:01.000Z",
    ended_at: "2026-03-10T10:00:05.000Z",
    is_pinned: false,
  },
  events: [
    event(1, {
      event_type: "message_received",
      user_message: "📨 Message received",
      timestamp: "2026-03-10T10:00:00.000Z",
    }),
    event(2, {
      event_status: "failed",
      error_severity: "error",
      error_type: "llm_timeout",
      processing_time_ms: 4000,
      timestamp: "2026-03-10T10:00:05.000Z",
      event_data: { model: "m1" },
    }),
  ],
};

describe("the page of a turn", () => {
  it("tells what happened in order, with data on demand and ways on", async () => {
    const { container } = renderPage(<TurnView turnId={id} chatbots={[]} />, `/admin/turns/${id}`, ({ path }) =>
      path.startsWith("/api/v1/admin/bulk") ? { body: { items: [] } } : { body: record },
    );
    expect(await screen.findByText("📨 Message received")).toBeDefined();
    expect(screen.getByText("✍️ Writing the answer")).toBeDefined();
    expect(container.textContent).not.toContain('"model"');
    const details = container.querySelector("details") as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    expect((await screen.findByText(/"model": "m1"/)).textContent).toContain("m1");
    const hrefs = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(hrefs).toContain("/admin/timeline/00000000-0000-7000-8000-0000000000aa");
    expect(hrefs).toContain("/admin/turns?error_code=llm_timeout");
    expect(screen.queryByRole("region", { name: "Feedback" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Answer again" }));
    expect(await screen.findByRole("dialog")).toBeDefined();
  });

  it("tells what the person said of the answer, in their words", async () => {
    const feedback = {
      value: "down",
      comment: "It names no river.\n<b>None</b>",
      given_at: "2026-03-10T10:01:00.000Z",
      changed_at: "2026-03-10T10:02:00.000Z",
    } as const;
    renderPage(<TurnView turnId={id} chatbots={[]} />, `/admin/turns/${id}`, ({ path }) =>
      path.startsWith("/api/v1/admin/bulk") ? { body: { items: [] } } : { body: { ...record, feedback } },
    );
    const panel = await screen.findByRole("region", { name: "Feedback" });
    expect(within(panel).getByText("Not helpful")).toBeDefined();
    expect(panel.textContent).toContain(feedback.comment);
    const times = [...panel.querySelectorAll("time")].map(({ dateTime }) => dateTime);
    expect(times).toEqual([feedback.given_at, feedback.changed_at]);
  });

  it("says that one is not there", async () => {
    renderPage(<TurnView turnId={id} chatbots={[]} />, `/admin/turns/${id}`, () => refusal(404, "not_found"));
    expect(await screen.findByText("This turn is not here")).toBeDefined();
  });
});
