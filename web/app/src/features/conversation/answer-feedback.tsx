import type { FeedbackValue, MessageFeedback } from "@evenkeel/sdk";
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem, type Problem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { FeedbackComment } from "./feedback-comment.tsx";
import styles from "./messages.module.css";

interface AnswerFeedbackProps {
  feedback: MessageFeedback | undefined;
  /** Shows it at once; null takes it back. */
  onGive: (feedback: MessageFeedback | null) => Promise<void>;
}

const thumbs = [
  { value: "up", icon: "thumbUp", label: "feedback.up" },
  { value: "down", icon: "thumbDown", label: "feedback.down" },
] as const;

/** Whether an answer helped: two thumbs, and a comment for who wants to say more. */
export function AnswerFeedback({ feedback, onGive }: AnswerFeedbackProps) {
  const { t } = useTranslation();
  const { give, problem } = useGiving(onGive);
  // Which thumb is being commented on.
  const [commenting, setCommenting] = useState<FeedbackValue>();
  const [isThanked, setIsThanked] = useState(false);
  const buttons = useRef(new Map<FeedbackValue, HTMLButtonElement>());

  const press = (value: FeedbackValue) => {
    const isTakenBack = feedback?.value === value;
    setIsThanked(false);
    // What was wrong is worth asking for; who is content is left in peace.
    setCommenting(!isTakenBack && value === "down" ? value : undefined);
    void give(isTakenBack ? null : { value });
  };
  const open = (value: FeedbackValue) => {
    setIsThanked(false);
    setCommenting(value);
  };
  const close = (value: FeedbackValue) => {
    setCommenting(undefined);
    buttons.current.get(value)?.focus();
  };
  const comment = async (value: FeedbackValue, words: string) => {
    if (!(await give(words === "" ? { value } : { value, comment: words }))) return;
    setIsThanked(true);
    close(value);
  };

  return (
    <>
      {thumbs.map(({ value, icon, label }) => (
        <Tooltip key={value} label={t(label)} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
          <ActionIcon
            ref={(button) => {
              if (button !== null) buttons.current.set(value, button);
            }}
            className={styles.thumb}
            variant={feedback?.value === value ? "light" : "subtle"}
            {...(feedback?.value === value ? {} : { color: "gray" })}
            aria-label={t(label)}
            aria-pressed={feedback?.value === value}
            onClick={() => press(value)}
          >
            <Icon name={icon} size={16} />
          </ActionIcon>
        </Tooltip>
      ))}
      {feedback === undefined || commenting !== undefined ? null : (
        <Button
          className={styles.more}
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => open(feedback.value)}
        >
          {t(feedback.comment === undefined ? "feedback.add" : "feedback.edit")}
        </Button>
      )}
      <span className={styles.thanks} role="status">
        {isThanked ? t("feedback.thanks") : ""}
      </span>
      {commenting === undefined ? null : (
        <FeedbackComment
          key={commenting}
          value={commenting}
          comment={feedback?.value === commenting ? (feedback.comment ?? "") : ""}
          onSend={(words) => comment(commenting, words)}
          onCancel={() => close(commenting)}
        />
      )}
      {problem === undefined ? null : (
        <div className={styles.notGiven}>
          <ProblemNotice title={t("feedback.failed")} problem={problem} />
        </div>
      )}
    </>
  );
}

/** Gives feedback, and says what went wrong with the newest. */
function useGiving(onGive: AnswerFeedbackProps["onGive"]) {
  const [problem, setProblem] = useState<Problem>();
  const newest = useRef(0);
  const give = async (feedback: MessageFeedback | null): Promise<boolean> => {
    const number = ++newest.current;
    setProblem(undefined);
    try {
      await onGive(feedback);
      return true;
    } catch (error) {
      if (number === newest.current) setProblem(describeProblem(error));
      return false;
    }
  };
  return { give, problem };
}
