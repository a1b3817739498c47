import type { Chat } from "../client/chat.ts";
import type { MessageFeedback } from "../wire/message.ts";
import type { Conversation } from "./conversation.ts";
import type { ConversationStore } from "./conversation-store.ts";

/** What is on its way about one answer. */
interface Line {
  /** What the server is known to have. */
  stored: MessageFeedback | null;
  /** How often it was asked; the newest decides what is shown. */
  newest: number;
  /** Settles when the requests before are over. */
  before: Promise<unknown>;
}

/** Shows feedback at once. Requests about one answer go one after another: the last one has to count at the server too. */
export function feedbackCommand(parts: {
  readonly store: ConversationStore;
  readonly chat: Chat;
}): Conversation["giveFeedback"] {
  const { store, chat } = parts;
  const lines = new Map<string, Line>();

  const stored = (messageId: string) =>
    store.state.messages.find((message) => message.id === messageId)?.meta?.feedback ?? null;

  return async (messageId, feedback) => {
    const line = lines.get(messageId) ?? { stored: stored(messageId), newest: 0, before: Promise.resolve() };
    lines.set(messageId, line);
    const number = ++line.newest;
    store.dispatch({ kind: "feedback_changed", messageId, feedback });
    const sent = line.before.then(() => chat.giveFeedback(messageId, feedback));
    line.before = sent.catch(() => undefined);
    try {
      line.stored = (await sent).meta?.feedback ?? null;
    } finally {
      if (line.newest === number) {
        lines.delete(messageId);
        store.dispatch({ kind: "feedback_changed", messageId, feedback: line.stored });
      }
    }
  };
}
