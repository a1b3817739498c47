import type { Citation, Message, MessageFeedback, Recommendation } from "@evenkeel/sdk";
import { ActionIcon, Tooltip } from "@mantine/core";
import { memo, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Icon } from "../../ui/icons.tsx";
import { LogoMark } from "../../ui/logo.tsx";
import { CitationContext } from "../../ui/markdown/citation-context.ts";
import { MarkdownText } from "../../ui/markdown/markdown-text.tsx";
import { AnswerFeedback } from "./answer-feedback.tsx";
import { AnswerUnderstood } from "./answer-understood.tsx";
import { CitedSources } from "./cited-sources.tsx";
import styles from "./messages.module.css";
import { RecommendedEvents, showEvent } from "./recommended-events.tsx";

interface AnswerProps {
  message: Message;
  botName: string;
  /** The words that it answers. */
  question: string;
  /** Asks in other words what was understood in another way than it was meant. */
  onAsk: (question: string) => void;
  onOpenCitation: (citation: Citation) => void;
  /** Given where the answer may be asked for again. */
  onRegenerate?: ((messageId: string) => void) | undefined;
  /** Given where the person may say whether it helped; null takes it back. */
  onFeedback?: ((messageId: string, feedback: MessageFeedback | null) => Promise<void>) | undefined;
}

const none: readonly Citation[] = [];
const noEvents: readonly Recommendation[] = [];

/** A finished or stopped answer with its sources and what one can do with it. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { message, botName, question, onAsk, onOpenCitation, onRegenerate, onFeedback } = props;
  const { t } = useTranslation();
  const citations = message.meta?.citations ?? none;
  const open = useCallback(
    (citation: Citation) => {
      if (citation.event_id === undefined) onOpenCitation(citation);
      else showEvent(message.id, citation.event_id);
    },
    [message.id, onOpenCitation],
  );
  const context = useMemo(() => ({ citations, open }), [citations, open]);
  const fallback = message.meta?.fallback;
  return (
    <AnswerFrame botName={botName}>
      <AnswerUnderstood message={message} question={question} onAsk={onAsk} />
      <CitationContext value={context}>
        <MarkdownText text={message.text} citationIndexes={citations.map((citation) => citation.index)} />
        {message.text === "" && message.status === "complete" ? (
          <p className={styles.fine}>{t("answer.empty")}</p>
        ) : null}
        <CitedSources
          citations={citations.filter((citation) => citation.event_id === undefined)}
          text={message.text}
          onOpen={open}
        />
      </CitationContext>
      <RecommendedEvents messageId={message.id} recommendations={message.meta?.recommendations ?? noEvents} />
      {fallback === undefined ? null : <p className={styles.fine}>{t("answer.fallback", { model: fallback })}</p>}
      <div className={styles.actions}>
        {message.status === "stopped" ? <span className={styles.stopped}>{t("answer.stopped")}</span> : null}
        {message.text === "" ? null : <CopyButton text={message.text} label={t("copy.answer")} />}
        {onRegenerate === undefined ? null : (
          <Tooltip label={t("answer.regenerate")} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("answer.regenerate")}
              onClick={() => onRegenerate(message.id)}
            >
              <Icon name="retry" size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        {onFeedback === undefined || message.text === "" ? null : (
          <AnswerFeedback feedback={message.meta?.feedback} onGive={(feedback) => onFeedback(message.id, feedback)} />
        )}
      </div>
    </AnswerFrame>
  );
});

/** The mark of the bot beside what it says. */
export function AnswerFrame({ botName, children }: { botName: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.answer}>
      <div className={styles.avatar}>
        <LogoMark size={26} />
      </div>
      <div className={styles.content}>
        <h3 className="visually-hidden">{t("chat.bot", { name: botName === "" ? t("chat.assistant") : botName })}</h3>
        {children}
      </div>
    </div>
  );
}
