import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useSecondsUntil } from "./use-seconds-until.ts";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

describe("the seconds until a moment", () => {
  it("count down to 0, and are 0 when the moment has come", () => {
    const { result } = renderHook(() => useSecondsUntil(1_002_400));
    expect(result.current).toBe(3);
    pass(400);
    expect(result.current).toBe(2);
    pass(1000);
    expect(result.current).toBe(1);
    pass(999);
    expect(result.current).toBe(1);
    pass(1);
    expect(result.current).toBe(0);
  });

  it("are counted from now when the moment changes", () => {
    const { result, rerender } = renderHook(({ moment }) => useSecondsUntil(moment), { initialProps: { moment: 0 } });
    expect(result.current).toBe(0);
    vi.setSystemTime(1_060_000);
    rerender({ moment: 1_065_000 });
    expect(result.current).toBe(5);
  });
});
