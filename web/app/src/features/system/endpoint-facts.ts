import type { HealthCheck } from "@evenkeel/sdk";

/** State of a circuit breaker. */
export type BreakerState = "closed" | "open" | "half_open";

/** What a check says of a model endpoint. */
export interface EndpointFacts {
  readonly breaker: BreakerState;
  /** When the next call is let through, milliseconds since 1970; null when none is held back. */
  readonly retryAt: number | null;
  readonly model: string | null;
  readonly recentFailures: number | null;
  readonly lastErrorCode: string | null;
}

/** The facts of a model endpoint; null where a check is of something else. */
export function endpointFacts(check: HealthCheck): EndpointFacts | null {
  const { breaker, retry_at: retryAt, model, recent_failures: failures, last_error_code: code } = check.details ?? {};
  if (!isBreakerState(breaker)) return null;
  const moment = typeof retryAt === "string" ? Date.parse(retryAt) : Number.NaN;
  return {
    breaker,
    retryAt: Number.isNaN(moment) ? null : moment,
    model: typeof model === "string" ? model : null,
    recentFailures: typeof failures === "number" ? failures : null,
    lastErrorCode: typeof code === "string" ? code : null,
  };
}

function isBreakerState(value: unknown): value is BreakerState {
  return value === "closed" || value === "open" || value === "half_open";
}
