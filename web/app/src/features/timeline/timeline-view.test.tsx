import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { TimelineView } from "./timeline-view.tsx";

describe("the events of all sessions", () => {
  it("are those that a figure was made of, where a chart led here, until all are wanted", async () => {
    const where = "/admin/timeline?type=model_retry&metric=provider_errors&filter=model:m-1&filter=error_code:";
    const view = renderPage(<TimelineView />, where, () => ({ body: { items: [] } }));
    const figure = "Only what this figure was made of: provider_errors, model: m-1, error_code: –.";
    expect(await screen.findByText(figure, { exact: false })).toBeDefined();
    const lastAsked = () => {
      const last = view.requests.filter(({ path }) => path.startsWith("/api/v1/admin/timeline?")).at(-1);
      return new URL(`http://server${last?.path}`).searchParams;
    };
    expect(lastAsked().get("metric")).toBe("provider_errors");
    expect(lastAsked().getAll("filter")).toEqual(["model:m-1", "error_code:"]);
    await userEvent.click(screen.getByRole("link", { name: "Show all events" }));
    await waitFor(() => expect(view.address()).toBe("/admin/timeline?type=model_retry"));
    await waitFor(() => expect(lastAsked().has("filter")).toBe(false));
    expect(lastAsked().get("type")).toBe("model_retry");
  });
});
