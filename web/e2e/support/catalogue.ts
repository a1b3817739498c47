import { api, type Person } from "./person.ts";

/** An event as tests need it. */
export interface SeedEvent {
  readonly title: string;
  readonly starts: string;
  readonly ends?: string;
  readonly time_zone?: string;
  readonly url?: string;
  readonly virtual?: boolean;
  readonly categories?: readonly string[];
}

/** A place as tests need it. */
export interface SeedCity {
  readonly name: string;
  readonly country_code: string;
  readonly aliases?: readonly string[];
}

/** A day of the month after this one, or of those behind it: tests look at months, and no test may depend on which one it is. */
export function nextMonth(day: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, day)).toISOString().slice(0, 10);
}

/** A city with events, made as the pages do it but faster. */
export async function seedCity(
  serverUrl: string,
  person: Person,
  city: SeedCity,
  events: readonly SeedEvent[],
): Promise<{ locationId: string; eventIds: readonly string[] }> {
  const body = JSON.stringify({ ...city, kind: "city" });
  const { id } = await api<{ id: string }>(serverUrl, person, "/api/v1/locations", { method: "POST", body });
  const eventIds: string[] = [];
  for (const event of events) {
    const made = await api<{ id: string }>(serverUrl, person, "/api/v1/events", {
      method: "POST",
      body: JSON.stringify({ ...event, location_id: id }),
    });
    eventIds.push(made.id);
  }
  return { locationId: id, eventIds };
}
