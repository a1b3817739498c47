import type { LiveTurn } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { MarkdownText } from "../../ui/markdown/markdown-text.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { AnswerFrame } from "./answer.tsx";
import styles from "./messages.module.css";

interface RunningAnswerProps {
  turn: LiveTurn;
  botName: string;
  onStop: (turnId: string) => void;
}

/** An answer under way: the text so far, or what is being done for it. */
export function RunningAnswer({ turn, botName, onStop }: RunningAnswerProps) {
  const { t } = useTranslation();
  return (
    <AnswerFrame botName={botName}>
      {turn.text === "" ? null : <MarkdownText text={turn.text} citationIndexes="any" />}
      {turn.phase === "timed_out" ? (
        <ProblemNotice
          title={t("failure.stuck_title")}
          problem={{
            message: t("failure.stuck"),
            supportCode: turn.correlationId,
            isRetryable: true,
            retryAfterSeconds: null,
          }}
        >
          <Button size="xs" variant="default" loading={turn.isStopping} onClick={() => onStop(turn.turnId)}>
            {t("composer.stop")}
          </Button>
        </ProblemNotice>
      ) : turn.text === "" || turn.phase === "retrying" ? (
        <Progress text={progressText(turn, t)} />
      ) : turn.phase === "ended" ? null : (
        <span className={styles.caret} aria-hidden="true" />
      )}
    </AnswerFrame>
  );
}

/** Moving dots with words beside them. */
export function Progress({ text }: { text: string }) {
  return (
    <p className={styles.progress}>
      <span className={styles.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {text}
    </p>
  );
}

/** What a turn is doing, in the words of the server where it gave some. */
export function progressText(turn: LiveTurn, t: TFunction): string {
  if (turn.isStopping) return t("composer.stopping");
  if (turn.phase === "retrying") return turn.userMessage ?? t("answer.retrying");
  if (turn.phase === "queued" && turn.position !== null && turn.position > 0) {
    return t("answer.queued_position", { count: turn.position });
  }
  return turn.userMessage ?? t("answer.thinking");
}
