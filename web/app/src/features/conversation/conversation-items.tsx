import type { Citation, Conversation, ConversationItem } from "@evenkeel/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { describeProblem, type Problem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ReloadButton } from "../../ui/reload-button.tsx";
import { Answer, AnswerFrame } from "./answer.tsx";
import { BlockedAnswer, isBlocked } from "./blocked-answer.tsx";
import { FailedAnswer, readyAgainAt } from "./failed-answer.tsx";
import styles from "./messages.module.css";
import { questionOf } from "./question-of.ts";
import { RetryButton } from "./retry-button.tsx";
import { Progress, RunningAnswer } from "./running-answer.tsx";
import { PendingMessage, UserMessage } from "./user-message.tsx";

interface ConversationItemsProps {
  items: readonly ConversationItem[];
  conversation: Conversation;
  botName: string;
  label: string;
  /** Before this moment whatever is sent would be refused; milliseconds since 1970. */
  readyAt: number;
  serverClockOffset: number;
  onOpenCitation: (citation: Citation) => void;
  onEdit: (clientMessageId: string, text: string) => void;
  /** Asks in other words what was understood in another way than it was meant. */
  onAsk: (question: string) => void;
}

/** Everything said, in order, then what is on its way. */
export function ConversationItems({
  items,
  conversation,
  botName,
  label,
  readyAt,
  serverClockOffset,
  onOpenCitation,
  onEdit,
  onAsk,
}: ConversationItemsProps) {
  const { t } = useTranslation();
  const { regenerate, refusal } = useRegenerate(conversation);
  const last = items.at(-1);
  const isWaitingForServer = items.some((item) => item.kind === "pending" && item.send.status === "sending");
  const hasTurn = items.some((item) => item.kind === "turn");

  const show = (item: ConversationItem, index: number) => {
    switch (item.kind) {
      case "pending":
        return (
          <PendingMessage
            send={item.send}
            readyAt={readyAt}
            onRetry={() => ignore(conversation.retrySend(item.send.clientMessageId))}
            onEdit={() => onEdit(item.send.clientMessageId, item.send.text)}
          />
        );
      case "turn":
        return <RunningAnswer turn={item.turn} botName={botName} onStop={(id) => ignore(conversation.stop(id))} />;
      case "message": {
        const { message } = item;
        // While a refusal is shown its own button is the one to press.
        const again = item === last && refusal === undefined ? regenerate : undefined;
        if (message.role === "user") return <UserMessage text={message.text} />;
        if (isBlocked(message)) return <BlockedAnswer message={message} botName={botName} />;
        return message.status === "failed" ? (
          <FailedAnswer
            message={message}
            botName={botName}
            readyAt={Math.max(readyAt, readyAgainAt(message, serverClockOffset))}
            question={questionOf(items, index)}
            onAsk={onAsk}
            onRetry={again}
          />
        ) : (
          <Answer
            message={message}
            botName={botName}
            question={questionOf(items, index)}
            onAsk={onAsk}
            onOpenCitation={onOpenCitation}
            onRegenerate={again}
            onFeedback={conversation.giveFeedback}
          />
        );
      }
    }
  };

  return (
    <>
      <ol className={styles.list} aria-label={label}>
        {items.map((item, index) => (
          <li key={item.key}>{show(item, index)}</li>
        ))}
        {isWaitingForServer && !hasTurn ? (
          <li key="waiting">
            <AnswerFrame botName={botName}>
              <Progress text={t("answer.sending")} />
            </AnswerFrame>
          </li>
        ) : null}
      </ol>
      {refusal === undefined || hasTurn ? null : (
        <div className={styles.below}>
          <ProblemNotice title={t("failure.title")} problem={refusal.problem}>
            {refusal.problem.isRetryable ? (
              <RetryButton readyAt={Math.max(readyAt, refusal.readyAt)} onRetry={() => regenerate(refusal.messageId)} />
            ) : null}
            <ReloadButton />
          </ProblemNotice>
        </div>
      )}
    </>
  );
}

/** Answering again was refused. */
interface Refusal {
  messageId: string;
  problem: Problem;
  readyAt: number;
}

function useRegenerate(conversation: Conversation) {
  const [refusal, setRefusal] = useState<Refusal>();
  const regenerate = useCallback(
    (messageId: string) => {
      setRefusal(undefined);
      conversation.regenerate(messageId).catch((error: unknown) => {
        const problem = describeProblem(error);
        setRefusal({ messageId, problem, readyAt: Date.now() + (problem.retryAfterSeconds ?? 0) * 1000 });
      });
    },
    [conversation],
  );
  return { regenerate, refusal };
}

// What failed already stands in the snapshot, beside the message it belongs to.
function ignore(promise: Promise<void>): void {
  promise.catch(() => undefined);
}
