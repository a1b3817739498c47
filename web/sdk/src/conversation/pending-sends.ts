import type { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { Message } from "../wire/message.ts";
import type { SendMessageResponse } from "../wire/rest.ts";
import { breakerAfterRefusal } from "./conversation-breaker.ts";
import { type ConversationState, hasEnded, type PendingSend, updateTurn } from "./conversation-state.ts";

/** Shows a message before the server has it; again, when it failed before. */
export function startSend(
  state: ConversationState,
  clientMessageId: string,
  text: string,
  at: number,
): ConversationState {
  const send: PendingSend = {
    clientMessageId,
    text,
    status: "sending",
    startedAt: at,
    messageId: null,
    turnId: null,
    error: null,
    retryAt: null,
  };
  const others = state.pending.filter((other) => other.clientMessageId !== clientMessageId);
  return { ...state, pending: [...others, send] };
}

/** The server has it. Its frames may have come before this answer. */
export function acceptSend(
  state: ConversationState,
  clientMessageId: string,
  response: SendMessageResponse,
  at: number,
): ConversationState {
  const { message_id: messageId, turn_id: turnId, queue } = response;
  const pending = state.messages.some((message) => message.id === messageId)
    ? state.pending.filter((send) => send.clientMessageId !== clientMessageId)
    : state.pending.map(
        (send): PendingSend =>
          send.clientMessageId === clientMessageId ? { ...send, status: "accepted", messageId, turnId } : send,
      );
  const next = { ...state, pending };
  if (hasEnded(state, turnId) || state.turns.some((turn) => turn.turnId === turnId)) return next;
  return updateTurn(next, turnId, at, (turn) => ({
    ...turn,
    position: queue.position,
    expiresAt: turn.expiresAt + queue.estimated_wait_ms,
    correlationId: response.correlation_id,
  }));
}

/** The server refused it, or could not be reached. */
export function failSend(
  state: ConversationState,
  clientMessageId: string,
  error: EvenkeelError,
  at: number,
): ConversationState {
  const retryAt = error.retryAfterSeconds === null ? null : at + error.retryAfterSeconds * 1000;
  const pending = state.pending.map(
    (send): PendingSend =>
      send.clientMessageId === clientMessageId ? { ...send, status: "failed", error, retryAt } : send,
  );
  return learnRefusal({ ...state, pending }, error, at);
}

/** A refusal may be the first that is heard of an open breaker: it opened on another device. */
export function learnRefusal(state: ConversationState, error: EvenkeelError, at: number): ConversationState {
  if (error.code !== "circuit_open") return state;
  return { ...state, breaker: breakerAfterRefusal(state.breaker, error.retryAfterSeconds, at) };
}

/** What is still on its way after this message arrived. */
export function withoutArrived(pending: readonly PendingSend[], message: Message): readonly PendingSend[] {
  if (message.role !== "user" || pending.length === 0) return pending;
  return pending.filter((send) => send.messageId !== message.id && send.clientMessageId !== message.client_message_id);
}
