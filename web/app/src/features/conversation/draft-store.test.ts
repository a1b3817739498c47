import { describe, expect, it } from "vitest";
import { createDraftStore, draftPlace } from "./draft-store.ts";

describe("drafts", () => {
  it("survive a reload", () => {
    createDraftStore(localStorage).write("ada.t1", "half a thought");
    expect(createDraftStore(localStorage).read("ada.t1")).toBe("half a thought");
  });

  it("are kept apart by person and conversation", () => {
    const store = createDraftStore(localStorage);
    store.write(draftPlace("ada", "t1"), "one");
    store.write(draftPlace("ada", undefined), "two");
    expect(store.read(draftPlace("ada", "t1"))).toBe("one");
    expect(store.read(draftPlace("ada", undefined))).toBe("two");
    expect(store.read(draftPlace("bob", "t1"))).toBe("");
  });

  it("leave nothing behind when they are cleared", () => {
    const store = createDraftStore(localStorage);
    store.write("ada.t1", "text");
    store.write("ada.t1", "");
    expect(localStorage.length).toBe(0);
  });

  it("live as long as the page where storage refuses to write", () => {
    const store = createDraftStore({
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
      removeItem: () => undefined,
    });
    store.write("ada.t1", "text");
    expect(store.read("ada.t1")).toBe("text");
  });
});
