import type { Message } from "./message.ts";
import type { Wire } from "./wire.ts";

/** What somebody may do in an organization. */
export type Role = "owner" | "admin" | "member";

/** A person. */
export type User = Wire<"User">;

/** An organization: the tenant. */
export type Organization = Wire<"Organization">;

/** Who is signed in. */
export type Identity = Wire<"Identity", { readonly role: Role }>;

/** Tokens of a session. */
export type TokenResponse = Wire<"TokenResponse", { readonly token_type?: string }>;

/** Answer to register and login. */
export type SignedInResponse = Wire<"SignedInResponse", { readonly role: Role }>;

/** Body of `POST /auth/register`. */
export type RegisterRequest = Wire<"RegisterRequest", { readonly email: string; readonly password: string }>;

/** Body of `POST /auth/login`. */
export type LoginRequest = Wire<"LoginRequest", { readonly email: string; readonly password: string }>;

/** Answer to `POST /auth/refresh-for-streaming`. */
export type StreamingCheckResponse = Wire<"StreamingCheckResponse">;

/** Whether a conversation refuses messages for a while after failures. */
export type ThreadBreaker = Wire<"ThreadBreaker", { readonly state: "closed" | "open" | "half_open" }>;

/** A conversation. */
export type ChatThread = Wire<"ChatThread", { readonly breaker: ThreadBreaker }>;

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string;
}

/** A page of messages, ascending by `seq`. */
export type MessagePage = Wire<"MessagePage", { readonly items: readonly Message[]; readonly breaker?: ThreadBreaker }>;

/** Body of `POST /api/v1/chat`. */
export type SendMessageRequest = Wire<
  "SendMessageRequest",
  {
    readonly message: string;
    /** The person's (IANA), for "tomorrow" and the like. */
    readonly time_zone?: string;
  }
>;

/** The message is stored and its turn is queued. */
export type SendMessageResponse = Wire<"SendMessageResponse">;

/** State of a turn. */
export type TurnStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";

/** Answer to a stop. */
export type StopTurnResponse = Wire<"StopTurnResponse", { readonly status?: TurnStatus }>;

/** A chatbot. */
export type Chatbot = Wire<"Chatbot", { readonly status: "draft" | "published" }>;

/** How a part of the server is, or the whole: `unavailable` = turns cannot go on. */
export type HealthStatus = "ok" | "degraded" | "unavailable";

/** One part of the server, with what to do about it. */
export type HealthCheck = Wire<
  "HealthCheck",
  { readonly status: HealthStatus; readonly details?: Readonly<Record<string, unknown>> }
>;

/** How the server is; `checks` only for owners and administrators. */
export interface HealthReport {
  readonly status: HealthStatus;
  readonly checks?: readonly HealthCheck[];
}

/** What the organization may use; `balance` and what belongs to it only where the plan is metered. */
export type CreditStatus = Wire<"CreditStatus">;

/** Why an entry stands in the ledger. */
export type CreditEntryKind = "hold" | "settle" | "release" | "grant" | "refill" | "plan";

/** A row of the ledger. */
export type CreditEntry = Wire<"CreditEntry", { readonly kind: CreditEntryKind }>;

/** Body of `POST /api/v1/admin/credits/grants`. */
export type GrantCreditsRequest = Wire<"GrantCreditsRequest", { readonly amount: number; readonly note: string }>;

/** Body of every failed HTTP request. */
export type ErrorEnvelope = Wire<"ErrorEnvelope">;

/** One field that is not right. */
export type FieldError = Wire<"FieldError">;
