import type { MetricDescription, MetricSeries } from "@evenkeel/sdk";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { AnalyticsView } from "./analytics-view.tsx";

const metrics: readonly MetricDescription[] = ["turn_duration", "first_token", "credits", "turns"].map((metric) => ({
  metric,
  unit: metric === "turns" ? "count" : "ms",
  kind: metric === "turns" ? "sum" : "distribution",
  labels: ["status"],
  is_of_installation: false,
  behind: "turns",
}));

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
  return renderPage(<AnalyticsView chatbots={[]} />, address, ({ path }) => {
    const url = new URL(`http://server${path}`);
    if (url.pathname.endsWith("/metrics")) return { body: metrics };
    return url.pathname.endsWith("/series") ? { body: series(url.searchParams) } : undefined;
  });
}

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
    expect(link.getAttribute("href")).toMatch(/^\/admin\/turns\?status=failed&from=2026-03-10T1/);
    expect(view.requests.some(({ path }) => path.includes("step=3600") || path.includes("step=60"))).toBe(true);
  });

  it("says how much there is against the period before", async () => {
    renderAnalytics("/admin/analytics?compare=true");
    const figures = await screen.findByRole("region", { name: "Most important figures" });
    expect((await within(figures).findAllByText("+100% vs. before")).length).toBeGreaterThan(0);
    expect(within(figures).getAllByRole("link")[0]?.getAttribute("href")).toMatch(/^\/admin\/turns\?from=/);
  });

  it("tells whom figures of the installation are for, instead of showing nothing", async () => {
    renderAnalytics("/admin/analytics?section=connections");
    expect(await screen.findByText("For the people who run this server")).toBeDefined();
  });
});
