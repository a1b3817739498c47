import { describe, expect, it } from "vitest";
import { endpointFacts } from "./endpoint-facts.ts";

const check = { name: "model", status: "degraded", found: "failing" } as const;

describe("the facts of a model endpoint", () => {
  it("are read from the details of its check", () => {
    const details = {
      breaker: "open",
      retry_at: "2026-01-31T12:00:00.000Z",
      model: "m-1",
      recent_failures: 7,
      last_error_code: "llm_timeout",
    };
    expect(endpointFacts({ ...check, details })).toEqual({
      breaker: "open",
      retryAt: Date.parse("2026-01-31T12:00:00.000Z"),
      model: "m-1",
      recentFailures: 7,
      lastErrorCode: "llm_timeout",
    });
  });

  it("are absent where a check is of something else, or of a form not known here", () => {
    expect(endpointFacts(check)).toBeNull();
    expect(endpointFacts({ ...check, details: { breaker: "ajar" } })).toBeNull();
    expect(endpointFacts({ ...check, details: { breaker: "open", retry_at: "soon" } })?.retryAt).toBeNull();
  });
});
