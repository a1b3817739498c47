import type { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { MessageFeedback } from "../wire/message.ts";
import type { MessagePage, SendMessageResponse } from "../wire/rest.ts";
import { applyDelta, applyReset } from "./apply-delta.ts";
import { applyDurable } from "./apply-durable.ts";
import { applyConnected, applyIdle, applyTurnStatus } from "./apply-status.ts";
import { type ConversationState, doubtTexts, hasEnded, stateFromSnapshot, updateTurn } from "./conversation-state.ts";
import { acceptSend, failSend, learnRefusal, startSend, withoutArrived } from "./pending-sends.ts";

/** Everything that changes a conversation. `at` is when, in milliseconds since 1970. */
export type ConversationAction =
  | { readonly kind: "frame_received"; readonly frame: ServerFrame; readonly at: number }
  | { readonly kind: "snapshot_loaded"; readonly page: MessagePage; readonly at: number }
  | { readonly kind: "resume_requested" }
  | { readonly kind: "time_passed"; readonly at: number }
  | { readonly kind: "older_loaded"; readonly beforeSeq: number; readonly page: MessagePage }
  | { readonly kind: "send_started"; readonly clientMessageId: string; readonly text: string; readonly at: number }
  | {
      readonly kind: "send_accepted";
      readonly clientMessageId: string;
      readonly response: SendMessageResponse;
      readonly at: number;
    }
  | {
      readonly kind: "send_failed";
      readonly clientMessageId: string;
      readonly error: EvenkeelError;
      readonly at: number;
    }
  | { readonly kind: "send_discarded"; readonly clientMessageId: string }
  | {
      readonly kind: "regenerate_accepted";
      readonly messageId: string;
      readonly response: SendMessageResponse;
      readonly at: number;
    }
  /** Answering again was refused. */
  | { readonly kind: "regenerate_refused"; readonly error: EvenkeelError; readonly at: number }
  /** Null = none. */
  | { readonly kind: "feedback_changed"; readonly messageId: string; readonly feedback: MessageFeedback | null }
  /** `isStopping` false = the request failed. */
  | { readonly kind: "stop_requested"; readonly turnId: string | null; readonly isStopping: boolean };

/** The next state. Pure: any snapshot plus the frames after it gives the state a fresh snapshot would. */
export function conversationReducer(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.kind) {
    case "frame_received":
      return applyFrame(state, action.frame, action.at);
    case "snapshot_loaded":
      return joinSnapshot(state, action.page, action.at);
    case "resume_requested":
      return state.needsResume ? { ...state, needsResume: false, turns: doubtTexts(state.turns) } : state;
    case "time_passed":
      return expireTurns(state, action.at);
    case "older_loaded":
      return addOlder(state, action.beforeSeq, action.page);
    case "send_started":
      return startSend(state, action.clientMessageId, action.text, action.at);
    case "send_accepted":
      return acceptSend(state, action.clientMessageId, action.response, action.at);
    case "send_failed":
      return failSend(state, action.clientMessageId, action.error, action.at);
    case "send_discarded":
      return { ...state, pending: state.pending.filter((send) => send.clientMessageId !== action.clientMessageId) };
    case "regenerate_accepted":
      return startRegeneration(state, action.messageId, action.response, action.at);
    case "regenerate_refused":
      return learnRefusal(state, action.error, action.at);
    case "feedback_changed":
      return changeFeedback(state, action.messageId, action.feedback);
    case "stop_requested":
      return markStopping(state, action.turnId, action.isStopping);
  }
}

/** The state after one frame. Repeated and late frames change nothing. */
export function applyFrame(state: ConversationState, frame: ServerFrame, at: number): ConversationState {
  switch (frame.type) {
    case "chat_message":
    case "chat_error":
      return applyDurable(state, frame);
    case "chat_delta":
      return applyDelta(state, frame, at);
    case "chat_reset":
      return applyReset(state, frame, at);
    case "chat_status":
      if (frame.event === "connected") return applyConnected(state, frame, at);
      return frame.event === "idle" ? applyIdle(state, frame) : applyTurnStatus(state, frame, at);
    case "ping":
      // Replays follow the greeting at once; what is still missing at the next ping was lost.
      return state.newestSeq > state.lastSeq && !state.needsResume ? { ...state, needsResume: true } : state;
    case "event":
    case "token_renewed":
      return state;
  }
}

/** What was sent before the snapshot came stays on its way, unless the snapshot has it. */
function joinSnapshot(state: ConversationState, page: MessagePage, at: number): ConversationState {
  const fresh = stateFromSnapshot(state.threadId, page, at);
  const known = new Set(state.turns.map((turn) => turn.turnId));
  return {
    ...fresh,
    turns: [
      ...state.turns.filter((turn) => !hasEnded(fresh, turn.turnId)),
      ...fresh.turns.filter((turn) => !known.has(turn.turnId)),
    ],
    pending: fresh.messages.reduce(withoutArrived, state.pending),
    serverClockOffset: state.serverClockOffset,
  };
}

function expireTurns(state: ConversationState, at: number): ConversationState {
  if (!state.turns.some((turn) => turn.phase !== "timed_out" && turn.expiresAt <= at)) return state;
  const remaining = state.turns.filter((turn) => turn.phase !== "ended" || turn.expiresAt > at);
  return {
    ...state,
    turns: remaining.map((turn) => (turn.expiresAt > at ? turn : { ...turn, phase: "timed_out" })),
  };
}

function addOlder(state: ConversationState, beforeSeq: number, page: MessagePage): ConversationState {
  // A page asked for before the list started afresh does not join on to it any more.
  if (state.nextBeforeSeq !== beforeSeq) return state;
  const older = page.items.filter((message) => message.seq < beforeSeq);
  return { ...state, messages: [...older, ...state.messages], nextBeforeSeq: page.next_before_seq ?? null };
}

function startRegeneration(
  state: ConversationState,
  messageId: string,
  response: SendMessageResponse,
  at: number,
): ConversationState {
  if (hasEnded(state, response.turn_id)) return state;
  return updateTurn(state, response.turn_id, at, (turn) => ({
    ...turn,
    replaces: messageId,
    correlationId: response.correlation_id,
  }));
}

function changeFeedback(
  state: ConversationState,
  messageId: string,
  feedback: MessageFeedback | null,
): ConversationState {
  const messages = state.messages.map((message) => {
    if (message.id !== messageId) return message;
    const { feedback: _before, ...meta } = message.meta ?? {};
    return { ...message, meta: feedback === null ? meta : { ...meta, feedback } };
  });
  return { ...state, messages };
}

function markStopping(state: ConversationState, turnId: string | null, isStopping: boolean): ConversationState {
  const turns = state.turns.map((turn) => (turnId === null || turn.turnId === turnId ? { ...turn, isStopping } : turn));
  return { ...state, turns };
}
