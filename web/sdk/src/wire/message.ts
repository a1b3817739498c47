/** Who wrote a message. */
export type MessageRole = "user" | "assistant";

/** `complete` is final and whole, `stopped` is what had been written when the person stopped, `failed` has no answer. */
export type MessageStatus = "complete" | "stopped" | "failed";

/** A passage an answer rests on. */
export interface Citation {
  /** The number in the answer: `[1]`. */
  readonly index: number;
  readonly label?: string;
  readonly passage_id: string;
  readonly document_id: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  readonly snippet: string;
}

/** Why a turn failed, as stored with the thread. */
export interface MessageError {
  readonly error_code: string;
  /** Localized text for a person. */
  readonly error: string;
  readonly retryable: boolean;
  readonly retry_after_s?: number;
  readonly correlation_id: string;
}

/** Structured facts stored with a message: what the person saw. */
export interface MessageMeta {
  readonly citations?: readonly Citation[];
  readonly model?: string;
  /** The model that failed before, where a fallback answered. */
  readonly fallback?: string;
  readonly retry_meta?: { readonly attempts: number };
  /** The answer this one replaces; a view shows only the newest. */
  readonly replaces?: string;
  /** Only with status `failed`. */
  readonly error?: MessageError;
  /** How the turn was routed. */
  readonly route?: string;
}

/** A message as lists give it; the same members as its frame. */
export interface Message {
  readonly seq: number;
  readonly id: string;
  readonly role: MessageRole;
  readonly text: string;
  readonly status: MessageStatus;
  readonly turn_id: string;
  readonly created_at: string;
  /** The id the sending client gave; only on user messages. */
  readonly client_message_id?: string;
  readonly meta?: MessageMeta;
}
