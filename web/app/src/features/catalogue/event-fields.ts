import type { CatalogueEvent, SaveEventRequest } from "@evenkeel/sdk";

/** What stands in the form of an event. */
export interface EventFields {
  title: string;
  description: string;
  isAllDay: boolean;
  /** A day, or a local time in `timeZone`. */
  starts: string;
  /** The same; empty = of a day the same one, of a time not known. */
  ends: string;
  /** IANA name; empty = that of the place. */
  timeZone: string;
  locationId: string | null;
  isVirtual: boolean;
  url: string;
  categories: string[];
  languages: string[];
}

export type EventField = "title" | "starts" | "ends" | "url" | "timeZone" | "locationId" | "categories" | "languages";
export type EventFieldProblem = "title_missing" | "starts_missing" | "ends_before" | "url_wrong";

export const newEventFields: EventFields = {
  title: "",
  description: "",
  isAllDay: true,
  starts: "",
  ends: "",
  timeZone: "",
  locationId: null,
  isVirtual: false,
  url: "",
  categories: [],
  languages: [],
};

/** The form of an event there is. */
export function fieldsOfEvent(event: CatalogueEvent): EventFields {
  const { starts_at: start, ends_at: end, time_zone: timeZone } = event;
  return {
    title: event.title,
    description: event.description,
    isAllDay: event.all_day,
    starts: event.all_day ? event.starts_on : localTime(start, timeZone),
    ends: event.all_day ? event.ends_on : Date.parse(end) === Date.parse(start) ? "" : localTime(end, timeZone),
    timeZone,
    locationId: event.location?.id ?? null,
    isVirtual: event.virtual,
    url: event.url ?? "",
    categories: [...event.categories],
    languages: [...event.languages],
  };
}

/** What is wrong, field by field, as far as can be said without asking the server. */
export function eventProblems(fields: EventFields): Partial<Record<EventField, EventFieldProblem>> {
  const { title, starts, ends, url } = fields;
  return {
    ...(title.trim() === "" ? { title: "title_missing" as const } : {}),
    ...(starts === "" ? { starts: "starts_missing" as const } : {}),
    ...(ends !== "" && ends < starts ? { ends: "ends_before" as const } : {}),
    ...(url.trim() === "" || isWebAddress(url.trim()) ? {} : { url: "url_wrong" as const }),
  };
}

/** The request that saves the form. */
export function eventRequest(fields: EventFields): SaveEventRequest {
  const { title, description, starts, ends, timeZone, locationId, isVirtual, url, categories, languages } = fields;
  return {
    title: title.trim(),
    description: description.trim(),
    starts,
    ...(ends === "" ? {} : { ends }),
    ...(timeZone === "" ? {} : { time_zone: timeZone }),
    ...(locationId === null ? {} : { location_id: locationId }),
    virtual: isVirtual,
    ...(url.trim() === "" ? {} : { url: url.trim() }),
    categories,
    languages,
  };
}

/** The form with or without times of day: the days stay. */
export function withAllDay(fields: EventFields, isAllDay: boolean): EventFields {
  const changed = (value: string) =>
    value === "" ? "" : isAllDay ? value.slice(0, 10) : `${value.slice(0, 10)}T09:00`;
  return { ...fields, isAllDay, starts: changed(fields.starts), ends: changed(fields.ends) };
}

/** A moment as a clock on the wall of a time zone shows it: `2026-03-14T09:00`. */
export function localTime(moment: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = format.formatToParts(Date.parse(moment)).map(({ type, value }) => [type, value]);
  const { year, month, day, hour, minute } = Object.fromEntries(parts);
  return `${year?.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
