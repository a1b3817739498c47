import type { ImportReport } from "@evenkeel/sdk";
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { ImportView } from "./import-view.tsx";

const report: ImportReport = {
  dry_run: true,
  format: "csv",
  rows: 3,
  created: 2,
  updated: 0,
  unchanged: 0,
  removed: 0,
  failed: 1,
  created_locations: 1,
  problems: [{ line: 4, field: "starts", code: "date_invalid", message: "“soon” is no date.", is_warning: false }],
  changes: [{ line: 2, action: "create", key: "k1", title: "Rust Days", fields: [] }],
};

function renderImport() {
  return renderPage(<ImportView />, "/admin/catalogue/import", ({ method, path }) => {
    if (method === "GET") return { body: { items: [] } };
    return { body: { ...report, dry_run: path.includes("dry_run=true") } };
  });
}

function chooseFile(view: ReturnType<typeof renderImport>, name: string, content: string) {
  const input = view.container.querySelector('input[type="file"]');
  return userEvent.upload(input as HTMLInputElement, new File([content], name));
}

it("a table is looked at, tried, and only then brought in", async () => {
  const view = renderImport();
  await chooseFile(view, "events.csv", "Name,Start\nRust Days,2026-07-04\n");
  expect(await screen.findByRole("columnheader", { name: "Start" })).toBeDefined();
  expect(screen.getByRole("cell", { name: "Rust Days" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Import now" })).toHaveProperty("disabled", true);

  await userEvent.click(screen.getByRole("button", { name: "See what would change" }));
  expect(await screen.findByText("3 rows read · 2 new · 1 left out · 1 new place")).toBeDefined();
  const problems = screen.getByRole("region", { name: "What does not fit" });
  expect(problems.textContent).toContain("Line 4");
  expect(problems.textContent).toContain("“soon” is no date.");
  expect(screen.getByRole("region", { name: "What changes" }).textContent).toContain("Rust Days");

  await userEvent.click(screen.getByRole("button", { name: "Import now" }));
  expect(await screen.findByRole("heading", { name: "The file is imported" })).toBeDefined();
  const sent = view.requests.filter(({ method }) => method === "POST");
  expect(sent.map(({ path }) => new URL(path, "http://x").searchParams.get("dry_run"))).toEqual(["true", "false"]);
  expect(sent.every(({ path }) => !path.includes("mapping"))).toBe(true);
  expect(screen.getByRole("button", { name: "Import now" })).toHaveProperty("disabled", true);
});

it("columns are named by the person, and what was found out before no longer counts", async () => {
  const view = renderImport();
  await chooseFile(view, "events.csv", "What,Start\nRust Days,2026-07-04\n");
  await userEvent.click(await screen.findByRole("button", { name: "See what would change" }));
  await screen.findByRole("heading", { name: "This is what would change" });
  await userEvent.click(screen.getByRole("checkbox", { name: "Tell the columns by their names" }));
  expect(screen.queryByRole("heading", { name: "This is what would change" })).toBeNull();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Title" }), "What");
  await userEvent.click(screen.getByRole("button", { name: "See what would change" }));
  await screen.findByRole("heading", { name: "This is what would change" });
  const query = new URL(view.requests.at(-1)?.path ?? "", "http://x").searchParams;
  expect(JSON.parse(query.get("mapping") ?? "{}")).toEqual({ title: "What", starts: "Start" });
  expect(query.get("format")).toBe("csv");
});

it("a conference collection may be given another category than the name of its file", async () => {
  const view = renderImport();
  await chooseFile(view, "data.json", '[{"name": "Rust Days", "startDate": "2026-07-04"}]');
  expect(await screen.findByText("Left empty it is the name of the file: “data”.")).toBeDefined();
  await userEvent.type(screen.getByRole("textbox", { name: "Category of all events" }), "databases");
  await userEvent.click(screen.getByRole("button", { name: "See what would change" }));
  await screen.findByRole("heading", { name: "This is what would change" });
  const query = new URL(view.requests.at(-1)?.path ?? "", "http://x").searchParams;
  expect([query.get("format"), query.get("category")]).toEqual(["conferences", "databases"]);
});
