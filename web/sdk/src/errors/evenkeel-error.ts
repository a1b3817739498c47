import type { FieldError } from "../wire/rest.ts";
import type { ContractErrorCode } from "./error-catalogue.ts";

/** Codes of the wire contract, and two this library makes itself: `network_error` and `invalid_response`. */
export type ErrorCode = ContractErrorCode | "network_error" | "invalid_response";

/** What is known about a failure. */
export interface ErrorFacts {
  /** A newer server may send codes this version does not name. */
  readonly code: ErrorCode | (string & {});
  readonly message: string;
  /** HTTP status; 0 when no response came. */
  readonly status: number;
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number | undefined;
  readonly correlationId?: string | undefined;
  readonly fieldErrors?: readonly FieldError[] | undefined;
  readonly cause?: unknown;
}

/** Every failure this library reports. `message` is localized by the server and meant for a person. */
export class EvenkeelError extends Error {
  readonly code: ErrorFacts["code"];
  readonly status: number;
  /** Whether the same request may succeed when sent again. */
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | null;
  /** The id to give to support. */
  readonly correlationId: string | null;
  readonly fieldErrors: readonly FieldError[];

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.code = facts.code;
    this.status = facts.status;
    this.retryable = facts.retryable;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.correlationId = facts.correlationId ?? null;
    this.fieldErrors = facts.fieldErrors ?? [];
  }
}

/** Nobody is signed in, or what they showed is not accepted. */
export class AuthenticationError extends EvenkeelError {}
/** Not allowed. */
export class ForbiddenError extends EvenkeelError {}
/** Does not exist (any more), or belongs to somebody else. */
export class NotFoundError extends EvenkeelError {}
/** Fields are not right; see `fieldErrors`. */
export class InvalidRequestError extends EvenkeelError {}
/** Clashes with something that exists. */
export class ConflictError extends EvenkeelError {}
/** Refused for now; wait `retryAfterSeconds`. */
export class BusyError extends EvenkeelError {}
/** The turn failed: model, retrieval, moderation, credits. */
export class TurnFailedError extends EvenkeelError {}
/** No answer from the server: no network, or nothing in time. */
export class NetworkError extends EvenkeelError {}
/** The server failed, or answered with something that is not its contract. */
export class ServerError extends EvenkeelError {}

type ErrorClass = new (facts: ErrorFacts) => EvenkeelError;

// A code added to the contract does not compile until it has a class here.
const classes: Readonly<Record<ErrorCode, ErrorClass>> = {
  auth_required: AuthenticationError,
  auth_failed: AuthenticationError,
  token_expired: AuthenticationError,
  token_invalid: AuthenticationError,
  forbidden: ForbiddenError,
  not_found: NotFoundError,
  invalid_request: InvalidRequestError,
  location_error: InvalidRequestError,
  conflict: ConflictError,
  search_handle_expired: NotFoundError,
  rate_limited: BusyError,
  queue_full: BusyError,
  circuit_open: BusyError,
  content_blocked: TurnFailedError,
  insufficient_credits: TurnFailedError,
  llm_unavailable: TurnFailedError,
  llm_timeout: TurnFailedError,
  rag_error: TurnFailedError,
  worker_lost: TurnFailedError,
  cancelled: TurnFailedError,
  network_error: NetworkError,
  server_error: ServerError,
  invalid_response: ServerError,
};

/** Makes the error of the class that belongs to its code. */
export function createError(facts: ErrorFacts): EvenkeelError {
  const ClassOfCode = isKnown(facts.code) ? classes[facts.code] : EvenkeelError;
  return new ClassOfCode(facts);
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(classes, code);
}
