import type { Citation, Conversation, OpenConversationOptions } from "@evenkeel/sdk";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { personTimeZone } from "../../ui/events/event-days.ts";
import type { AboutResults } from "./about-chip.tsx";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ConversationItems } from "./conversation-items.tsx";
import { ConversationLayout } from "./conversation-layout.tsx";
import { ConversationLoading, ConversationMissing } from "./conversation-states.tsx";
import { draftPlace } from "./draft-store.ts";
import { OlderMessages } from "./older-messages.tsx";
import type { Pause } from "./pause-note.tsx";
import { useComposerFocus } from "./use-composer-focus.ts";
import { useConversation, useConversationSnapshot } from "./use-conversation.ts";
import { useConversationDraft } from "./use-conversation-draft.ts";
import { useWait } from "./use-wait.ts";

interface ConversationViewProps {
  threadId: string;
  userId: string;
  botName: string;
  /** The message that just made this thread. */
  firstSend: OpenConversationOptions["firstSend"];
  onOpenCitation: (citation: Citation) => void;
  /** An answer began or ended: lists elsewhere may want to know. */
  onActivity: () => void;
  /** Results that questions are about, until that is taken back. */
  about: AboutResults | undefined;
  onRemoveAbout: () => void;
}

/** A conversation that exists. */
export function ConversationView(props: ConversationViewProps) {
  const conversation = useConversation(props.threadId, props.firstSend);
  return conversation === undefined ? (
    <ConversationLoading />
  ) : (
    <OpenConversation {...props} conversation={conversation} />
  );
}

function OpenConversation({
  conversation,
  userId,
  botName,
  onOpenCitation,
  onActivity,
  about,
  onRemoveAbout,
}: ConversationViewProps & { conversation: Conversation }) {
  const { t } = useTranslation();
  const { isLoaded, isLoadingOlder, connection, state, items } = useConversationSnapshot(conversation);
  const [text, setText] = useConversationDraft(userId, { isLoaded, state });
  const input = useComposerFocus();
  const running = state.turns.filter((turn) => turn.phase !== "ended" && turn.phase !== "timed_out");
  const [waitUntil, learnWait] = useWait(draftPlace(userId, state.threadId));
  const { openUntil } = state.breaker;

  const activity = `${running.length} ${state.lastSeq}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of `activity` are what is waited for.
  useEffect(onActivity, [activity]);

  const edit = useCallback(
    (clientMessageId: string, failed: string) => {
      conversation.discardSend(clientMessageId);
      setText(text.trim() === "" ? failed : `${failed}\n\n${text}`);
      input.current?.focus();
    },
    [conversation, text, setText, input],
  );

  const searchHandle = about?.handle;
  const send = useCallback(
    (message: string) => {
      const restriction = searchHandle === undefined ? {} : { searchHandle };
      conversation.send(message, { timeZone: personTimeZone(), ...restriction }).catch(learnWait);
    },
    [conversation, searchHandle, learnWait],
  );

  if (connection.kind === "closed" && (connection.reason === "not_found" || connection.reason === "forbidden")) {
    return <ConversationMissing />;
  }
  const isEmpty = !isLoaded && items.length === 0;
  return (
    <ConversationLayout
      firstKey={items[0]?.key}
      sentCount={state.pending.length}
      banner={<ConnectionBanner connection={connection} onRetry={conversation.wake} />}
      composer={
        <Composer
          inputRef={input}
          text={text}
          onChange={setText}
          onSend={(message) => {
            setText("");
            send(message);
          }}
          onStop={running.length === 0 ? undefined : () => settle(conversation.stop())}
          isStopping={running.some((turn) => turn.isStopping)}
          about={about}
          onRemoveAbout={onRemoveAbout}
          pause={pauseOf(openUntil, waitUntil, running.length > 0)}
        />
      }
    >
      {isEmpty ? (
        <ConversationLoading />
      ) : (
        <>
          {state.nextBeforeSeq === null ? null : (
            <OlderMessages isLoading={isLoadingOlder} onLoad={() => settle(conversation.loadOlder())} />
          )}
          <ConversationItems
            items={items}
            conversation={conversation}
            botName={botName}
            onOpenCitation={onOpenCitation}
            onEdit={edit}
            onAsk={send}
            label={t("chat.messages")}
            readyAt={Math.max(openUntil ?? 0, waitUntil)}
            serverClockOffset={state.serverClockOffset}
          />
        </>
      )}
      <Announcer items={items} isLoaded={isLoaded} />
    </ConversationLayout>
  );
}

function pauseOf(openUntil: number | null, waitUntil: number, isRunning: boolean): Pause | undefined {
  // The trial is under way: what becomes of it is seen in the conversation.
  if (openUntil !== null && !isRunning) return { kind: "breaker", until: Math.max(openUntil, waitUntil) };
  return waitUntil === 0 ? undefined : { kind: "wait", until: waitUntil };
}

// What failed already stands in the snapshot, beside the message it belongs to.
function settle(promise: Promise<void>): void {
  promise.catch(() => undefined);
}
