import type { OpenConversationOptions } from "@evenkeel/sdk";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ReloadButton } from "../../ui/reload-button.tsx";
import type { AboutResults } from "./about-chip.tsx";
import { AnswerFrame } from "./answer.tsx";
import { Composer } from "./composer.tsx";
import styles from "./conversation.module.css";
import { ConversationLayout } from "./conversation-layout.tsx";
import messages from "./messages.module.css";
import { RetryButton } from "./retry-button.tsx";
import { Progress } from "./running-answer.tsx";
import { useComposerFocus } from "./use-composer-focus.ts";
import { useFirstMessage } from "./use-first-message.ts";
import { UserMessage } from "./user-message.tsx";
import { Welcome, type WelcomingBot } from "./welcome.tsx";

/** The first message of a thread and what the server said to it. */
export type StartedConversation = NonNullable<OpenConversationOptions["firstSend"]>;

interface NewConversationProps {
  userId: string;
  /** `loading` until it is known who will answer; undefined where that could not be found out. */
  bot: WelcomingBot | "loading" | undefined;
  onStarted: (started: StartedConversation) => void;
  /** Results that the conversation is about, until that is taken back. */
  about: AboutResults | undefined;
  onRemoveAbout: () => void;
}

/** A conversation that begins with its first message. */
export function NewConversation({ userId, bot, onStarted, about, onRemoveAbout }: NewConversationProps) {
  const { t } = useTranslation();
  const knownBot = bot === "loading" ? undefined : bot;
  const { text, setText, sending, problem, waitUntil, send } = useFirstMessage(
    userId,
    knownBot?.id,
    onStarted,
    about?.handle,
  );
  const input = useComposerFocus();
  useEffect(() => {
    if (problem !== undefined) input.current?.focus();
  }, [problem, input]);
  return (
    <ConversationLayout
      firstKey={undefined}
      sentCount={sending === undefined ? 0 : 1}
      banner={
        problem === undefined ? null : (
          <div className={styles.problem}>
            <ProblemNotice title={t("failure.send_title")} problem={problem}>
              {problem.isRetryable && text.trim() !== "" ? (
                <RetryButton readyAt={waitUntil} onRetry={() => send(text.trim())} />
              ) : null}
              <ReloadButton />
            </ProblemNotice>
          </div>
        )
      }
      composer={
        <Composer
          inputRef={input}
          text={sending === undefined ? text : ""}
          isBusy={sending !== undefined}
          pause={waitUntil === 0 ? undefined : { kind: "wait", until: waitUntil }}
          about={about}
          onRemoveAbout={onRemoveAbout}
          onChange={setText}
          onSend={send}
        />
      }
    >
      {sending === undefined ? (
        bot === "loading" ? null : (
          <Welcome bot={bot} onAsk={send} />
        )
      ) : (
        <ol className={messages.list} aria-label={t("chat.messages")}>
          <li>
            <UserMessage text={sending} isPending />
          </li>
          <li>
            <AnswerFrame botName={knownBot?.name ?? ""}>
              <Progress text={t("answer.sending")} />
            </AnswerFrame>
          </li>
        </ol>
      )}
    </ConversationLayout>
  );
}
