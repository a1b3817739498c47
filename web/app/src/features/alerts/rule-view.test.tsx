import type { AlertRule, MetricDescription } from "@evenkeel/sdk";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, refusal, renderPage } from "../../test-page.tsx";
import { RuleView } from "./rule-view.tsx";

const metrics: readonly MetricDescription[] = [
  { metric: "first_token", unit: "ms", kind: "distribution", labels: ["chatbot_id"], is_of_installation: false },
  { metric: "turns", unit: "count", kind: "sum", labels: ["status"], is_of_installation: false },
];
const total = { at: "2026-03-01T00:00:00.000Z", count: 1, value: 1 };
const preview = {
  from: "2026-03-01T00:00:00.000Z",
  to: "2026-03-08T00:00:00.000Z",
  firings: 3,
  spans: [],
  series: [{ label: "", total, points: [{ ...total, value: 6000 }] }],
};
const rule: AlertRule = {
  id: "r1",
  definition: {
    name: "Answers begin late",
    metric: "first_token",
    value: "p95",
    window_seconds: 300,
    condition: "above",
    warning: 5000,
    for_seconds: 120,
    keep_firing_for_seconds: 300,
    minimum_count: 10,
    no_data: "normal",
    is_enabled: true,
    receivers: [],
    is_of_installation: false,
  },
  origin: "shipped",
  is_overridden: true,
  state: "firing",
  groups: [{ group: "", state: "firing", severity: "warning", value: 6200, since: "2026-03-08T00:00:00.000Z" }],
  updated_at: "2026-03-01T00:00:00.000Z",
};

function renderRule(id: string, answers: Answers) {
  return renderPage(<RuleView ruleId={id} isOperator={false} />, `/admin/alerts/${id}`, (request) => {
    const answer = answers(request);
    if (answer !== undefined) return answer;
    if (request.path.endsWith("/metrics")) return { body: metrics };
    if (request.path.endsWith("/preview")) return { body: preview };
    return request.method === "GET" ? { body: { items: [] } } : undefined;
  });
}

describe("the page of a rule", () => {
  it("makes one, and shows what it would have done before it is made", async () => {
    const view = renderRule("new", ({ method, path }) =>
      method === "POST" && path.endsWith("/rules") ? { status: 201, body: rule } : undefined,
    );
    await userEvent.click(screen.getByRole("button", { name: "Create the rule" }));
    expect(screen.getByText("Give at least one threshold.")).toBeDefined();
    await userEvent.click(await screen.findByRole("combobox", { name: "Metric" }));
    await userEvent.click(await screen.findByRole("option", { name: "first_token" }));
    await userEvent.selectOptions(screen.getByLabelText("Number"), "p95");
    await userEvent.type(screen.getByLabelText("Critical at"), "5000");
    expect(await screen.findByText("Would have fired 3 times in 7 days", undefined, { timeout: 4000 })).toBeDefined();
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Late");
    await userEvent.click(screen.getByRole("button", { name: "Create the rule" }));
    await waitFor(() => expect(view.address()).toBe("/admin/alerts/r1"));
    const made = view.requests.find(({ path, method }) => path.endsWith("/rules") && method === "POST");
    expect(made?.body).toMatchObject({ name: "Late", metric: "first_token", value: "p95", critical: 5000 });
  });

  it("leaves what a shipped rule measures alone, says the server's words at the field, and takes changes back", async () => {
    const view = renderRule("r1", ({ method, path }) => {
      if (method === "PUT") return refusal(400, "invalid_request", [{ field: "for_seconds", message: "Too long." }]);
      if (method === "DELETE") return { status: 204 };
      return path.endsWith("/rules/r1") ? { body: rule } : undefined;
    });
    expect((await screen.findByRole("textbox", { name: "Name" })).hasAttribute("disabled")).toBe(true);
    expect(await screen.findByText("value 6.2 sec")).toBeDefined();
    const held = screen.getByLabelText("For at least");
    await userEvent.clear(held);
    await userEvent.type(held, "9d");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Too long.")).toBeDefined();
    expect(view.requests.find(({ method }) => method === "PUT")?.body).toMatchObject({ for_seconds: 777_600 });
    await userEvent.click(screen.getByRole("button", { name: "Take the changes back" }));
    await userEvent.click(screen.getAllByRole("button", { name: "Take the changes back" }).at(-1) as HTMLElement);
    await waitFor(() => expect(view.address()).toBe("/admin/alerts"));
  });
});
