import { describe, expect, it } from "vitest";
import { readTimeWindow } from "./time-window.ts";

const now = Date.parse("2026-03-10T10:07:30Z");
const read = (search: string) => {
  const { from, to, ...rest } = readTimeWindow(new URLSearchParams(search), now);
  return { ...rest, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
};

describe("the time that an address says", () => {
  it("is the last day unless told otherwise, the step under way included", () => {
    expect(read("")).toEqual({
      range: "24h",
      from: "2026-03-09T10:15:00.000Z",
      to: "2026-03-10T10:15:00.000Z",
      stepSeconds: 900,
      isCompared: false,
    });
    expect(read("range=nonsense").range).toBe("24h");
  });

  it("is the time given, in steps that are few enough and kept", () => {
    expect(read("range=own&from=2026-03-10T08:00:30Z&to=2026-03-10T09:00:00Z&compare=true")).toEqual({
      range: "own",
      from: "2026-03-10T08:00:00.000Z",
      to: "2026-03-10T09:00:00.000Z",
      stepSeconds: 60,
      isCompared: true,
    });
    expect(read("range=own&from=2026-02-01T08:00:00Z&to=2026-02-01T09:00:00Z").stepSeconds).toBe(3_600);
    expect(read("range=own&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z").stepSeconds).toBe(86_400);
  });

  it("is the usual one where what is given makes no sense", () => {
    expect(read("range=own&from=2026-03-10T09:00:00Z&to=2026-03-10T08:00:00Z").range).toBe("24h");
    expect(read("range=own&from=x").range).toBe("24h");
  });
});
