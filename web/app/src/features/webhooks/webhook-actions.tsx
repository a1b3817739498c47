import type { EventWebhook } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { webhooksAddress } from "./addresses.ts";
import { DeliveryStatus } from "./delivery-log.tsx";
import { ReplayModal } from "./replay-modal.tsx";
import { WebhookModal } from "./webhook-modal.tsx";

/** What can be done with a webhook. */
export function WebhookActions({ webhook }: { webhook: EventWebhook }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"change" | "replay" | "renew" | "delete">();
  const [secret, setSecret] = useState<string>();
  const close = () => setOpened(undefined);
  const refresh = () => readAnew(queries, ["webhooks"]);
  const toggle = useMutation({
    mutationFn: () => client.webhooks.save(webhook.id, { is_enabled: !webhook.is_enabled }),
    onSuccess: refresh,
  });
  const test = useMutation({ mutationFn: () => client.webhooks.test(webhook.id), onSuccess: refresh });
  const failure = toggle.error ?? test.error;
  return (
    <>
      <div className={styles.buttons}>
        <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t("webhooks.test")}
        </Button>
        <Button size="xs" variant="default" loading={toggle.isPending} onClick={() => toggle.mutate()}>
          {t(webhook.is_enabled ? "webhooks.switch_off" : "webhooks.switch_on")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened("replay")}>
          {t("webhooks.replay")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened("change")}>
          {t("webhooks.change")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened("renew")}>
          {t("webhooks.renew")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened("delete")}>
          {t("webhooks.delete")}
        </Button>
        <span role="status">{test.data === undefined ? null : <DeliveryStatus delivery={test.data} />}</span>
      </div>
      {failure === null ? null : <ProblemNotice problem={describeProblem(failure)} />}
      {opened === "replay" ? <ReplayModal webhookId={webhook.id} onClose={close} onDone={refresh} /> : null}
      {opened === "change" ? (
        <WebhookModal
          webhook={webhook}
          onClose={close}
          onSaved={async () => {
            close();
            await refresh();
          }}
        />
      ) : null}
      {opened === "renew" ? (
        <ConfirmDialog
          title={t("webhooks.renew")}
          action={t("webhooks.renew")}
          isHarmless
          carryOut={async () => setSecret((await client.webhooks.renewSecret(webhook.id)).secret)}
          onClose={close}
          onDone={refresh}
        >
          <p className={styles.loss}>{t("webhooks.renew_text")}</p>
        </ConfirmDialog>
      ) : null}
      {secret === undefined ? null : (
        <SecretOnce
          title={t("webhooks.secret")}
          text={t("webhooks.secret_text")}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
      {opened === "delete" ? (
        <ConfirmDialog
          title={t("webhooks.delete")}
          action={t("webhooks.delete")}
          carryOut={() => client.webhooks.delete(webhook.id)}
          onClose={close}
          onDone={async () => {
            navigate(webhooksAddress, { replace: true });
            await refresh();
          }}
        >
          <p className={styles.loss}>{t("webhooks.delete_text", { count: webhook.waiting })}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
