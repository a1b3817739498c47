import { describe, expect, it } from "vitest";
import { returnAddress, returnSearch } from "./return-address.ts";

const origin = "https://chat.example";
const there = { pathname: "/chat/t1", search: "?passage=p1" };

describe("the way back after signing in", () => {
  it("leads to where one was, and says that the session ended", () => {
    const search = returnSearch(there, "expired");
    expect(returnAddress(search, origin)).toBe("/chat/t1?passage=p1");
    expect(new URLSearchParams(search).has("expired")).toBe(true);
  });

  it("leads home for who left on purpose", () => {
    expect(returnSearch(there, "left")).toBe("");
    expect(returnAddress("", origin)).toBe("/chat");
  });

  it.each(["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"])(
    "never leads to another site: %s",
    (next) => {
      expect(returnAddress(`?next=${encodeURIComponent(next)}`, origin)).toBe("/chat");
    },
  );
});
