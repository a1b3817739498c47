import type { LiveTurn } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { MarkdownText } from "../../ui/markdown/markdown-text.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ReloadButton } from "../../ui/reload-button.tsx";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";
import { useWaitText } from "../../ui/use-wait-text.ts";
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
        <Notice
          title={t("failure.stuck_title")}
          text={turn.standstill ?? t("failure.stuck")}
          action={t("failure.stuck_action")}
          supportCode={turn.correlationId}
        >
          <ReloadButton />
          <Button size="xs" variant="default" loading={turn.isStopping} onClick={() => onStop(turn.turnId)}>
            {t("composer.stop")}
          </Button>
        </Notice>
      ) : turn.phase === "retrying" ? (
        <RetryProgress turn={turn} />
      ) : turn.text === "" ? (
        <Progress text={progressText(turn, t)} />
      ) : turn.phase === "ended" ? null : (
        <span className={styles.caret} aria-hidden="true" />
      )}
    </AnswerFrame>
  );
}

/** That the model is called again, when, and for which time. */
function RetryProgress({ turn }: { turn: LiveTurn }) {
  const { t } = useTranslation();
  const waitText = useWaitText();
  const seconds = useSecondsUntil(turn.retryAt ?? 0);
  if (turn.isStopping || seconds === 0) return <Progress text={progressText(turn, t)} />;
  const wait = waitText(seconds);
  return (
    <Progress
      text={
        turn.modelCall === null
          ? t("answer.retrying_in", { wait })
          : t("answer.retrying_call", { wait, number: turn.modelCall })
      }
    />
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
  // Without the seconds: this is also spoken, once.
  if (turn.phase === "retrying") return t("answer.retrying");
  if (turn.phase === "queued" && turn.position !== null && turn.position > 0) {
    return t("answer.queued_position", { count: turn.position });
  }
  return turn.userMessage ?? t("answer.thinking");
}
