import type { Message, MessageError } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { AnswerFrame } from "./answer.tsx";
import { RetryButton } from "./retry-button.tsx";

interface FailedAnswerProps {
  message: Message;
  botName: string;
  /** Given where trying again makes sense. */
  onRetry: ((messageId: string) => void) | undefined;
}

/** A turn that ended without an answer: what happened, what to do, and the way to do it. */
export function FailedAnswer({ message, botName, onRetry }: FailedAnswerProps) {
  const { t } = useTranslation();
  const error = message.meta?.error;
  const problem = {
    message: error?.error ?? t("failure.unknown"),
    supportCode: error?.correlation_id ?? null,
    isRetryable: error?.retryable ?? true,
    retryAfterSeconds: error?.retry_after_s ?? null,
  };
  return (
    <AnswerFrame botName={botName}>
      <ProblemNotice title={t("failure.title")} problem={problem}>
        {onRetry === undefined || !problem.isRetryable ? undefined : (
          <RetryButton readyAt={readyAt(message, error)} onRetry={() => onRetry(message.id)} />
        )}
      </ProblemNotice>
    </AnswerFrame>
  );
}

function readyAt(message: Message, error: MessageError | undefined): number {
  return Date.parse(message.created_at) + (error?.retry_after_s ?? 0) * 1000;
}
