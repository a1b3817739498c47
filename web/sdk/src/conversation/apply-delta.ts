import type { ChatDeltaFrame, ChatResetFrame } from "../wire/frames.ts";
import { type ConversationState, hasEnded, progressTimeoutMilliseconds, updateTurn } from "./conversation-state.ts";

/**
 * Adds a piece of the running answer at its offset: what is there already is dropped, a hole asks for a resume (the
 * server then sends the text so far). Where a piece differs from what is there, the newer wins: a reset was missed.
 */
export function applyDelta(state: ConversationState, frame: ChatDeltaFrame, at: number): ConversationState {
  if (hasEnded(state, frame.turn_id)) return state;
  let hasHole = false;
  const next = updateTurn(state, frame.turn_id, at, (turn) => {
    if (frame.attempt < turn.attempt) return turn;
    const isWhole = turn.isTextInDoubt && frame.offset === 0;
    const before = frame.attempt > turn.attempt || isWhole ? "" : turn.text;
    hasHole = frame.offset > before.length;
    const text = hasHole ? before : mergeText(before, frame.offset, frame.token);
    return {
      ...turn,
      phase: "typing",
      attempt: frame.attempt,
      text,
      isTextInDoubt: turn.isTextInDoubt && !isWhole && frame.attempt === turn.attempt,
      model: frame.model,
      position: null,
      standstill: null,
      retryAt: null,
      modelCall: null,
      expiresAt: Math.max(turn.expiresAt, at + progressTimeoutMilliseconds),
      correlationId: frame.cid ?? turn.correlationId,
    };
  });
  return hasHole && !next.needsResume ? { ...next, needsResume: true } : next;
}

/** Discards the text shown for a turn. */
export function applyReset(state: ConversationState, frame: ChatResetFrame, at: number): ConversationState {
  if (hasEnded(state, frame.turn_id)) return state;
  return updateTurn(state, frame.turn_id, at, (turn) => {
    if (frame.attempt < turn.attempt) return turn;
    const expiresAt = Math.max(turn.expiresAt, at + progressTimeoutMilliseconds);
    return {
      ...turn,
      phase: "typing",
      attempt: frame.attempt,
      text: "",
      isTextInDoubt: false,
      model: null,
      standstill: null,
      retryAt: null,
      modelCall: null,
      expiresAt,
    };
  });
}

function mergeText(before: string, offset: number, token: string): string {
  return before.startsWith(token, offset) ? before : before.slice(0, offset) + token;
}
