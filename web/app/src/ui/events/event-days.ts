import type { CatalogueEvent } from "@evenkeel/sdk";

const dayMilliseconds = 86_400_000;

/** The person's time zone. */
export function personTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Days as `2026-07-04`, both inclusive. */
export interface Days {
  first: string;
  last: string;
}

/** The days of an event as the person lives them; of one without times of day they are the same everywhere. */
export function eventDays(event: CatalogueEvent, timeZone: string): Days {
  if (event.all_day) return { first: event.starts_on, last: event.ends_on };
  const start = Date.parse(event.starts_at);
  // The end is exclusive: one that ends at midnight is not part of the next day.
  const end = Math.max(start, Date.parse(event.ends_at) - 1);
  return { first: dayAt(start, timeZone), last: dayAt(end, timeZone) };
}

/** The day of a moment in a time zone. */
export function dayAt(moment: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const { year, month, day } = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${year?.padStart(4, "0")}-${month}-${day}`;
}

/** So many days later. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMilliseconds).toISOString().slice(0, 10);
}

/** Days as people write them: "Jul 4 – 5, 2026", "2026年7月4日至5日". */
export function formatDays({ first, last }: Days, language: string): string {
  if (language.startsWith("zh") && first !== last) return chineseDays(first, last);
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  return format.formatRange(Date.parse(first), Date.parse(last));
}

/** What the browser makes of a range in Chinese, "2026/7/4 – 2026/7/5", is not how anybody writes it beside "2026年7月4日". */
function chineseDays(first: string, last: string): string {
  const isSameYear = first.slice(0, 4) === last.slice(0, 4);
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  const format = (day: string, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("zh", { ...parts, timeZone: "UTC" }).format(Date.parse(day));
  const end: Intl.DateTimeFormatOptions = {
    day: "numeric",
    ...(isSameMonth ? {} : { month: "long" }),
    ...(isSameYear ? {} : { year: "numeric" }),
  };
  return `${format(first, { dateStyle: "long" })}至${format(last, end)}`;
}

/** When an event is, in the person's time zone: its days, and with times of day those too. */
export function formatEventTime(event: CatalogueEvent, timeZone: string, language: string): string {
  if (event.all_day) return formatDays(eventDays(event, timeZone), language);
  const start = Date.parse(event.starts_at);
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  return format.formatRange(start, Math.max(start, Date.parse(event.ends_at)));
}

/** The short name of a time zone at a moment, such as "GMT+2". */
export function zoneName(moment: number, timeZone: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "short" });
  return format.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}
