import type { WebhookDelivery } from "@evenkeel/sdk";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { CopiedId } from "../../ui/copied-id.tsx";
import { Empty } from "../../ui/empty.tsx";
import { formatDuration } from "../../ui/format-duration.ts";
import { sessionAddress } from "../../ui/operations-addresses.ts";
import { PagedRows } from "../../ui/paged-rows.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { deliveriesQuery } from "./webhook-queries.ts";

/** What was sent and how that went, newest first. */
export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(deliveriesQuery(useClient(), webhookId));
  return (
    <section className={styles.section} aria-label={t("webhooks.log")}>
      <h2>{t("webhooks.log")}</h2>
      <PagedRows
        query={query}
        failed={t("webhooks.log_failed")}
        empty={<Empty icon="clock" title={t("webhooks.log_empty")} />}
        className={styles.rows}
        row={(delivery) => (
          <li key={delivery.id}>
            <DeliveryRow delivery={delivery} />
          </li>
        )}
      />
    </section>
  );
}

const looks = {
  waiting: { tone: "neutral", icon: "clock" },
  delivered: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "close" },
} as const;

/** How sending a batch of events went. */
export function DeliveryStatus({ delivery: { status, http_status: code } }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation();
  const text = t(`webhooks.delivery_${status}`);
  return <Badge {...looks[status]}>{code === undefined ? text : `${text} · HTTP ${code}`}</Badge>;
}

function DeliveryRow({ delivery }: { delivery: WebhookDelivery }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <CopiedId id={delivery.id} label={t("list.copy_id")} />
        <DeliveryStatus delivery={delivery} />
      </div>
      <p className={styles.facts}>
        <RelativeTime at={delivery.created_at} />
        <Link to={sessionAddress(delivery.session_id)}>
          {t("webhooks.events", { from: delivery.from_seq, to: delivery.to_seq })}
        </Link>
        <span>{t("webhooks.tries", { count: delivery.tries })}</span>
        {delivery.duration_ms === undefined ? null : <span>{formatDuration(delivery.duration_ms, i18n.language)}</span>}
        {delivery.next_try_at === undefined ? null : (
          <span>
            {t("webhooks.next_try")} <RelativeTime at={delivery.next_try_at} />
          </span>
        )}
        {delivery.error === undefined ? null : <span lang="en">{delivery.error}</span>}
      </p>
    </>
  );
}
