import type { EventWebhook } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Trail } from "../../ui/trail.tsx";
import { webhooksAddress } from "./addresses.ts";
import { DeliveryLog } from "./delivery-log.tsx";
import { WebhookActions } from "./webhook-actions.tsx";
import { webhooksQuery } from "./webhook-queries.ts";
import { WebhookState } from "./webhook-state.tsx";

/** A webhook, what can be done with it, and what was sent. */
export function WebhookView({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const query = useQuery(webhooksQuery(useClient()));
  const webhook = query.data?.items.find(({ id }) => id === webhookId);
  if (query.isSuccess && webhook === undefined) {
    return (
      <Missing title={t("webhooks.gone")} text={t("webhooks.gone_text")} to={webhooksAddress}>
        {t("webhooks.to_list")}
      </Missing>
    );
  }
  return (
    <section className={styles.section} aria-label={t("webhooks.webhook")}>
      <Trail
        parents={[{ to: webhooksAddress, label: t("webhooks.title") }]}
        current={webhook?.url ?? t("webhooks.webhook")}
      />
      <QueryProblem query={query} title={t("webhooks.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[120, 200]} /> : null}
      {webhook === undefined ? null : (
        <>
          <WebhookFacts webhook={webhook} />
          <WebhookActions webhook={webhook} />
          <DeliveryLog webhookId={webhookId} />
        </>
      )}
    </section>
  );
}

function WebhookFacts({ webhook }: { webhook: EventWebhook }) {
  const { t } = useTranslation();
  return (
    <>
      {webhook.disabled_reason === undefined ? null : (
        <Notice
          title={t("webhooks.off_by_itself")}
          text={t(`webhooks.reason_${webhook.disabled_reason}`)}
          action={t("webhooks.off_action")}
        />
      )}
      <dl className={`${styles.panel} ${styles.list}`}>
        <div>
          <dt>{t("turns.status")}</dt>
          <dd>
            <WebhookState webhook={webhook} />
          </dd>
        </div>
        <div>
          <dt>{t("webhooks.types")}</dt>
          <dd>{webhook.event_types.length === 0 ? t("webhooks.all_types") : webhook.event_types.join(", ")}</dd>
        </div>
        <div>
          <dt>{t("webhooks.waiting_events")}</dt>
          <dd>{webhook.waiting}</dd>
        </div>
        <div>
          <dt>{t("webhooks.last_delivered")}</dt>
          <dd>{webhook.last_delivered_at === undefined ? "–" : <RelativeTime at={webhook.last_delivered_at} />}</dd>
        </div>
        <div>
          <dt>{t("webhooks.created")}</dt>
          <dd>
            <RelativeTime at={webhook.created_at} />
          </dd>
        </div>
      </dl>
    </>
  );
}
