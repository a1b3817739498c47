import { describe, expect, it } from "vitest";
import { createUnsentStore, draftWithUnsent } from "./unsent-store.ts";

describe("messages on their way", () => {
  it("are found again after a reload", () => {
    const unsent = [{ clientMessageId: "c1", text: "hello" }];
    createUnsentStore(localStorage).write("ada.t1", unsent);
    expect(createUnsentStore(localStorage).read("ada.t1")).toEqual(unsent);
  });

  it("go before what was being written", () => {
    expect(draftWithUnsent("next", [{ clientMessageId: "c1", text: "first" }])).toBe("first\n\nnext");
  });

  it("are ignored where storage holds something else", () => {
    localStorage.setItem("evenkeel.unsent.ada.t1", '{"broken":');
    localStorage.setItem("evenkeel.unsent.ada.t2", '[1, {"text": 5}]');
    const store = createUnsentStore(localStorage);
    expect(store.read("ada.t1")).toEqual([]);
    expect(store.read("ada.t2")).toEqual([]);
  });
});
