import type { ConnectedFrame, IdleFrame, TurnStatusFrame } from "../wire/frames.ts";
import {
  type ConversationState,
  doubtTexts,
  hasEnded,
  type LiveTurn,
  progressTimeoutMilliseconds,
  updateTurn,
} from "./conversation-state.ts";

/** A deadline that seems past already (skewed clocks) still gives a turn this long. */
const shortestDeadlineMilliseconds = 1000;

/** The greeting: either everything missed follows, or the list starts afresh with the snapshot that follows. */
export function applyConnected(state: ConversationState, frame: ConnectedFrame, at: number): ConversationState {
  const serverTime = Date.parse(frame.server_time);
  const serverClockOffset = Number.isNaN(serverTime) ? state.serverClockOffset : serverTime - at;
  const greeted = { ...state, serverClockOffset, newestSeq: frame.last_seq, needsResume: false };
  if (frame.recovered) {
    return { ...greeted, newestSeq: Math.max(frame.last_seq, state.lastSeq), turns: doubtTexts(state.turns) };
  }
  const firstSeq = frame.snapshot_from_seq ?? frame.last_seq + 1;
  return {
    ...greeted,
    messages: [],
    turns: [],
    // The ends that follow count anew; a pause that is known of does not end by a reconnect.
    breaker: { ...state.breaker, failures: 0 },
    // What the server has is in the snapshot, or older than it.
    pending: state.pending.filter((send) => send.status !== "accepted"),
    lastSeq: firstSeq - 1,
    nextBeforeSeq: firstSeq > 1 ? firstSeq : null,
  };
}

/** What a turn is doing. */
export function applyTurnStatus(state: ConversationState, frame: TurnStatusFrame, at: number): ConversationState {
  if (hasEnded(state, frame.turn_id)) return state;
  return updateTurn(state, frame.turn_id, at, (turn) => ({
    ...turn,
    phase: phaseAfter(turn, frame),
    stage: frame.stage ?? turn.stage,
    userMessage: frame.user_message ?? turn.userMessage,
    standstill: null,
    position: frame.event === "queued" ? (frame.position ?? turn.position) : null,
    ...retryFacts(turn, frame, at),
    expiresAt: expiryOf(frame, state.serverClockOffset, at),
    correlationId: frame.cid ?? turn.correlationId,
  }));
}

/**
 * The turn is over, and its answer came before this and took the turn with it. A turn that is still here lost its
 * answer on the way: what was written stays until the resume brings it.
 */
export function applyIdle(state: ConversationState, frame: IdleFrame): ConversationState {
  const isMeant = (turn: LiveTurn) => frame.turn_id === undefined || turn.turnId === frame.turn_id;
  if (!state.turns.some(isMeant)) return state;
  // It has not ended, but nobody works on it: the indicator goes, the turn stays, with the words of the server.
  const reason = frame.user_message;
  if (reason !== undefined) {
    const stuck = (turn: LiveTurn): LiveTurn => ({ ...turn, phase: "timed_out", standstill: reason });
    return { ...state, turns: state.turns.map((turn) => (isMeant(turn) ? stuck(turn) : turn)) };
  }
  const turns = state.turns
    .filter((turn) => !isMeant(turn) || turn.text !== "")
    .map((turn): LiveTurn => (isMeant(turn) ? { ...turn, phase: "ended" } : turn));
  return { ...state, turns, needsResume: true };
}

/** A stage is announced when it lasts, and that may be while the model is waited for: only `typing` ends the wait. */
function phaseAfter(turn: LiveTurn, frame: TurnStatusFrame): LiveTurn["phase"] {
  if (frame.event === "queued" || frame.event === "retrying") return frame.event;
  return frame.event === "stage" && turn.phase === "retrying" ? "retrying" : "typing";
}

function retryFacts(turn: LiveTurn, frame: TurnStatusFrame, at: number): Pick<LiveTurn, "retryAt" | "modelCall"> {
  if (frame.event === "retrying") {
    const retryAt = frame.retry_in_ms === undefined ? null : at + frame.retry_in_ms;
    return { retryAt, modelCall: frame.model_call ?? null };
  }
  const { retryAt, modelCall } = turn;
  return phaseAfter(turn, frame) === "retrying" ? { retryAt, modelCall } : { retryAt: null, modelCall: null };
}

function expiryOf(frame: TurnStatusFrame, serverClockOffset: number, at: number): number {
  const deadline = frame.deadline === undefined ? Number.NaN : Date.parse(frame.deadline) - serverClockOffset;
  return Number.isNaN(deadline)
    ? at + progressTimeoutMilliseconds
    : Math.max(deadline, at + shortestDeadlineMilliseconds);
}
