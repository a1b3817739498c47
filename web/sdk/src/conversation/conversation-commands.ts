import type { Chat } from "../client/chat.ts";
import type { Threads } from "../client/threads.ts";
import type { Environment } from "../environment.ts";
import { createError, EvenkeelError } from "../errors/evenkeel-error.ts";
import type { SendMessageRequest } from "../wire/rest.ts";
import type { Conversation, SendOptions } from "./conversation.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { feedbackCommand } from "./feedback-command.ts";

/** What the commands of a conversation work on. */
export interface CommandParts {
  readonly threadId: string;
  readonly store: ConversationStore;
  readonly environment: Environment;
  readonly chat: Chat;
  readonly threads: Threads;
}

/** The commands of a conversation: those that send a message, and those that concern what is there. */
export function conversationCommands(
  parts: CommandParts,
): Pick<Conversation, "send" | "retrySend" | "discardSend" | "stop" | "regenerate" | "giveFeedback" | "loadOlder"> {
  return { ...sendCommands(parts), ...messageCommands(parts), giveFeedback: feedbackCommand(parts) };
}

function sendCommands({
  threadId,
  store,
  environment,
  chat,
}: CommandParts): Pick<Conversation, "send" | "retrySend" | "discardSend"> {
  // Kept for sending again under the same id.
  const requests = new Map<string, SendMessageRequest>();

  async function deliver(clientMessageId: string, request: SendMessageRequest): Promise<void> {
    requests.set(clientMessageId, request);
    store.dispatch({ kind: "send_started", clientMessageId, text: request.message, at: environment.now() });
    try {
      const response = await chat.send(request);
      requests.delete(clientMessageId);
      store.dispatch({ kind: "send_accepted", clientMessageId, response, at: environment.now() });
    } catch (error) {
      store.dispatch({ kind: "send_failed", clientMessageId, error: asEvenkeelError(error), at: environment.now() });
      throw error;
    }
  }

  return {
    send: (text, options = {}) => {
      const clientMessageId = environment.newId();
      return deliver(clientMessageId, {
        message: text,
        thread_id: threadId,
        client_message_id: clientMessageId,
        ...restriction(options),
        ...(options.timeZone === undefined ? {} : { time_zone: options.timeZone }),
      });
    },
    retrySend: async (clientMessageId) => {
      const request = requests.get(clientMessageId);
      const isFailed = store.state.pending.some(
        (send) => send.clientMessageId === clientMessageId && send.status === "failed",
      );
      if (request !== undefined && isFailed) await deliver(clientMessageId, request);
    },
    discardSend: (clientMessageId) => {
      requests.delete(clientMessageId);
      store.dispatch({ kind: "send_discarded", clientMessageId });
    },
  };
}

function messageCommands({
  threadId,
  store,
  environment,
  chat,
  threads,
}: CommandParts): Pick<Conversation, "stop" | "regenerate" | "loadOlder"> {
  return {
    stop: async (turnId) => {
      store.dispatch({ kind: "stop_requested", turnId: turnId ?? null, isStopping: true });
      try {
        await chat.stop(threadId, turnId);
      } catch (error) {
        store.dispatch({ kind: "stop_requested", turnId: turnId ?? null, isStopping: false });
        throw error;
      }
    },
    regenerate: async (messageId) => {
      try {
        const response = await chat.regenerate(messageId);
        store.dispatch({ kind: "regenerate_accepted", messageId, response, at: environment.now() });
      } catch (error) {
        store.dispatch({ kind: "regenerate_refused", error: asEvenkeelError(error), at: environment.now() });
        throw error;
      }
    },
    loadOlder: async () => {
      const beforeSeq = store.state.nextBeforeSeq;
      if (beforeSeq === null || store.getSnapshot().isLoadingOlder) return;
      store.setLoadingOlder(true);
      try {
        const page = await threads.messages(threadId, { beforeSeq });
        store.dispatch({ kind: "older_loaded", beforeSeq, page });
      } finally {
        store.setLoadingOlder(false);
      }
    },
  };
}

function restriction(options: SendOptions): Partial<SendMessageRequest> {
  return {
    ...(options.searchHandle === undefined ? {} : { search_handle: options.searchHandle }),
    ...(options.candidateEventIds === undefined ? {} : { candidate_event_ids: options.candidateEventIds }),
  };
}

function asEvenkeelError(error: unknown): EvenkeelError {
  if (error instanceof EvenkeelError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return createError({ code: "server_error", message, status: 0, retryable: true, cause: error });
}
