import type { Citation, Conversation, ConversationItem } from "@evenkeel/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { describeProblem, type Problem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { Answer, AnswerFrame } from "./answer.tsx";
import { FailedAnswer } from "./failed-answer.tsx";
import styles from "./messages.module.css";
import { Progress, RunningAnswer } from "./running-answer.tsx";
import { PendingMessage, UserMessage } from "./user-message.tsx";

interface ConversationItemsProps {
  items: readonly ConversationItem[];
  conversation: Conversation;
  botName: string;
  label: string;
  onOpenCitation: (citation: Citation) => void;
  onEdit: (clientMessageId: string, text: string) => void;
}

/** Everything said, in order, then what is on its way. */
export function ConversationItems({
  items,
  conversation,
  botName,
  label,
  onOpenCitation,
  onEdit,
}: ConversationItemsProps) {
  const { t } = useTranslation();
  const { regenerate, problem } = useRegenerate(conversation);
  const last = items.at(-1);
  const isWaitingForServer = items.some((item) => item.kind === "pending" && item.send.status === "sending");
  const hasTurn = items.some((item) => item.kind === "turn");

  const show = (item: ConversationItem) => {
    switch (item.kind) {
      case "pending":
        return (
          <PendingMessage
            send={item.send}
            onRetry={() => ignore(conversation.retrySend(item.send.clientMessageId))}
            onEdit={() => onEdit(item.send.clientMessageId, item.send.text)}
          />
        );
      case "turn":
        return <RunningAnswer turn={item.turn} botName={botName} onStop={(id) => ignore(conversation.stop(id))} />;
      case "message": {
        const { message } = item;
        const again = item === last ? regenerate : undefined;
        if (message.role === "user") return <UserMessage text={message.text} />;
        return message.status === "failed" ? (
          <FailedAnswer message={message} botName={botName} onRetry={again} />
        ) : (
          <Answer message={message} botName={botName} onOpenCitation={onOpenCitation} onRegenerate={again} />
        );
      }
    }
  };

  return (
    <>
      <ol className={styles.list} aria-label={label}>
        {items.map((item) => (
          <li key={item.key}>{show(item)}</li>
        ))}
        {isWaitingForServer && !hasTurn ? (
          <li key="waiting">
            <AnswerFrame botName={botName}>
              <Progress text={t("answer.sending")} />
            </AnswerFrame>
          </li>
        ) : null}
      </ol>
      {problem === undefined ? null : (
        <div className={styles.below}>
          <ProblemNotice problem={problem} />
        </div>
      )}
    </>
  );
}

function useRegenerate(conversation: Conversation) {
  const [problem, setProblem] = useState<Problem>();
  const regenerate = useCallback(
    (messageId: string) => {
      setProblem(undefined);
      conversation.regenerate(messageId).catch((error: unknown) => setProblem(describeProblem(error)));
    },
    [conversation],
  );
  return { regenerate, problem };
}

// What failed already stands in the snapshot, beside the message it belongs to.
function ignore(promise: Promise<void>): void {
  promise.catch(() => undefined);
}
