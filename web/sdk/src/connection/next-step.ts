import type { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { ClosedReason } from "./connection-state.ts";
import type { TransportEnd } from "./transport.ts";

/** What to do after a connection ended or could not be had. */
export type NextStep =
  | { readonly kind: "stop"; readonly reason: ClosedReason }
  | { readonly kind: "refresh" }
  /** Wait at least so long, plus a random part of `jitterMilliseconds`, and never less than the backoff. */
  | { readonly kind: "reconnect"; readonly waitMilliseconds: number; readonly jitterMilliseconds: number };

const firstBackoffMilliseconds = 500;
const longestBackoffMilliseconds = 30_000;

/** Half fixed, half random, doubling: many clients that lost one server do not come back in the same instant. */
export function backoffMilliseconds(attempt: number, random: number): number {
  const full = Math.min(firstBackoffMilliseconds * 2 ** Math.min(attempt, 10), longestBackoffMilliseconds);
  return full / 2 + (full / 2) * random;
}

/** The contract's table of close codes. */
export function nextStep(end: TransportEnd): NextStep {
  switch (end.kind) {
    case "unreachable":
      return reconnect(0, 0);
    case "refused":
      return nextStepAfterError(end.error);
    case "closed":
      return nextStepAfterClose(end.code, end.retryAfterSeconds);
  }
}

/** What to do after an HTTP request of the connection was refused. */
export function nextStepAfterError(error: EvenkeelError): NextStep {
  // Expired although it was refreshed just before: the tries are counted, and may succeed.
  if (error.code === "token_expired") return { kind: "refresh" };
  // The HTTP client has refreshed and repeated already: any other 401 means signing in again.
  if (error.status === 401) return { kind: "stop", reason: "signed_out" };
  if (error.status === 403) return { kind: "stop", reason: "forbidden" };
  if (error.status === 404) return { kind: "stop", reason: "not_found" };
  return reconnect((error.retryAfterSeconds ?? 0) * 1000, 0);
}

function nextStepAfterClose(code: number, retryAfterSeconds: number | null): NextStep {
  const retryAfter = (fallback: number) => (retryAfterSeconds ?? fallback) * 1000;
  switch (code) {
    case 4401:
      return { kind: "refresh" };
    case 4403:
      return { kind: "stop", reason: "forbidden" };
    case 4404:
      return { kind: "stop", reason: "not_found" };
    case 4429:
      return reconnect(retryAfter(30), 5000);
    case 1013:
      return reconnect(retryAfter(10), 5000);
    case 1001:
      return reconnect(retryAfter(0), 3000);
    case 4480:
    case 4408:
      return reconnect(0, 500);
    default:
      return reconnect(retryAfter(0), 0);
  }
}

function reconnect(waitMilliseconds: number, jitterMilliseconds: number): NextStep {
  return { kind: "reconnect", waitMilliseconds, jitterMilliseconds };
}
