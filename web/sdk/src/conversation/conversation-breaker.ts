import type { ChatErrorFrame, DurableFrame } from "../wire/frames.ts";
import type { ThreadBreaker } from "../wire/rest.ts";

/** The circuit breaker of a conversation as far as it is known here. */
export interface ConversationBreaker {
  /** Failed turns in a row. */
  readonly failures: number;
  /**
   * Until when sending is refused, milliseconds since 1970 on this machine's clock; null while closed. Once it has
   * passed, one message is let through as a probe: its end closes the breaker or opens it again.
   */
  readonly openUntil: number | null;
}

/** Nothing went wrong. */
export const closedBreaker: ConversationBreaker = { failures: 0, openUntil: null };

/** Failed turns in a row that open it. */
const failuresToOpen = 5;

/** Ends that count; what the person asked for or caused does not. */
const countedCodes: ReadonlySet<string> = new Set([
  "llm_unavailable",
  "llm_timeout",
  "rag_error",
  "worker_lost",
  "server_error",
]);

/** The breaker as a list or thread shows it, read at `at`. */
export function breakerFrom(breaker: ThreadBreaker | undefined, at: number): ConversationBreaker {
  if (breaker === undefined || breaker.state === "closed") {
    return breaker === undefined ? closedBreaker : { failures: breaker.failures, openUntil: null };
  }
  return { failures: breaker.failures, openUntil: at + (breaker.retry_after_s ?? 0) * 1000 };
}

/** The breaker after a turn's end: the server's own rule, so that no question is needed after each failure. */
export function breakerAfter(
  breaker: ConversationBreaker,
  frame: DurableFrame,
  serverClockOffset: number,
): ConversationBreaker {
  if (frame.type === "chat_message") {
    return frame.role === "assistant" && frame.status === "complete" ? closedBreaker : breaker;
  }
  const until = openUntil(frame, serverClockOffset);
  if (frame.error_code === "circuit_open") return until === null ? breaker : { ...breaker, openUntil: until };
  if (!countedCodes.has(frame.error_code)) return breaker;
  const failures = breaker.failures + 1;
  const opens = breaker.openUntil !== null || failures >= failuresToOpen;
  return { failures, openUntil: opens ? (until ?? breaker.openUntil) : null };
}

/** The breaker after a refusal with `circuit_open`. */
export function breakerAfterRefusal(
  breaker: ConversationBreaker,
  retryAfterSeconds: number | null,
  at: number,
): ConversationBreaker {
  return retryAfterSeconds === null ? breaker : { ...breaker, openUntil: at + retryAfterSeconds * 1000 };
}

function openUntil(frame: ChatErrorFrame, serverClockOffset: number): number | null {
  if (frame.retry_after_s === undefined) return null;
  return Date.parse(frame.created_at) - serverClockOffset + frame.retry_after_s * 1000;
}
