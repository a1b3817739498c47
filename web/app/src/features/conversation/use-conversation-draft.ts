import type { ConversationSnapshot } from "@evenkeel/sdk";
import { useEffect, useMemo, useRef } from "react";
import { draftPlace } from "./draft-store.ts";
import { createUnsentStore, draftWithUnsent } from "./unsent-store.ts";
import { useDraft } from "./use-draft.ts";

/**
 * The draft of a conversation. Messages on their way are kept beside it: what a reload or log-out caught in mid-send
 * comes back as draft, unless the server turns out to have it.
 */
export function useConversationDraft(
  userId: string,
  { isLoaded, state }: Pick<ConversationSnapshot, "isLoaded" | "state">,
): readonly [string, (text: string) => void] {
  const place = draftPlace(userId, state.threadId);
  const [text, setText] = useDraft(place);
  const unsent = useMemo(() => createUnsentStore(window.localStorage), []);
  const isRestored = useRef(false);

  useEffect(() => {
    if (!isLoaded || isRestored.current) return;
    isRestored.current = true;
    const arrived = new Set([...state.messages, ...state.pending].map(clientMessageIdOf));
    const lost = unsent.read(place).filter((one) => !arrived.has(one.clientMessageId));
    if (lost.length > 0) setText(draftWithUnsent(text, lost));
  }, [isLoaded, state, unsent, place, text, setText]);

  useEffect(() => {
    if (!isRestored.current) return;
    const waiting = state.pending.filter((send) => send.status !== "accepted");
    unsent.write(
      place,
      waiting.map((send) => ({ clientMessageId: send.clientMessageId, text: send.text })),
    );
  }, [state.pending, unsent, place]);

  return [text, setText];
}

function clientMessageIdOf(one: { clientMessageId?: string; client_message_id?: string }): string | undefined {
  return one.clientMessageId ?? one.client_message_id;
}
