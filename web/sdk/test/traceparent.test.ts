import { expect, test } from "vitest";
import { traceparentOf } from "../src/http/traceparent.ts";

test("the trace has the correlation id's digits", () => {
  expect(traceparentOf("0198c0de-0000-7000-8000-00000000000A")).toBe(
    "00-0198c0de00007000800000000000000a-800000000000000a-01",
  );
});

test("what is no UUID begins no trace", () => {
  expect(traceparentOf("correlation-1")).toBeNull();
});
