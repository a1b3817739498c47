import type { TimelineEvent } from "@evenkeel/sdk";
import { expect, it } from "vitest";
import { mergeEvents } from "./merge-events.ts";

const event = (seq: number) => ({ seq }) as TimelineEvent;

it("shows every event of a session once, whatever comes twice", () => {
  const known = [event(1), event(2)];
  expect(mergeEvents(known, [event(2), event(3), event(3), event(5)]).map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
  expect(mergeEvents(known, [event(1)])).toBe(known);
});
