import type { ApiKey } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { keyState } from "./keys-query.ts";

/** A key in the list. */
export function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation();
  const state = keyState(apiKey, Date.now());
  return (
    <>
      <div className={styles.line}>
        <h3 className={styles.name}>{apiKey.name}</h3>
        <div className={styles.buttons}>
          {state === "good" ? null : (
            <Badge tone="neutral" icon="lock">
              {t(`keys.is_${state}`)}
            </Badge>
          )}
          {state === "revoked" ? null : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t("keys.revoke_named", { name: apiKey.name })}
              onClick={onRevoke}
            >
              {t("keys.revoke")}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.facts}>
        <code>{apiKey.prefix}…</code>
        <span>{apiKey.scopes.map((scope) => t(`keys.scope_${scopeName(scope)}`)).join(", ")}</span>
        <span>
          {apiKey.last_used_at === undefined ? (
            t("keys.never_used")
          ) : (
            <>
              {t("keys.last_used")} <RelativeTime at={apiKey.last_used_at} />
            </>
          )}
        </span>
        <span>
          {t("keys.created")} <RelativeTime at={apiKey.created_at} />
        </span>
        {apiKey.expires_at === undefined ? null : (
          <span>
            {t(state === "expired" ? "keys.expired" : "keys.expires")} <RelativeTime at={apiKey.expires_at} />
          </span>
        )}
      </p>
    </>
  );
}

/** A scope as its texts are called. */
export function scopeName(scope: ApiKey["scopes"][number]) {
  switch (scope) {
    case "events:read":
      return "events_read";
    case "events:write":
      return "events_write";
    case "operations:read":
      return "operations_read";
  }
}
