import type { Conversation, ConversationSnapshot, OpenConversationOptions } from "@evenkeel/sdk";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useClient } from "../../session/client-context.ts";
import { byFrame } from "./by-frame.ts";

type FirstSend = OpenConversationOptions["firstSend"];

/** Opens a conversation for as long as the component stands. */
export function useConversation(threadId: string, firstSend: FirstSend): Conversation | undefined {
  const client = useClient();
  const [conversation, setConversation] = useState<Conversation>();
  // Only the first message of a thread that was just made; it must not open the conversation anew.
  const [initialSend] = useState(firstSend);
  useEffect(() => {
    const opened = client.openConversation(threadId, initialSend === undefined ? {} : { firstSend: initialSend });
    setConversation(opened);
    const wake = () => {
      if (document.visibilityState === "visible") opened.wake();
    };
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      opened.close();
      setConversation(undefined);
    };
  }, [client, threadId, initialSend]);
  return conversation;
}

/** The newest snapshot, at most one per frame of the screen however fast tokens come. */
export function useConversationSnapshot(conversation: Conversation): ConversationSnapshot {
  const [subscribe] = useState(() => byFrame(conversation.subscribe));
  return useSyncExternalStore(subscribe, conversation.getSnapshot);
}
