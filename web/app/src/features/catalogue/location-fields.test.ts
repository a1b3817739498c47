import { describe, expect, it } from "vitest";
import { fieldsOfLocation, locationProblems, locationRequest, newLocationFields } from "./location-fields.ts";

const berlin = { ...newLocationFields, name: " Berlin ", countryCode: "de", latitude: "52.52", longitude: "13.4" };

describe("the form of a place", () => {
  it("sends what was given, as it is compared", () => {
    expect(locationRequest({ ...berlin, parentId: "l1", aliases: ["柏林"] })).toEqual({
      name: "Berlin",
      kind: "city",
      parent_id: "l1",
      country_code: "DE",
      latitude: 52.52,
      longitude: 13.4,
      aliases: ["柏林"],
    });
  });

  it("shows a place there is without changing it", () => {
    const location = {
      id: "l2",
      name: "Equator",
      kind: "venue" as const,
      latitude: 0,
      longitude: 0,
      aliases: [],
      event_count: 3,
      created_at: "",
      updated_at: "",
    };
    expect(locationRequest(fieldsOfLocation(location))).toEqual({
      name: "Equator",
      kind: "venue",
      latitude: 0,
      longitude: 0,
      aliases: [],
    });
  });

  it("needs a name, a code of two letters, and both coordinates or none", () => {
    expect(locationProblems(newLocationFields)).toEqual({ name: "name_missing" });
    expect(locationProblems({ ...berlin, countryCode: "Germany" })).toEqual({ countryCode: "country_wrong" });
    expect(locationProblems({ ...berlin, longitude: "" })).toEqual({ longitude: "coordinate_missing" });
    expect(locationProblems({ ...berlin, latitude: "91", longitude: "x" })).toEqual({
      latitude: "coordinate_wrong",
      longitude: "coordinate_wrong",
    });
    expect(locationProblems(berlin)).toEqual({});
  });
});
