import type { CatalogueEvent } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { eventFile, eventFileName } from "./event-file.ts";

const event: CatalogueEvent = {
  id: "e1",
  key: "e1",
  title: "Rust, Go; and C",
  description: "One\nTwo",
  starts_at: "2026-07-03T22:00:00Z",
  ends_at: "2026-07-05T22:00:00Z",
  all_day: true,
  starts_on: "2026-07-04",
  ends_on: "2026-07-05",
  time_zone: "Europe/Berlin",
  location: { id: "l1", name: "Berlin", kind: "city", country: "Germany" },
  virtual: false,
  url: "https://example.com/",
  categories: ["go", "rust"],
  languages: ["en"],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};
const now = Date.parse("2026-06-01T10:00:00.5Z");
const unfolded = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

describe("the calendar file of an event", () => {
  it("has the day after the last one as its end", () => {
    const lines = unfolded(eventFile(event, now));
    expect(lines).toContain("DTSTART;VALUE=DATE:20260704");
    expect(lines).toContain("DTEND;VALUE=DATE:20260706");
    expect(lines).toContain("DTSTAMP:20260601T100000Z");
  });

  it("has moments where the event has times of day, and no end where none is known", () => {
    const timed = { ...event, all_day: false };
    expect(unfolded(eventFile(timed, now))).toContain("DTEND:20260705T220000Z");
    expect(eventFile({ ...timed, ends_at: timed.starts_at }, now)).not.toContain("DTEND");
  });

  it("escapes what has a meaning of its own", () => {
    const lines = unfolded(eventFile(event, now));
    expect(lines).toContain("SUMMARY:Rust\\, Go\\; and C");
    expect(lines).toContain("DESCRIPTION:One\\nTwo");
    expect(lines).toContain("LOCATION:Berlin\\, Germany");
    expect(lines).toContain("CATEGORIES:go,rust");
  });

  it("has no line of more than 75 bytes, and breaks no letter", () => {
    const file = eventFile({ ...event, title: "柏林的会议".repeat(20) }, now);
    for (const line of file.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(unfolded(file)).toContain(`SUMMARY:${"柏林的会议".repeat(20)}`);
  });

  it("has a name that every system takes", () => {
    expect(eventFileName("C/C++: what's new?")).toBe("C-C-what-s-new.ics");
    expect(eventFileName("柏林大会")).toBe("柏林大会.ics");
    expect(eventFileName("???")).toBe("event.ics");
  });
});
