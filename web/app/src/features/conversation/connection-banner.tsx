import type { ConnectionState } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import styles from "./conversation.module.css";
import { useDelayed } from "./use-delayed.ts";

/** A drop that is over sooner is not worth a word. */
const worthSayingMilliseconds = 1000;

type Trouble = "reconnecting" | "offline" | "signed_out" | undefined;

/** Says when the live connection is interrupted. */
export function ConnectionBanner({ connection, onRetry }: { connection: ConnectionState; onRetry: () => void }) {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const trouble = useDelayed(troubleOf(connection, online), worthSayingMilliseconds);
  return (
    <div role="status" aria-live="polite">
      {trouble === undefined ? null : (
        <div className={styles.banner}>
          <span>{t(`connection.${trouble}`)}</span>
          {trouble === "signed_out" ? (
            <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
              {t("page.reload")}
            </Button>
          ) : null}
          {trouble === "reconnecting" ? (
            <Button size="compact-xs" variant="default" onClick={onRetry}>
              {t("connection.retry_now")}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

function troubleOf(connection: ConnectionState, isOnline: boolean): Trouble {
  switch (connection.kind) {
    case "open":
    case "connecting":
      return isOnline ? undefined : "offline";
    case "reconnecting":
    case "stale":
    case "refreshing_token":
      return isOnline ? "reconnecting" : "offline";
    case "closed":
      return connection.reason === "signed_out" ? "signed_out" : undefined;
  }
}
