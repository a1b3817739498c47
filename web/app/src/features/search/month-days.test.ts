import type { CatalogueEvent } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { firstMonth, monthSheet } from "./month-days.ts";

const event = (id: string, first: string, last: string) =>
  ({ id, all_day: true, starts_on: first, ends_on: last }) as CatalogueEvent;

function dayOf(month: string, day: string, events: readonly CatalogueEvent[]) {
  return monthSheet(month, events, "UTC")
    .flat()
    .find((one) => one.day === day);
}

describe("the sheet of a month", () => {
  it("has whole weeks that begin on Monday", () => {
    const weeks = monthSheet("2026-07", [], "UTC");
    expect(weeks.map((week) => week[0]?.day)).toEqual([
      "2026-06-29",
      "2026-07-06",
      "2026-07-13",
      "2026-07-20",
      "2026-07-27",
    ]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks[0]?.map((day) => day.isOutside)).toEqual([true, true, false, false, false, false, false]);
  });

  it("shows a month that begins on Monday without a week before", () => {
    expect(monthSheet("2026-06", [], "UTC")[0]?.[0]?.day).toBe("2026-06-01");
  });

  it("shows an event on each of its days, over the ends of months", () => {
    const events = [event("a", "2026-06-30", "2026-07-02")];
    expect(dayOf("2026-07", "2026-07-01", events)?.events).toMatchObject([{ isContinued: true, goesOn: true }]);
    expect(dayOf("2026-07", "2026-07-02", events)?.events).toMatchObject([{ isContinued: true, goesOn: false }]);
    expect(dayOf("2026-07", "2026-07-03", events)?.events).toEqual([]);
  });

  it("puts what has gone on longest first", () => {
    const events = [event("b", "2026-07-02", "2026-07-02"), event("a", "2026-07-01", "2026-07-03")];
    expect(dayOf("2026-07", "2026-07-02", events)?.events.map((one) => one.event.id)).toEqual(["a", "b"]);
  });

  it("keeps an event in its line of the week, and fills lines that are free again", () => {
    const events = [
      event("a", "2026-07-06", "2026-07-07"),
      event("b", "2026-07-07", "2026-07-09"),
      event("c", "2026-07-08", "2026-07-08"),
    ];
    const lanes = (day: string) => dayOf("2026-07", day, events)?.events.map((one) => `${one.event.id}${one.lane}`);
    expect(["06", "07", "08", "09"].map((day) => lanes(`2026-07-${day}`))).toEqual([
      ["a0"],
      ["a0", "b1"],
      ["c0", "b1"],
      ["b1"],
    ]);
  });
});

it("the first month is the next that has events", () => {
  const months = [{ value: "2026-03" }, { value: "2026-09" }];
  expect(firstMonth(months, "2026-07-05")).toBe("2026-09");
  expect(firstMonth(months, "2027-01-05")).toBe("2026-09");
  expect(firstMonth([], "2027-01-05")).toBe("2027-01");
});
