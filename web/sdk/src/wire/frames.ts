import type { Message, MessageMeta } from "./message.ts";
import type { TimelineEvent } from "./timeline-event.ts";

interface Correlated {
  /** Correlation id of the send that caused the frame. */
  readonly cid?: string;
}

/** The greeting of a connection. */
export interface ConnectedFrame extends Correlated {
  readonly type: "chat_status";
  readonly event: "connected";
  readonly thread_id: string;
  /** The newest `seq` of the thread. */
  readonly last_seq: number;
  /** Whether everything after `after_seq` follows; otherwise a fresh snapshot follows. */
  readonly recovered: boolean;
  /** The oldest `seq` of the snapshot that follows when `recovered` is false. */
  readonly snapshot_from_seq?: number;
  readonly server_time: string;
  readonly token_expires_in_seconds?: number;
}

/** What a turn is doing. Not durable: the newest one counts. */
export interface TurnStatusFrame extends Correlated {
  readonly type: "chat_status";
  readonly event: "queued" | "typing" | "retrying" | "stage";
  readonly turn_id: string;
  /** When the turn may be considered stuck if nothing further came. */
  readonly deadline?: string;
  readonly stage?: string;
  readonly user_message?: string;
  readonly attempt?: number;
  readonly retry_in_ms?: number;
  /** With `retrying`: which call of a model comes next. */
  readonly model_call?: number;
  /** With `queued`: how many turns are ahead. */
  readonly position?: number;
}

/** The turn is over; follows its end within 200 ms. */
export interface IdleFrame extends Correlated {
  readonly type: "chat_status";
  readonly event: "idle";
  /** Absent = nothing runs in the thread. */
  readonly turn_id?: string;
  /** Why nothing is being done although the turn has not ended: no worker has it. It is answered later. */
  readonly user_message?: string;
}

/** A message of the thread. Durable. */
export interface ChatMessageFrame extends Correlated, Message {
  readonly type: "chat_message";
}

/** A piece of the running answer. */
export interface ChatDeltaFrame extends Correlated {
  readonly type: "chat_delta";
  readonly turn_id: string;
  /** A higher attempt replaces the text of a lower one. */
  readonly attempt: number;
  /** UTF-16 units of the answer before this piece. */
  readonly offset: number;
  readonly model: string;
  readonly token: string;
  readonly done: boolean;
  readonly error: string | null;
  readonly error_code: string | null;
}

/** Discard the text shown for this turn. */
export interface ChatResetFrame extends Correlated {
  readonly type: "chat_reset";
  readonly turn_id: string;
  readonly attempt: number;
  readonly reason: string;
}

/** The turn ended without an answer. Durable: it stands in the thread as a message with status `failed`. */
export interface ChatErrorFrame extends Correlated {
  readonly type: "chat_error";
  readonly seq: number;
  /** The message row that keeps this error. */
  readonly id: string;
  readonly turn_id: string;
  readonly done: true;
  readonly error_code: string;
  readonly error: string;
  readonly retryable: boolean;
  readonly retry_after_s?: number;
  readonly correlation_id: string;
  readonly created_at: string;
  /** The same as in a list. */
  readonly meta?: MessageMeta;
}

/** A timeline event, to subscribers. */
export interface EventFrame extends Correlated {
  readonly type: "event";
  readonly event: TimelineEvent;
}

/** Keep-alive, every 15 s of the connection's life. */
export interface PingFrame extends Correlated {
  readonly type: "ping";
  readonly timestamp: string;
}

/** The connection's token was renewed. */
export interface TokenRenewedFrame extends Correlated {
  readonly type: "token_renewed";
  readonly expires_in_seconds: number;
}

/** Frames that stand in the thread for ever and carry its gap-free `seq`. */
export type DurableFrame = ChatMessageFrame | ChatErrorFrame;

/** Everything a server sends on a conversation, over WebSocket and SSE alike. */
export type ServerFrame =
  | ConnectedFrame
  | TurnStatusFrame
  | IdleFrame
  | ChatMessageFrame
  | ChatDeltaFrame
  | ChatResetFrame
  | ChatErrorFrame
  | EventFrame
  | PingFrame
  | TokenRenewedFrame;

/** Everything this library sends on a WebSocket. Messages and stops go over HTTP, which works on every transport. */
export type ClientFrame =
  | { readonly type: "auth"; readonly token: string }
  | { readonly type: "resume"; readonly after_seq: number }
  | { readonly type: "typing" }
  | { readonly type: "subscribe"; readonly events: readonly string[] }
  | { readonly type: "pong" };
