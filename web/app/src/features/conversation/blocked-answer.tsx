import type { Message } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { describeStoredProblem, problemTexts } from "../../ui/problem.ts";
import { AnswerFrame } from "./answer.tsx";
import styles from "./messages.module.css";

/** What the chatbot says where it must not answer: in its own voice, marked, and without a way to ask the same again. */
export function BlockedAnswer({ message, botName }: { message: Message; botName: string }) {
  const { t, i18n } = useTranslation();
  const { text } = problemTexts(describeStoredProblem(message.meta?.error), t, i18n.language);
  return (
    <AnswerFrame botName={botName}>
      <p className={styles.blocked}>{text}</p>
      <div className={styles.actions}>
        <span className={styles.mark}>
          <Icon name="shield" size={14} />
          {t("answer.blocked")}
        </span>
      </div>
    </AnswerFrame>
  );
}

/** Whether a message is a refusal of the content rules. */
export function isBlocked(message: Message): boolean {
  return message.status === "failed" && message.meta?.error?.error_code === "content_blocked";
}
