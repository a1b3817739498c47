import type { ConversationItem } from "@evenkeel/sdk";

/** The words that the message at `index` answers: the last ones of the person before it; empty where they are not loaded. */
export function questionOf(items: readonly ConversationItem[], index: number): string {
  const before = items.slice(0, index).findLast((item) => item.kind === "message" && item.message.role === "user");
  return before?.kind === "message" ? before.message.text : "";
}
