import type { ConnectionState } from "../connection/connection-state.ts";
import type { MessageFeedback } from "../wire/message.ts";
import type { TimelineEvent } from "../wire/timeline-event.ts";
import type { ConversationItem } from "./conversation-items.ts";
import type { ConversationState } from "./conversation-state.ts";

/** What a view needs to show a conversation. Immutable: another object after every change, the same one otherwise. */
export interface ConversationSnapshot {
  /** False until the first page of messages has come. */
  readonly isLoaded: boolean;
  readonly isLoadingOlder: boolean;
  readonly connection: ConnectionState;
  readonly state: ConversationState;
  /** What to show, in order. */
  readonly items: readonly ConversationItem[];
}

/** What may go with a message. */
export interface SendOptions {
  readonly searchHandle?: string;
  readonly candidateEventIds?: readonly string[];
  /** The person's (IANA), for "tomorrow" and the like; UTC unless told. */
  readonly timeZone?: string;
}

/**
 * A conversation kept up to date. `subscribe` and `getSnapshot` are what React's `useSyncExternalStore` takes;
 * all members may be passed around without their object.
 */
export interface Conversation {
  readonly threadId: string;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => ConversationSnapshot;
  /** Shows the message at once and sends it. The promise fails with the reason, which also stands in the pending item. */
  readonly send: (text: string, options?: SendOptions) => Promise<void>;
  /** Sends a failed message again, under the same id: what had reached the server is not sent twice. */
  readonly retrySend: (clientMessageId: string) => Promise<void>;
  /** Removes a failed message from the view. */
  readonly discardSend: (clientMessageId: string) => void;
  /** Stops a turn, or whatever runs or waits. What was written stays. */
  readonly stop: (turnId?: string) => Promise<void>;
  /** Answers again in place of this message; also how a failed answer is tried again. */
  readonly regenerate: (messageId: string) => Promise<void>;
  /** Shows at once whether an answer helped, and says so to the server; null takes it back. A failure undoes it here. */
  readonly giveFeedback: (messageId: string, feedback: MessageFeedback | null) => Promise<void>;
  /** Loads the page before the oldest message, if there is one. */
  readonly loadOlder: () => Promise<void>;
  /** Says that the person is writing. */
  readonly typing: () => void;
  /** Live timeline events of these types (`*` = all) while the connection is a WebSocket; gives the way to stop. */
  readonly onTimelineEvent: (types: readonly string[], listener: (event: TimelineEvent) => void) => () => void;
  /** To be called when the page wakes up or the network is back. */
  readonly wake: () => void;
  /** Ends the connection; running turns go on at the server. */
  readonly close: () => void;
}
