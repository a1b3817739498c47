import type { PendingSend } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ReloadButton } from "../../ui/reload-button.tsx";
import styles from "./messages.module.css";
import { RetryButton } from "./retry-button.tsx";

/** What the person wrote: plain text, as written. */
export const UserMessage = memo(function UserMessage({
  text,
  isPending = false,
}: {
  text: string;
  isPending?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.mine}>
      <h3 className="visually-hidden">{t("chat.you")}</h3>
      <div className={styles.bubble} data-pending={isPending || undefined}>
        {text}
      </div>
    </div>
  );
});

interface PendingMessageProps {
  send: PendingSend;
  /** Before this moment another try would be refused. */
  readyAt: number;
  onRetry: () => void;
  /** Back into the composer. */
  onEdit: () => void;
}

/** A message on its way; when it could not be sent nothing is lost: it can be sent again, or edited. */
export function PendingMessage({ send, readyAt, onRetry, onEdit }: PendingMessageProps) {
  const { t } = useTranslation();
  const problem = describeProblem(send.error);
  return (
    <>
      <UserMessage text={send.text} isPending={send.status !== "accepted"} />
      {send.status === "failed" ? (
        <div className={styles.aside}>
          <ProblemNotice title={t("failure.send_title")} problem={problem}>
            {problem.isRetryable ? (
              <RetryButton readyAt={Math.max(readyAt, send.retryAt ?? 0)} onRetry={onRetry} />
            ) : null}
            <Button size="xs" variant="default" onClick={onEdit}>
              {t("failure.edit")}
            </Button>
            {problem.isRetryable ? <ReloadButton /> : null}
          </ProblemNotice>
        </div>
      ) : null}
    </>
  );
}
