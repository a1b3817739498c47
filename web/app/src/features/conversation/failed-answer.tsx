import type { Message } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { describeStoredProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ReloadButton } from "../../ui/reload-button.tsx";
import { AnswerFrame } from "./answer.tsx";
import { AnswerUnderstood } from "./answer-understood.tsx";
import { RetryButton } from "./retry-button.tsx";

interface FailedAnswerProps {
  message: Message;
  botName: string;
  /** Before this moment another try would be refused: milliseconds since 1970 by this machine's clock. */
  readyAt: number;
  /** The words that were asked. */
  question: string;
  /** Asks in other words what was understood in another way than it was meant. */
  onAsk: (question: string) => void;
  /** Given where trying again makes sense. */
  onRetry: ((messageId: string) => void) | undefined;
}

/** A turn that ended without an answer: what happened, what to do, and the way to do it. */
export function FailedAnswer({ message, botName, readyAt, question, onAsk, onRetry }: FailedAnswerProps) {
  const { t } = useTranslation();
  const problem = describeStoredProblem(message.meta?.error);
  return (
    <AnswerFrame botName={botName}>
      <AnswerUnderstood message={message} question={question} onAsk={onAsk} />
      <ProblemNotice title={t("failure.title")} problem={problem} isQuiet>
        {onRetry === undefined || !problem.isRetryable ? undefined : (
          <>
            <RetryButton readyAt={readyAt} onRetry={() => onRetry(message.id)} />
            <ReloadButton />
          </>
        )}
      </ProblemNotice>
    </AnswerFrame>
  );
}

/** From when on a failed turn may be tried again. From stored times, so that a reload does not begin the wait anew. */
export function readyAgainAt(message: Message, serverClockOffset: number): number {
  const wait = message.meta?.error?.retry_after_s ?? 0;
  return Date.parse(message.created_at) - serverClockOffset + wait * 1000;
}
