import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { usePlaceText } from "./use-place-text.ts";

describe("the place of a passage", () => {
  it("is said as the format counts it", () => {
    const { result } = renderHook(() => usePlaceText());
    expect(result.current({ page: 3 })).toBe("Page 3");
    expect(result.current({ slide: 12 })).toBe("Slide 12");
    expect(result.current({ sheet: "Prices", first_row: 2, last_row: 40 })).toBe("Sheet “Prices”, rows 2 to 40");
    expect(result.current({ sheet: "Prices", first_row: 2, last_row: 2 })).toBe("Sheet “Prices”, row 2");
  });

  it("is not said where nothing is known", () => {
    const { result } = renderHook(() => usePlaceText());
    expect(result.current(undefined)).toBeNull();
    expect(result.current({ anchor: "install" })).toBeNull();
  });
});
