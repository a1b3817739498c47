import type { Message } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { correctedQuestion, questionWithout } from "../../ui/events/correction.ts";
import { UnderstoodChips } from "../../ui/events/understood-chips.tsx";
import styles from "./messages.module.css";

interface AnswerUnderstoodProps {
  message: Message;
  /** The words that were asked. */
  question: string;
  /** Asks in other words. */
  onAsk: (question: string) => void;
}

/** What was understood of places and dates; a part that was meant in another way, or not at all, is corrected by asking again. */
export function AnswerUnderstood({ message, question, onAsk }: AnswerUnderstoodProps) {
  const { t } = useTranslation();
  const understood = message.meta?.understood;
  if (understood === undefined) return null;
  return (
    <div className={styles.understood}>
      <UnderstoodChips
        understood={understood}
        onCorrect={(correction) => onAsk(correctedQuestion(question, correction, t))}
        removal={(part) => {
          const rest = questionWithout(question, understood, part);
          return rest === undefined ? undefined : () => onAsk(rest);
        }}
      />
    </div>
  );
}
