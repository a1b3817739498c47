import { createMemoryTokenStore } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { watchSession } from "./session-state.ts";

const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 2, refreshAt: 1 };

describe("the session", () => {
  it("is expired when its tokens go by themselves", () => {
    const store = createMemoryTokenStore(tokens);
    const watch = watchSession(store);
    store.clear();
    expect(watch.current()).toBe("expired");
  });

  it("is left when that was wanted, and only then", () => {
    const store = createMemoryTokenStore(tokens);
    const watch = watchSession(store);
    watch.expectLeaving();
    store.clear();
    expect(watch.current()).toBe("left");
    store.set(tokens);
    store.clear();
    expect(watch.current()).toBe("expired");
  });

  it("is nobody's before anybody signed in", () => {
    expect(watchSession(createMemoryTokenStore()).current()).toBe("nobody");
  });
});
