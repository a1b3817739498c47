import type { ChatErrorFrame, ChatMessageFrame, DurableFrame } from "../wire/frames.ts";
import type { Message, MessageError } from "../wire/message.ts";
import { breakerAfter } from "./conversation-breaker.ts";
import type { ConversationState } from "./conversation-state.ts";
import { withoutArrived } from "./pending-sends.ts";

/** Adds a durable frame: in order, once; a gap is noticed and nothing behind it is shown before it is filled. */
export function applyDurable(state: ConversationState, frame: DurableFrame): ConversationState {
  if (frame.seq <= state.lastSeq) return state;
  const newestSeq = Math.max(state.newestSeq, frame.seq);
  if (frame.seq > state.lastSeq + 1) return { ...state, newestSeq, needsResume: true };
  const message = messageFromFrame(frame);
  return {
    ...state,
    messages: [...state.messages, message],
    lastSeq: frame.seq,
    newestSeq,
    needsResume: state.needsResume && newestSeq > frame.seq,
    turns: message.role === "assistant" ? state.turns.filter((turn) => turn.turnId !== frame.turn_id) : state.turns,
    pending: withoutArrived(state.pending, message),
    breaker: breakerAfter(state.breaker, frame, state.serverClockOffset),
  };
}

/** The message a list would give for this frame. */
export function messageFromFrame(frame: DurableFrame): Message {
  return frame.type === "chat_error" ? failedMessage(frame) : wholeMessage(frame);
}

function wholeMessage({ type: _type, cid: _cid, ...message }: ChatMessageFrame): Message {
  return message;
}

function failedMessage(frame: ChatErrorFrame): Message {
  return {
    seq: frame.seq,
    id: frame.id,
    role: "assistant",
    text: "",
    status: "failed",
    turn_id: frame.turn_id,
    created_at: frame.created_at,
    meta: frame.meta ?? { error: errorOf(frame) },
  };
}

function errorOf(frame: ChatErrorFrame): MessageError {
  return {
    error_code: frame.error_code,
    error: frame.error,
    retryable: frame.retryable,
    ...(frame.retry_after_s === undefined ? {} : { retry_after_s: frame.retry_after_s }),
    correlation_id: frame.correlation_id,
  };
}
