import type { Recommendation, UnderstoodQuestion } from "./search.ts";
import type { Wire } from "./wire.ts";

/** Who wrote a message. */
export type MessageRole = "user" | "assistant";

/** `complete` is final and whole, `stopped` is what had been written when the person stopped, `failed` has no answer. */
export type MessageStatus = "complete" | "stopped" | "failed";

/** A passage or an event that an answer rests on. */
export type Citation = Wire<
  "Citation",
  { readonly passage_id?: string; readonly document_id?: string; readonly event_id?: string }
>;

/** Why a turn failed, as stored with the thread. */
export type MessageError = Wire<"MessageError">;

/** Whether an answer helped. */
export type FeedbackValue = "up" | "down";

/** What the person said of an answer. */
export type MessageFeedback = Wire<
  "MessageFeedback",
  {
    readonly value: FeedbackValue;
    /** Up to 2,000 characters. */
    readonly comment?: string;
  }
>;

/** Structured facts stored with a message: what the person saw, and what they said of it. */
export type MessageMeta = Wire<
  "MessageMeta",
  {
    readonly recommendations?: readonly Recommendation[];
    readonly understood?: UnderstoodQuestion;
    readonly feedback?: MessageFeedback;
  }
>;

/** A message as lists give it; the same members as its frame. */
export type Message = Wire<
  "Message",
  { readonly role: MessageRole; readonly status: MessageStatus; readonly meta?: MessageMeta }
>;
