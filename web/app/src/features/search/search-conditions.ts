import type { SearchRequest } from "@evenkeel/sdk";
import { addDays } from "../../ui/events/event-days.ts";

/** What is searched for: as it stands in the address of the page. */
export interface Conditions {
  query: string;
  /** A place in words. */
  location: string;
  /** Places that were chosen. */
  locationIds: readonly string[];
  from: string | undefined;
  to: string | undefined;
  categories: readonly string[];
  countries: readonly string[];
  virtual: boolean | undefined;
}

const pageSize = 20;
const monthPageSize = 100;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Reads the conditions from an address; what makes no sense there counts as not given. */
export function readConditions(search: URLSearchParams): Conditions {
  const day = (name: string) => {
    const value = search.get(name);
    return value !== null && dayPattern.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
  };
  const virtual = search.get("virtual");
  return {
    query: search.get("q") ?? "",
    location: search.get("location") ?? "",
    locationIds: search.getAll("place"),
    from: day("from"),
    to: day("to"),
    categories: search.getAll("category"),
    countries: search.getAll("country"),
    virtual: virtual === "true" ? true : virtual === "false" ? false : undefined,
  };
}

/** The address with other conditions; what else stands in it stays, and so does the order of names. */
export function withConditions(search: URLSearchParams, changed: Partial<Conditions>): URLSearchParams {
  const next = { ...readConditions(search), ...changed };
  const result = new URLSearchParams();
  if (next.query !== "") result.set("q", next.query);
  if (next.location !== "") result.set("location", next.location);
  for (const id of next.locationIds) result.append("place", id);
  if (next.from !== undefined) result.set("from", next.from);
  if (next.to !== undefined) result.set("to", next.to);
  for (const category of next.categories) result.append("category", category);
  for (const country of next.countries) result.append("country", country);
  if (next.virtual !== undefined) result.set("virtual", String(next.virtual));
  for (const name of ["view", "month"]) {
    const value = search.get(name);
    if (value !== null) result.set(name, value);
  }
  return result;
}

/** Whether anything narrows the search. */
export function isNarrowed({ query, location, locationIds, from, to, ...rest }: Conditions): boolean {
  const { categories, countries, virtual } = rest;
  return (
    query !== "" ||
    location !== "" ||
    from !== undefined ||
    to !== undefined ||
    virtual !== undefined ||
    locationIds.length + categories.length + countries.length > 0
  );
}

/** The request of a search. */
export function searchRequest(conditions: Conditions, timeZone: string): SearchRequest {
  const { query, location, locationIds, from, to, categories, countries, virtual } = conditions;
  return {
    ...(query.trim() === "" ? {} : { query: query.trim() }),
    ...(location.trim() === "" ? {} : { location: location.trim() }),
    ...(locationIds.length === 0 ? {} : { location_ids: locationIds }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(countries.length === 0 ? {} : { countries }),
    ...(virtual === undefined ? {} : { virtual }),
    limit: pageSize,
    time_zone: timeZone,
  };
}

/** The request for what fits in a month as the person lives it; undefined where nothing can. */
export function monthRequest(conditions: Conditions, month: string, timeZone: string): SearchRequest | undefined {
  const { first, last } = monthDays(month);
  // A day more on both sides: the first of a month begins elsewhere when it is still the last of the one before here.
  const from = later(conditions.from, addDays(first, -1));
  const to = earlier(conditions.to, addDays(last, 1));
  if (from > to) return undefined;
  return { ...searchRequest({ ...conditions, from, to }, timeZone), limit: monthPageSize };
}

/** First and last day of a month such as `2026-03`. */
export function monthDays(month: string): { first: string; last: string } {
  return { first: `${month}-01`, last: addDays(`${shiftMonth(month, 1)}-01`, -1) };
}

/** So many months later. */
export function shiftMonth(month: string, count: number): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 1970, (number ?? 1) - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The month that the address names. */
export function readMonth(search: URLSearchParams): string | undefined {
  const month = search.get("month");
  return month !== null && monthPattern.test(month) ? month : undefined;
}

function later(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other;
}

function earlier(one: string | undefined, other: string): string {
  return one !== undefined && one < other ? one : other;
}
