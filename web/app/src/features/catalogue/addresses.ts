const base = "/admin/catalogue";

export const eventsAddress = `${base}/events`;
export const locationsAddress = `${base}/locations`;
export const importAddress = `${base}/import`;
export const indexAddress = `${base}/index`;

/** Stands in an address where one that is to be made has no id yet. */
export const newId = "new";

/** Address of an event. */
export function eventAddress(id: string): string {
  return `${eventsAddress}/${id}`;
}

/** Address of a place. */
export function locationAddress(id: string): string {
  return `${locationsAddress}/${id}`;
}

/** Address of the events at a place. */
export function eventsAtAddress(locationId: string): string {
  return `${eventsAddress}?place=${locationId}`;
}
