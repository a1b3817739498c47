import type { EventFilter } from "@evenkeel/sdk";

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** The filter that an address says. */
export function readEventFilter(search: URLSearchParams): EventFilter {
  const text = (name: string) => search.get(name) || undefined;
  const day = (name: string) => {
    const value = search.get(name);
    return value !== null && dayPattern.test(value) ? value : undefined;
  };
  const virtual = search.get("virtual");
  return {
    q: text("q"),
    from: day("from"),
    to: day("to"),
    category: text("category"),
    locationId: text("place"),
    virtual: virtual === "true" ? true : virtual === "false" ? false : undefined,
  };
}

/** Whether it leaves anything out. */
export function isEventFilterOn(filter: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
