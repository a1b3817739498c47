import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes.ts";

it("says sizes in the unit people would use", () => {
  expect([0, 1, 999, 1000, 1249, 64_000, 1_250_000, 64_000_000, 5e12].map((bytes) => formatBytes(bytes, "en"))).toEqual(
    ["0 bytes", "1 byte", "999 bytes", "1 kB", "1.2 kB", "64 kB", "1.3 MB", "64 MB", "5,000 GB"],
  );
});
