import type { ApiKey } from "@evenkeel/sdk";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { KeysView } from "./keys-view.tsx";

const key: ApiKey = {
  id: "k1",
  name: "Grafana",
  prefix: "ek_abc",
  scopes: ["operations:read"],
  created_at: "2026-01-01T00:00:00.000Z",
};

describe("the page of keys", () => {
  it("shows a new key once, and its secret never again", async () => {
    let keys: readonly ApiKey[] = [];
    const view = renderPage(<KeysView />, "/admin/keys", ({ method }) => {
      if (method !== "POST") return { body: { items: keys } };
      keys = [key];
      return { status: 201, body: { key, secret: "ek_secret" } };
    });
    await userEvent.click(await screen.findByRole("button", { name: "Create a key" }));
    const form = await screen.findByRole("dialog");
    await userEvent.click(within(form).getByRole("button", { name: "Create a key" }));
    expect(within(form).getByText("Give it a name.")).toBeDefined();
    expect(within(form).getByText("Choose at least one.")).toBeDefined();
    await userEvent.type(within(form).getByRole("textbox", { name: "Name" }), "Grafana");
    await userEvent.click(within(form).getByRole("checkbox", { name: "Read operations" }));
    await userEvent.selectOptions(within(form).getByLabelText("Valid for"), "No end");
    await userEvent.click(within(form).getByRole("button", { name: "Create a key" }));
    expect(await screen.findByText("ek_secret")).toBeDefined();
    expect(view.requests.find(({ method }) => method === "POST")?.body).toEqual({
      name: "Grafana",
      scopes: ["operations:read"],
    });
    await userEvent.keyboard("{Escape}");
    expect(screen.getByText("ek_secret")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "I have kept it" }));
    await waitFor(() => expect(screen.queryByText("ek_secret")).toBeNull());
    expect(await screen.findByText("Grafana")).toBeDefined();
  });

  it("revokes one only after saying what that means", async () => {
    let keys: readonly ApiKey[] = [key];
    renderPage(<KeysView />, "/admin/keys", ({ method, path }) => {
      if (method !== "DELETE") return { body: { items: keys } };
      expect(path).toBe("/api/v1/admin/keys/k1");
      keys = [{ ...key, revoked_at: "2026-01-02T00:00:00.000Z" }];
      return { status: 204 };
    });
    await userEvent.click(await screen.findByRole("button", { name: "Revoke “Grafana”" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("locked out at once");
    await userEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
    expect(await screen.findByText("Revoked")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Revoke “Grafana”" })).toBeNull();
  });
});
