import type { CatalogueEvent } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { eventProblems, eventRequest, fieldsOfEvent, newEventFields, withAllDay } from "./event-fields.ts";

const event: CatalogueEvent = {
  id: "e1",
  key: "e1",
  title: "Rust Days",
  description: "Talks.",
  starts_at: "2026-07-04T07:00:00Z",
  ends_at: "2026-07-04T15:30:00Z",
  all_day: false,
  starts_on: "2026-07-04",
  ends_on: "2026-07-04",
  time_zone: "Europe/Berlin",
  location: { id: "l1", name: "Berlin", kind: "city" },
  virtual: true,
  url: "https://example.com/",
  categories: ["rust"],
  languages: ["en"],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

describe("the form of an event", () => {
  it("shows its times as a clock there shows them, and sends them back as they were", () => {
    const fields = fieldsOfEvent(event);
    expect(fields).toMatchObject({ starts: "2026-07-04T09:00", ends: "2026-07-04T17:30" });
    expect(eventRequest(fields)).toEqual({
      title: "Rust Days",
      description: "Talks.",
      starts: "2026-07-04T09:00",
      ends: "2026-07-04T17:30",
      time_zone: "Europe/Berlin",
      location_id: "l1",
      virtual: true,
      url: "https://example.com/",
      categories: ["rust"],
      languages: ["en"],
    });
  });

  it("says no end where none is known", () => {
    expect(fieldsOfEvent({ ...event, ends_at: event.starts_at }).ends).toBe("");
    expect(eventRequest({ ...newEventFields, title: "A", starts: "2026-07-04" })).not.toHaveProperty("ends");
  });

  it("keeps the days when times of day come and go", () => {
    const days = withAllDay(fieldsOfEvent(event), true);
    expect(days).toMatchObject({ isAllDay: true, starts: "2026-07-04", ends: "2026-07-04" });
    expect(withAllDay({ ...days, ends: "" }, false)).toMatchObject({ starts: "2026-07-04T09:00", ends: "" });
  });

  it("needs a title and a start, an end behind it, and an address of the web", () => {
    expect(eventProblems(newEventFields)).toEqual({ title: "title_missing", starts: "starts_missing" });
    const fields = {
      ...newEventFields,
      title: "A",
      starts: "2026-07-04",
      ends: "2026-07-03",
      url: "javascript:alert(1)",
    };
    expect(eventProblems(fields)).toEqual({ ends: "ends_before", url: "url_wrong" });
    expect(eventProblems({ ...fields, ends: "2026-07-04", url: "" })).toEqual({});
  });
});
