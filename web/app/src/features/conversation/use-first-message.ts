import { createRandomId } from "@evenkeel/sdk";
import { useEffect, useRef, useState } from "react";
import { useClient } from "../../session/client-context.ts";
import { personTimeZone } from "../../ui/events/event-days.ts";
import { describeProblem, type Problem } from "../../ui/problem.ts";
import { draftPlace } from "./draft-store.ts";
import type { StartedConversation } from "./new-conversation.tsx";
import { useDraft } from "./use-draft.ts";
import { useWait } from "./use-wait.ts";

/**
 * Sends the message that makes a thread. The draft is cleared only when the server has the message: whatever happens
 * before, failure or reload, the text is still in the composer.
 */
export function useFirstMessage(
  userId: string,
  chatbotId: string | undefined,
  onStarted: (started: StartedConversation) => void,
  searchHandle?: string | undefined,
) {
  const client = useClient();
  const [text, setText] = useDraft(draftPlace(userId, undefined));
  const [sending, setSending] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [waitUntil, learnWait] = useWait(draftPlace(userId, undefined));
  const tried = useRef<{ text: string; handle: string | undefined; id: string }>(undefined);
  const isHere = useIsMounted();

  const send = async (message: string) => {
    if (sending !== undefined) return;
    const isSame = tried.current?.text === message && tried.current.handle === searchHandle;
    // The same text again goes under the same id: if the first try reached the server, this finds what it made.
    const clientMessageId = isSame && tried.current !== undefined ? tried.current.id : createRandomId();
    tried.current = { text: message, handle: searchHandle, id: clientMessageId };
    setText(message);
    setSending(message);
    setProblem(undefined);
    try {
      const chatbot = chatbotId === undefined ? {} : { chatbot_id: chatbotId };
      const restriction = searchHandle === undefined ? {} : { search_handle: searchHandle };
      const request = {
        message,
        client_message_id: clientMessageId,
        ...chatbot,
        ...restriction,
        time_zone: personTimeZone(),
      };
      const response = await client.chat.send(request);
      setText("");
      if (isHere.current) onStarted({ text: message, clientMessageId, response });
    } catch (error) {
      setProblem(describeProblem(error));
      learnWait(error);
    } finally {
      setSending(undefined);
    }
  };

  return { text, setText, sending, problem, waitUntil, send };
}

function useIsMounted() {
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return isMounted;
}
