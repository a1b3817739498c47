import type { Message } from "../wire/message.ts";
import type { ConversationState, LiveTurn, PendingSend } from "./conversation-state.ts";

/** One thing to show, in the order to show it. `key` stays the same while a message goes from pending to stored. */
export type ConversationItem =
  | { readonly kind: "message"; readonly key: string; readonly message: Message }
  | { readonly kind: "pending"; readonly key: string; readonly send: PendingSend }
  | { readonly kind: "turn"; readonly key: string; readonly turn: LiveTurn };

/** What a view shows: messages without those that were replaced, then what is on its way, then running answers. */
export function conversationItems(state: ConversationState): readonly ConversationItem[] {
  const hidden = replacedMessages(state);
  const messages = state.messages
    .filter((message) => !hidden.has(message.id))
    .map((message): ConversationItem => ({ kind: "message", key: messageKey(message), message }));
  const pending = state.pending.map((send): ConversationItem => ({ kind: "pending", key: send.clientMessageId, send }));
  const turns = state.turns.map((turn): ConversationItem => ({ kind: "turn", key: `answer-${turn.turnId}`, turn }));
  return [...messages, ...pending, ...turns];
}

function messageKey(message: Message): string {
  return message.role === "assistant" ? `answer-${message.turn_id}` : (message.client_message_id ?? message.id);
}

/** A failed regeneration does not hide an answer, only an earlier failure. */
function replacedMessages(state: ConversationState): ReadonlySet<string> {
  const hidden = new Set<string>();
  const failed = new Set(state.messages.filter((message) => message.status === "failed").map(({ id }) => id));
  for (const message of state.messages) {
    const replaced = message.meta?.replaces;
    if (replaced !== undefined && (message.status !== "failed" || failed.has(replaced))) hidden.add(replaced);
  }
  for (const turn of state.turns) {
    if (turn.replaces !== null && turn.phase !== "timed_out") hidden.add(turn.replaces);
  }
  return hidden;
}
