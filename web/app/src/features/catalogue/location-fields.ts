import type { CatalogueLocation, LocationKind, SaveLocationRequest } from "@evenkeel/sdk";

export const locationKinds = ["country", "region", "city", "venue"] as const satisfies readonly LocationKind[];

/** What stands in the form of a place. */
export interface LocationFields {
  name: string;
  kind: LocationKind;
  parentId: string | null;
  countryCode: string;
  latitude: string;
  longitude: string;
  timeZone: string;
  aliases: string[];
}

export type LocationField = "name" | "countryCode" | "latitude" | "longitude" | "parentId" | "timeZone" | "aliases";
export type LocationFieldProblem = "name_missing" | "country_wrong" | "coordinate_wrong" | "coordinate_missing";

export const newLocationFields: LocationFields = {
  name: "",
  kind: "city",
  parentId: null,
  countryCode: "",
  latitude: "",
  longitude: "",
  timeZone: "",
  aliases: [],
};

/** The form of a place there is. */
export function fieldsOfLocation(location: CatalogueLocation): LocationFields {
  return {
    name: location.name,
    kind: location.kind,
    parentId: location.parent_id ?? null,
    countryCode: location.country_code ?? "",
    latitude: location.latitude === undefined ? "" : String(location.latitude),
    longitude: location.longitude === undefined ? "" : String(location.longitude),
    timeZone: location.time_zone ?? "",
    aliases: [...location.aliases],
  };
}

/** What is wrong, field by field, as far as can be said without asking the server. */
export function locationProblems(fields: LocationFields): Partial<Record<LocationField, LocationFieldProblem>> {
  const { name, countryCode } = fields;
  const latitude = coordinateProblem(fields.latitude, fields.longitude, 90);
  const longitude = coordinateProblem(fields.longitude, fields.latitude, 180);
  return {
    ...(name.trim() === "" ? { name: "name_missing" as const } : {}),
    ...(/^([A-Za-z]{2})?$/.test(countryCode.trim()) ? {} : { countryCode: "country_wrong" as const }),
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
  };
}

/** The request that saves the form. */
export function locationRequest(fields: LocationFields): SaveLocationRequest {
  const { name, kind, parentId, countryCode, latitude, longitude, timeZone, aliases } = fields;
  return {
    name: name.trim(),
    kind,
    ...(parentId === null ? {} : { parent_id: parentId }),
    ...(countryCode.trim() === "" ? {} : { country_code: countryCode.trim().toUpperCase() }),
    ...(latitude.trim() === "" ? {} : { latitude: Number(latitude), longitude: Number(longitude) }),
    ...(timeZone === "" ? {} : { time_zone: timeZone }),
    aliases,
  };
}

function coordinateProblem(text: string, other: string, most: number): LocationFieldProblem | undefined {
  if (text.trim() === "") return other.trim() === "" ? undefined : "coordinate_missing";
  return Math.abs(Number(text)) <= most ? undefined : "coordinate_wrong";
}
