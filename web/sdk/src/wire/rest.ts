import type { Message } from "./message.ts";

/** A person. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly locale: string;
  readonly created_at: string;
}

/** An organization: the tenant. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
}

/** Who is signed in. */
export interface Identity {
  readonly user: User;
  readonly organization: Organization;
  readonly role: "owner" | "admin" | "member";
}

/** Tokens of a session. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in_seconds: number;
  readonly refresh_token: string;
}

/** Answer to register and login. */
export type SignedInResponse = Identity & TokenResponse;

/** Body of `POST /auth/register`. */
export interface RegisterRequest {
  readonly email: string;
  readonly password: string;
  readonly display_name?: string;
  readonly organization_name?: string;
  readonly locale?: string;
}

/** Body of `POST /auth/login`. */
export interface LoginRequest {
  readonly email: string;
  readonly password: string;
}

/** Answer to `POST /auth/refresh-for-streaming`. */
export interface StreamingCheckResponse {
  readonly valid: boolean;
  readonly user_id: string;
  readonly token_expires_in_seconds: number;
  readonly should_refresh: boolean;
  readonly stream_ticket: string;
  readonly ticket_expires_in_seconds: number;
}

/** A conversation. */
export interface ChatThread {
  readonly id: string;
  readonly title: string;
  readonly chatbot_id: string;
  readonly last_seq: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly running_turn_id?: string;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string;
}

/** A page of messages, ascending by `seq`. */
export interface MessagePage {
  readonly items: readonly Message[];
  /** For older messages; absent at the beginning of the thread. */
  readonly next_before_seq?: number;
  /** The newest `seq` of the thread when this page was read: resume from it. */
  readonly last_seq: number;
  /** The turn that waits or runs, if any. */
  readonly running_turn_id?: string;
}

/** Body of `POST /api/v1/chat`. */
export interface SendMessageRequest {
  readonly message: string;
  readonly thread_id?: string;
  readonly chatbot_id?: string;
  readonly client_message_id?: string;
  readonly search_handle?: string;
  readonly candidate_event_ids?: readonly string[];
  readonly locale?: string;
}

/** The message is stored and its turn is queued. */
export interface SendMessageResponse {
  readonly thread_id: string;
  readonly message_id: string;
  readonly turn_id: string;
  readonly seq: number;
  readonly correlation_id: string;
  readonly queue: { readonly position: number; readonly estimated_wait_ms: number };
  readonly stream_url: string;
  readonly socket_url: string;
}

/** Answer to a stop. */
export interface StopTurnResponse {
  /** Absent when nothing ran. */
  readonly turn_id?: string;
  readonly status?: "queued" | "running" | "succeeded" | "failed" | "cancelled";
}

/** A chatbot. */
export interface Chatbot {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly welcome_message: string;
  readonly status: "draft" | "published";
  readonly created_at: string;
  readonly updated_at: string;
}

/** A passage of a document: what an answer cites. */
export interface Passage {
  readonly id: string;
  readonly document_id: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  readonly text: string;
  readonly language: string;
  readonly ordinal: number;
}

/** Body of every failed HTTP request. */
export interface ErrorEnvelope {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly error_code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retry_after_s?: number;
  readonly correlation_id: string;
  readonly details?: readonly FieldError[];
}

/** One field that is not right. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}
