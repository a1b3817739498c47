import type { CatalogueEvent } from "@evenkeel/sdk";
import { addDays } from "./event-days.ts";

const encoder = new TextEncoder();

/** An event as a calendar file (RFC 5545); `now` is the moment it is made, in milliseconds since 1970. */
export function eventFile(event: CatalogueEvent, now: number): string {
  const place = [event.location?.name, event.location?.country].filter((part) => part !== undefined).join(", ");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Evenkeel//Catalogue//EN",
    "BEGIN:VEVENT",
    `UID:${event.id}@evenkeel`,
    `DTSTAMP:${moment(now)}`,
    ...times(event),
    `SUMMARY:${escaped(event.title)}`,
    ...(event.description === "" ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
    ...(place === "" ? [] : [`LOCATION:${escaped(place)}`]),
    ...(event.url === undefined ? [] : [`URL:${event.url}`]),
    ...(event.categories.length === 0 ? [] : [`CATEGORIES:${event.categories.map(escaped).join(",")}`]),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A name for the file that every system takes. */
export function eventFileName(title: string): string {
  const name = title
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${name === "" ? "event" : name}.ics`;
}

function times(event: CatalogueEvent): readonly string[] {
  if (event.all_day) {
    const day = (text: string) => text.replaceAll("-", "");
    // The end of a calendar file is exclusive.
    return [`DTSTART;VALUE=DATE:${day(event.starts_on)}`, `DTEND;VALUE=DATE:${day(addDays(event.ends_on, 1))}`];
  }
  const start = Date.parse(event.starts_at);
  const end = Date.parse(event.ends_at);
  return [`DTSTART:${moment(start)}`, ...(end > start ? [`DTEND:${moment(end)}`] : [])];
}

function moment(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|\r|\n/g, "\\n");
}

/** Lines are at most 75 bytes long; those that follow begin with a blank. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += letter;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}
