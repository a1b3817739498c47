import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";

/** Tries again, from the moment on at which the server is ready to be asked again. */
export function RetryButton({ readyAt, onRetry }: { readyAt: number; onRetry: () => void }) {
  const { t } = useTranslation();
  const seconds = useSecondsUntil(readyAt);
  return (
    <Button size="xs" onClick={onRetry} disabled={seconds > 0}>
      {seconds > 0 ? t("failure.retry_in", { count: seconds }) : t("failure.retry")}
    </Button>
  );
}
