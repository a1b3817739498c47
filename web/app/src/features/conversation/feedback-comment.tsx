import type { FeedbackValue } from "@evenkeel/sdk";
import { Button, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";

/** Most characters of a comment, as the server takes them. */
export const commentLimit = 2000;

interface FeedbackCommentProps {
  value: FeedbackValue;
  /** What was written before. */
  comment: string;
  onSend: (comment: string) => Promise<void>;
  onCancel: () => void;
}

/** Why an answer helped or did not, in the person's words. */
export function FeedbackComment({ value, comment, onSend, onCancel }: FeedbackCommentProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(comment);
  const [isSending, setIsSending] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const isChanged = text.trim() !== comment;
  useEffect(() => input.current?.focus(), []);

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!isChanged || isSending) return;
    setIsSending(true);
    await onSend(text.trim());
    setIsSending(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  };

  return (
    <form className={styles.comment} onSubmit={send}>
      <Textarea
        ref={input}
        label={t(value === "up" ? "feedback.why_up" : "feedback.why_down")}
        description={t("feedback.optional")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={commentLimit}
        value={text}
        readOnly={isSending}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.commentActions}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t("feedback.cancel")}
        </Button>
        <Button size="xs" type="submit" loading={isSending} disabled={!isChanged}>
          {t("feedback.send")}
        </Button>
      </div>
    </form>
  );
}
