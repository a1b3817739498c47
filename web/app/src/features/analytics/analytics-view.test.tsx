import type { MetricDescription, MetricSeries } from "@evenkeel/sdk";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { AnalyticsView } from "./analytics-view.tsx";

const metrics: readonly MetricDescription[] = ["turn_duration", "first_token", "credits", "turns", "errors"].map(
  (metric) => ({
    metric,
    unit: metric === "turns" ? "count" : "ms",
    kind: metric === "turns" ? "sum" : "distribution",
    labels: metric === "errors" ? ["severity"] : ["status", "chatbot_id"],
    is_of_installation: false,
    behind: "turns",
  }),
);

const chatbot = "00000000-0000-7000-8000-00000000000b";

function series(query: URLSearchParams): MetricSeries {
  const from = query.get("from") ?? "";
  const value = query.get("metric") === "turns" ? 4 : 900;
  const point = { at: from, count: 4, value, p50: 100, p95: 900, p99: 1000 };
  const label = query.has("group_by") ? "failed" : "";
  const half = { ...point, value: 2 };
  return {
    metric: query.get("metric") ?? "",
    unit: query.get("metric") === "turns" ? "count" : "ms",
    kind: query.get("metric") === "turns" ? "sum" : "distribution",
    from,
    to: query.get("to") ?? "",
    step_seconds: Number(query.get("step")),
    series: [{ label, total: point, points: [point] }],
    ...(query.has("compare") ? { previous: [{ label, total: half, points: [half] }] } : {}),
  };
}

function renderAnalytics(address: string) {
  return renderPage(<AnalyticsView chatbots={[{ id: chatbot, name: "Ada" }]} />, address, ({ path }) => {
    const url = new URL(`http://server${path}`);
    if (url.pathname.endsWith("/metrics")) return { body: metrics };
    return url.pathname.endsWith("/series") ? { body: series(url.searchParams) } : undefined;
  });
}

const ofAll = "Of all chatbots: not measured for each.";

describe("analytics", () => {
  it("asks for the time of the address, and leads from a point to the turns behind it", async () => {
    const time = "from=2026-03-10T10:00:00.000Z&to=2026-03-10T16:00:00.000Z";
    const view = renderAnalytics(`/admin/analytics?range=own&${time}`);
    const chart = await screen.findByRole("region", { name: "Turns by status" });
    const slider = within(chart).getByRole("slider");
    slider.focus();
    await userEvent.keyboard("{Home}");
    expect(slider.getAttribute("aria-valuetext")).toContain("Failed: 4");
    await userEvent.keyboard("{ArrowRight}");
    expect(slider.getAttribute("aria-valuetext")).toContain("Failed: nothing measured");
    await userEvent.click(within(chart).getByRole("button", { name: "Table" }));
    const link = within(within(chart).getByRole("table")).getByRole("link", { name: "4" });
    expect(link.getAttribute("href")).toMatch(/^\/admin\/turns\?status=failed&ended_from=2026-03-10T1/);
    expect(view.requests.some(({ path }) => path.includes("step=3600") || path.includes("step=60"))).toBe(true);
  });

  it("says how much there is against the period before", async () => {
    renderAnalytics("/admin/analytics?compare=true");
    const figures = await screen.findByRole("region", { name: "Most important figures" });
    expect((await within(figures).findAllByText("+100% vs. before")).length).toBeGreaterThan(0);
    expect(within(figures).getAllByRole("link")[0]?.getAttribute("href")).toMatch(/^\/admin\/turns\?ended_from=/);
  });

  it("narrows all it can to a chatbot, says what it cannot, and leads to that chatbot's turns", async () => {
    const view = renderAnalytics("/admin/analytics");
    await screen.findByRole("region", { name: "Turns by status" });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Chatbot" }), "Ada");
    await waitFor(() => expect(view.address()).toContain(`chatbot_id=${chatbot}`));
    const asked = (metric: string) =>
      view.requests
        .map(({ path }) => new URL(`http://server${path}`).searchParams)
        .filter((query) => query.get("metric") === metric)
        .at(-1)
        ?.getAll("filter");
    const chart = await screen.findByRole("region", { name: "Failed turns by error code" });
    expect(within(chart).queryByText(ofAll)).toBeNull();
    expect(asked("turns")).toContain(`chatbot_id:${chatbot}`);
    expect(asked("credits")).toEqual([`chatbot_id:${chatbot}`]);
    for (const link of screen.getAllByRole("link"))
      expect(link.getAttribute("href")).toContain(`chatbot_id=${chatbot}`);
    const both = view.requests.filter(({ path }) => path.includes("filter=status%3Afailed&filter=chatbot_id"));
    expect(both.length).toBeGreaterThan(0);

    await userEvent.click(screen.getByRole("tab", { name: "Errors" }));
    const errors = await screen.findByRole("region", { name: "Errors by severity" });
    expect(within(errors).getByText(ofAll)).toBeDefined();
    expect(asked("errors")).toEqual([]);
    const narrowed = screen.getByRole("region", { name: "Failed turns by error code" });
    expect(within(narrowed).queryByText(ofAll)).toBeNull();
  });

  it("gives a file of what the chart shows", async () => {
    const view = renderAnalytics(`/admin/analytics?chatbot_id=${chatbot}`);
    const chart = await screen.findByRole("region", { name: "Failed turns by error code" });
    await userEvent.click(within(chart).getByRole("button", { name: "Export" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "CSV" }));
    const file = await waitFor(() => {
      const found = view.requests.find(({ path }) => path.includes("/export?"));
      expect(found).toBeDefined();
      return new URL(`http://server${found?.path}`).searchParams;
    });
    expect(file.getAll("filter")).toEqual(["status:failed", `chatbot_id:${chatbot}`]);
    expect(file.get("group_by")).toBe("error_code");
  });

  it("tells whom figures of the installation are for, instead of showing nothing", async () => {
    renderAnalytics("/admin/analytics?section=connections");
    expect(await screen.findByText("For the people who run this server")).toBeDefined();
    await userEvent.click(screen.getByRole("tab", { name: "System" }));
    expect(await screen.findByText("For the people who run this server")).toBeDefined();
  });
});
