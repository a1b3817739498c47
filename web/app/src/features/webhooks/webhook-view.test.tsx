import type { EventWebhook, WebhookDelivery } from "@evenkeel/sdk";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { WebhookView } from "./webhook-view.tsx";

const webhook: EventWebhook = {
  id: "w1",
  url: "https://example.com/events",
  event_types: [],
  is_enabled: false,
  disabled_reason: "failing",
  created_at: "2026-01-01T00:00:00.000Z",
  waiting: 3,
};
const delivery: WebhookDelivery = {
  id: "d1",
  session_id: "s1",
  from_seq: 1,
  to_seq: 4,
  status: "failed",
  tries: 8,
  http_status: 500,
  created_at: "2026-01-01T00:00:00.000Z",
};
const session = "00000000-0000-7000-8000-0000000000aa";

describe("the page of a webhook", () => {
  it("says why it was switched off, switches it on, and sends again what was recorded", async () => {
    let shown = webhook;
    const view = renderPage(<WebhookView webhookId="w1" />, "/admin/webhooks/w1", ({ method, path }) => {
      if (path.startsWith("/api/v1/admin/webhooks/w1/deliveries")) return { body: { items: [delivery] } };
      if (path.endsWith("/replay")) return { status: 202, body: shown };
      if (method === "PUT") {
        const { disabled_reason: _, ...rest } = webhook;
        shown = { ...rest, is_enabled: true };
        return { body: shown };
      }
      return path === "/api/v1/admin/webhooks" ? { body: { items: [shown] } } : undefined;
    });
    expect(await screen.findByText("The receiver took nothing for three days.")).toBeDefined();
    expect(await screen.findByText("Given up · HTTP 500")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Switch on" }));
    expect(await screen.findByRole("button", { name: "Switch off" })).toBeDefined();
    expect(view.requests.find(({ method }) => method === "PUT")?.body).toEqual({ is_enabled: true });
    await userEvent.click(screen.getByRole("button", { name: "Send again" }));
    const dialog = await screen.findByRole("dialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "Send again" }));
    expect(within(dialog).getByText("Not a whole id yet.")).toBeDefined();
    await userEvent.type(within(dialog).getByRole("textbox", { name: "Conversation id" }), session);
    await userEvent.click(within(dialog).getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(view.requests.find(({ path }) => path.endsWith("/replay"))?.body).toEqual({
      session_id: session,
      after_seq: 0,
    });
  });
});
