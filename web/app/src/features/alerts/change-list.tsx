import type { AlertChange, AlertNotification } from "@evenkeel/sdk";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ruleAddress } from "./addresses.ts";
import { StateBadge } from "./alert-badges.tsx";
import { changesQuery } from "./alert-queries.ts";

/** How alerts changed, newest first, and how telling somebody went; of one rule or of all. */
export function ChangeList({ ruleId }: { ruleId: string | undefined }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(changesQuery(useClient(), ruleId));
  return (
    <div className={styles.section}>
      <PagedRows
        query={query}
        failed={t("alerts.changes_failed")}
        empty={<Empty icon="check" title={t("alerts.changes_empty")} />}
        className={styles.rows}
        row={(change) => (
          <li key={change.id}>
            <ChangeRow change={change} isNamed={ruleId === undefined} />
          </li>
        )}
      />
    </div>
  );
}

function ChangeRow({ change, isNamed }: { change: AlertChange; isNamed: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <p className={styles.name}>
          {isNamed ? <Link to={ruleAddress(change.rule_id)}>{change.rule_name}</Link> : null}
          {change.group === "" ? null : <code> {change.group}</code>}
        </p>
        <span className={styles.buttons}>
          <StateBadge state={change.from} /> <span aria-hidden="true">→</span>
          <span className="visually-hidden">{t("alerts.became")}</span>
          <StateBadge state={change.to} severity={change.severity} />
        </span>
      </div>
      <p className={styles.facts}>
        <RelativeTime at={change.at} />
        {change.notifications.map((one) => (
          <Told key={one.receiver} notification={one} />
        ))}
      </p>
    </>
  );
}

const looks = {
  sent: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "close" },
  waiting: { tone: "neutral", icon: "clock" },
  silenced: { tone: "neutral", icon: "lock" },
} as const;

function Told({ notification: { receiver, status, error } }: { notification: AlertNotification }) {
  const { t } = useTranslation();
  return (
    <Badge {...looks[status]} {...(error === undefined ? {} : { title: error })}>
      {t("alerts.told", { receiver, status: t(`alerts.told_${status}`) })}
    </Badge>
  );
}
