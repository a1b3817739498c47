import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { LocationList } from "./location-list.tsx";

const location = (id: string, name: string, count: number) => ({
  id,
  name,
  kind: "city",
  aliases: [],
  event_count: count,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
});

it("several places are merged into the one that stays, at first the most used one", async () => {
  const items = [location("l1", "Berlin", 40), location("l2", "Berlín", 2), location("l3", "柏林", 1)];
  const { requests } = renderPage(<LocationList />, "/admin/catalogue/locations", ({ method }) => ({
    body: method === "POST" ? items[0] : { items },
  }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Choose “Berlín”" }));
  expect(screen.getByRole("button", { name: "Merge" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("checkbox", { name: "Choose “Berlin”" }));
  await userEvent.click(screen.getByRole("button", { name: "Merge" }));
  expect(await screen.findByRole("dialog", { name: "Merge 2 places into one" })).toBeDefined();
  expect(screen.getByRole("radio", { name: "Berlin" })).toHaveProperty("checked", true);
  await userEvent.click(screen.getAllByRole("button", { name: "Merge" }).at(-1) as HTMLElement);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(requests.find(({ method }) => method === "POST")).toMatchObject({
    path: "/api/v1/locations/l1/merge",
    body: { location_ids: ["l2"] },
  });
  expect(screen.queryByRole("button", { name: "Merge" })).toBeNull();
});
