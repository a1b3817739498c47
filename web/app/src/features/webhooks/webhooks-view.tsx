import type { EventWebhook } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { webhookAddress } from "./addresses.ts";
import { WebhookModal } from "./webhook-modal.tsx";
import { webhooksQuery } from "./webhook-queries.ts";
import { WebhookState } from "./webhook-state.tsx";

/** Where events are sent to. */
export function WebhooksView() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery(webhooksQuery(client));
  const [isAdding, setIsAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  const webhooks = query.data?.items ?? [];
  return (
    <section className={styles.section} aria-label={t("webhooks.title")}>
      <div className={styles.head}>
        <p>{t("webhooks.lead")}</p>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setIsAdding(true)}>
          {t("webhooks.add")}
        </Button>
      </div>
      <QueryProblem query={query} title={t("webhooks.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[64, 64]} /> : null}
      {query.isSuccess && webhooks.length === 0 ? (
        <Empty icon="send" title={t("webhooks.empty")} text={t("webhooks.empty_text")} />
      ) : null}
      {webhooks.length === 0 ? null : (
        <ul className={styles.rows}>
          {webhooks.map((webhook) => (
            <li key={webhook.id}>
              <WebhookRow webhook={webhook} />
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <WebhookModal
          webhook={undefined}
          onClose={() => setIsAdding(false)}
          onSaved={async (made) => {
            setIsAdding(false);
            setSecret(made);
            await readAnew(queries, ["webhooks"]);
          }}
        />
      ) : null}
      {secret === undefined ? null : (
        <SecretOnce
          title={t("webhooks.secret")}
          text={t("webhooks.secret_text")}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </section>
  );
}

function WebhookRow({ webhook }: { webhook: EventWebhook }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <h3 className={styles.name}>
          <Link to={webhookAddress(webhook.id)}>{webhook.url}</Link>
        </h3>
        <WebhookState webhook={webhook} />
      </div>
      <p className={styles.facts}>
        <span>
          {webhook.event_types.length === 0
            ? t("webhooks.all_types")
            : t("webhooks.some_types", { count: webhook.event_types.length })}
        </span>
        {webhook.waiting > 0 ? <span>{t("webhooks.waiting", { count: webhook.waiting })}</span> : null}
        <span>
          {webhook.last_delivered_at === undefined ? (
            t("webhooks.never_delivered")
          ) : (
            <>
              {t("webhooks.last_delivered")} <RelativeTime at={webhook.last_delivered_at} />
            </>
          )}
        </span>
      </p>
    </>
  );
}
