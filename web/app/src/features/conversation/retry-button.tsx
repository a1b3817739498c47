import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";
import { useWaitText } from "../../ui/use-wait-text.ts";
import styles from "./messages.module.css";

/** Tries again, from the moment on at which the server is ready to be asked again. Until then it counts down. */
export function RetryButton({ readyAt, onRetry }: { readyAt: number; onRetry: () => void }) {
  const { t } = useTranslation();
  const waitText = useWaitText();
  const seconds = useSecondsUntil(readyAt);
  const isWaiting = seconds > 0;
  return (
    // Not `disabled`: who has come to it by keyboard stays on it, and can press it when the time has come.
    <Button
      size="xs"
      className={styles.retry ?? ""}
      {...(isWaiting ? { "data-disabled": true } : {})}
      aria-disabled={isWaiting}
      onClick={isWaiting ? undefined : onRetry}
    >
      {isWaiting ? t("failure.retry_in", { wait: waitText(seconds) }) : t("failure.retry")}
    </Button>
  );
}
