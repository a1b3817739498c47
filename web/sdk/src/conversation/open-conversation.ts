import type { TokenStore } from "../auth/token-store.ts";
import type { Chat } from "../client/chat.ts";
import type { Threads } from "../client/threads.ts";
import { Connection } from "../connection/connection.ts";
import type { ConnectionParts } from "../connection/open-transport.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { SendMessageResponse } from "../wire/rest.ts";
import type { Conversation } from "./conversation.ts";
import { conversationCommands } from "./conversation-commands.ts";
import { ConversationStore } from "./conversation-store.ts";
import { TimelineListeners } from "./timeline-listeners.ts";

/** What a conversation is made of. */
export interface ConversationParts extends ConnectionParts {
  readonly chat: Chat;
  readonly threads: Threads;
  readonly tokenStore: TokenStore;
}

/** How to open a conversation. */
export interface OpenConversationOptions {
  /** Messages on the first page; the server's default when absent. */
  readonly pageSize?: number;
  /** The message that just made this thread, so that it shows before anything is loaded. */
  readonly firstSend?: {
    readonly text: string;
    readonly clientMessageId: string;
    readonly response: SendMessageResponse;
  };
}

/** A resume that brought nothing for this long is not coming. */
const resumePatienceMilliseconds = 5000;

/** Opens a conversation: reads the newest page, then connects from there, so that nothing falls between the two. */
export function openConversation(
  parts: ConversationParts,
  threadId: string,
  options: OpenConversationOptions = {},
): Conversation {
  const { environment } = parts;
  const store = new ConversationStore(threadId, environment);
  const timeline = new TimelineListeners();
  let resumeAsked: { readonly lastSeq: number; readonly at: number } | null = null;

  const connection = new Connection(parts, {
    threadId,
    afterSeq: () => store.state.lastSeq,
    prepare: loadSnapshot,
    onFrame: receive,
    onState: (state) => store.setConnection(state),
  });

  async function loadSnapshot(): Promise<void> {
    if (store.getSnapshot().isLoaded) return;
    const page = await parts.threads.messages(threadId, pageLimit(options.pageSize));
    if (store.getSnapshot().isLoaded) return;
    store.dispatch({ kind: "snapshot_loaded", page, at: environment.now() });
    store.setLoaded();
  }

  function receive(frame: ServerFrame): void {
    store.dispatch({ kind: "frame_received", frame, at: environment.now() });
    if (frame.type === "event") timeline.report(frame.event);
    if (frame.type === "chat_status" && frame.event === "connected") {
      resumeAsked = null;
      sendSubscription();
    }
    if (store.state.needsResume) askToResume();
  }

  function askToResume(): void {
    store.dispatch({ kind: "resume_requested" });
    const { lastSeq } = store.state;
    const isWaiting = resumeAsked !== null && resumeAsked.lastSeq === lastSeq;
    const waited = environment.now() - (resumeAsked?.at ?? 0);
    if (isWaiting && waited < resumePatienceMilliseconds) return;
    resumeAsked = { lastSeq, at: environment.now() };
    if (isWaiting) connection.restart();
    else connection.resume();
  }

  function sendSubscription(): void {
    if (timeline.types.length > 0) connection.send({ type: "subscribe", events: timeline.types });
  }

  const stopListening = parts.tokenStore.subscribe(() => {
    if (parts.tokenStore.get() === null) connection.close("signed_out");
  });

  if (options.firstSend !== undefined) {
    const { text, clientMessageId, response } = options.firstSend;
    store.dispatch({ kind: "send_started", clientMessageId, text, at: environment.now() });
    store.dispatch({ kind: "send_accepted", clientMessageId, response, at: environment.now() });
  }
  connection.start();

  return {
    threadId,
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    ...conversationCommands({ threadId, store, environment, chat: parts.chat, threads: parts.threads }),
    typing: () => void connection.send({ type: "typing" }),
    onTimelineEvent: (types, listener) => {
      const remove = timeline.add(types, listener);
      sendSubscription();
      return remove;
    },
    wake: () => connection.wake(),
    close: () => {
      stopListening();
      connection.close("left");
      store.stop();
    },
  };
}

function pageLimit(pageSize: number | undefined): { limit?: number } {
  return pageSize === undefined ? {} : { limit: pageSize };
}
