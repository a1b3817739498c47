import type { CatalogueEvent } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { addDays, eventDays, formatDays, formatEventTime, zoneName } from "./event-days.ts";

const allDay = {
  all_day: true,
  starts_on: "2026-07-04",
  ends_on: "2026-07-05",
  starts_at: "2026-07-03T22:00:00Z",
  ends_at: "2026-07-05T22:00:00Z",
} as CatalogueEvent;
const timed = { ...allDay, all_day: false, starts_at: "2026-07-04T20:00:00Z", ends_at: "2026-07-04T22:00:00Z" };

describe("the days of an event", () => {
  it("are the same everywhere where it has no times of day", () => {
    for (const zone of ["Asia/Tokyo", "America/Los_Angeles"])
      expect(eventDays(allDay, zone)).toEqual({ first: "2026-07-04", last: "2026-07-05" });
  });

  it("are those the person lives", () => {
    expect(eventDays(timed, "Asia/Tokyo")).toEqual({ first: "2026-07-05", last: "2026-07-05" });
    expect(eventDays(timed, "America/Los_Angeles")).toEqual({ first: "2026-07-04", last: "2026-07-04" });
  });

  it("do not count the midnight it ends at", () => {
    expect(eventDays(timed, "Europe/Berlin")).toEqual({ first: "2026-07-04", last: "2026-07-04" });
  });

  it("know the start of one whose end is not known", () => {
    expect(eventDays({ ...timed, ends_at: timed.starts_at }, "UTC")).toEqual({
      first: "2026-07-04",
      last: "2026-07-04",
    });
  });
});

describe("the time of an event in words", () => {
  const plain = (text: string) => text.replaceAll(/[\s\u2009\u202f]+/g, " ");

  it("is written as people write it in Chinese", () => {
    expect(formatDays({ first: "2026-07-04", last: "2026-07-04" }, "zh")).toBe("2026年7月4日");
    expect(formatDays({ first: "2026-07-04", last: "2026-07-05" }, "zh")).toBe("2026年7月4日至5日");
    expect(formatDays({ first: "2026-07-31", last: "2026-08-02" }, "zh")).toBe("2026年7月31日至8月2日");
    expect(formatDays({ first: "2026-12-31", last: "2027-01-02" }, "zh")).toBe("2026年12月31日至2027年1月2日");
  });

  it("is its days", () => {
    expect(plain(formatEventTime(allDay, "Asia/Tokyo", "en"))).toBe("Jul 4 – 5, 2026");
    expect(formatDays({ first: "2026-07-04", last: "2026-07-04" }, "zh")).toBe("2026年7月4日");
  });

  it("has the times of day in the person's time zone", () => {
    expect(plain(formatEventTime(timed, "Europe/Berlin", "en"))).toContain("10:00 PM");
    expect(zoneName(Date.parse(timed.starts_at), "Europe/Berlin", "en")).toBe("GMT+2");
  });
});

it("days are counted over the ends of months", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
});
