import { expect, it } from "vitest";
import { placeName } from "./place-name.ts";

const berlin = { name: "Berlin", chinese_name: "柏林", country: "Germany", country_code: "DE" };

it("a place is named in the reader's language, as far as it is known", () => {
  expect(placeName(berlin, "en")).toBe("Berlin, Germany");
  expect(placeName(berlin, "zh")).toBe("柏林，德国");
  expect(placeName({ name: "Pune", country: "India", country_code: "IN" }, "zh")).toBe("Pune，印度");
  expect(placeName({ name: "Paris", country: "United States" }, "zh")).toBe("Paris，United States");
});

it("a venue is named with its city", () => {
  const hall = { name: "Hall 1", city: "Berlin", city_chinese_name: "柏林", country: "Germany", country_code: "DE" };
  expect(placeName(hall, "en")).toBe("Hall 1, Berlin, Germany");
  expect(placeName(hall, "zh")).toBe("Hall 1，柏林，德国");
});

it("a country is not named twice", () => {
  expect(placeName({ name: "Germany", chinese_name: "德国", country_code: "DE" }, "zh")).toBe("德国");
  expect(placeName({ name: "Singapore", chinese_name: "新加坡", country: "Singapore", country_code: "SG" }, "zh")).toBe(
    "新加坡",
  );
  expect(placeName({ name: "Singapore", country: "Singapore" }, "en")).toBe("Singapore");
});
