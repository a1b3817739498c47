import type { AlertReceiver } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { receiversQuery, refreshAlerts } from "./alert-queries.ts";
import { ReceiverModal } from "./receiver-modal.tsx";

type Opened = { kind: "edit"; receiver: AlertReceiver | undefined } | { kind: "delete"; receiver: AlertReceiver };

/** Who is told of alerts, and how. */
export function ReceiverList({ isOperator }: { isOperator: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery(receiversQuery(client));
  const [opened, setOpened] = useState<Opened>();
  const [secret, setSecret] = useState<string>();
  const receivers = query.data?.items ?? [];
  const close = () => setOpened(undefined);
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <p>{t("alerts.receivers_lead")}</p>
        <Button variant="default" size="sm" onClick={() => setOpened({ kind: "edit", receiver: undefined })}>
          {t("alerts.receiver_add")}
        </Button>
      </div>
      <QueryProblem query={query} title={t("alerts.receivers_failed")} />
      {query.isPending ? <Placeholder heights={[64]} /> : null}
      {query.isSuccess && receivers.length === 0 ? (
        <Empty icon="send" title={t("alerts.receivers_empty")} text={t("alerts.receivers_empty_text")} />
      ) : null}
      {receivers.length === 0 ? null : (
        <ul className={styles.rows}>
          {receivers.map((receiver) => (
            <li key={receiver.id}>
              <ReceiverRow receiver={receiver} onOpen={setOpened} />
            </li>
          ))}
        </ul>
      )}
      {opened?.kind === "edit" ? (
        <ReceiverModal receiver={opened.receiver} isOperator={isOperator} onClose={close} onSecret={setSecret} />
      ) : null}
      {opened?.kind === "delete" ? (
        <ConfirmDialog
          title={t("alerts.receiver_delete")}
          action={t("alerts.receiver_delete")}
          carryOut={() => client.alerts.deleteReceiver(opened.receiver.id)}
          onClose={close}
          onDone={() => refreshAlerts(queries)}
        >
          <p className={styles.loss}>{t("alerts.receiver_delete_text", { name: opened.receiver.name })}</p>
        </ConfirmDialog>
      ) : null}
      {secret === undefined ? null : (
        <SecretOnce
          title={t("alerts.receiver_secret")}
          text={t("alerts.receiver_secret_text")}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </div>
  );
}

function ReceiverRow({ receiver, onOpen }: { receiver: AlertReceiver; onOpen: (opened: Opened) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <h3 className={styles.name}>{receiver.name}</h3>
        <div className={styles.buttons}>
          {receiver.is_enabled ? null : (
            <Badge tone="neutral" icon="stop">
              {t("alerts.off")}
            </Badge>
          )}
          <TestButton receiver={receiver} />
          <Button size="compact-xs" variant="default" onClick={() => onOpen({ kind: "edit", receiver })}>
            {t("alerts.change")}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onOpen({ kind: "delete", receiver })}>
            {t("alerts.receiver_delete")}
          </Button>
        </div>
      </div>
      <p className={styles.facts}>
        <span>{t(`alerts.kind_${receiver.kind}`)}</span>
        {receiver.target === undefined ? null : <span>{receiver.target}</span>}
        <span>{t(`alerts.least_${receiver.least_severity}`)}</span>
        {receiver.is_of_installation ? <span>{t("alerts.of_installation")}</span> : null}
        {receiver.waiting > 0 ? <span>{t("alerts.waiting", { count: receiver.waiting })}</span> : null}
        {receiver.last_sent_at === undefined ? null : (
          <span>
            {t("alerts.last_sent")} <RelativeTime at={receiver.last_sent_at} />
          </span>
        )}
        {receiver.last_error === undefined ? null : <span lang="en">{receiver.last_error}</span>}
      </p>
    </>
  );
}

function TestButton({ receiver }: { receiver: AlertReceiver }) {
  const { t } = useTranslation();
  const client = useClient();
  const test = useMutation({ mutationFn: () => client.alerts.testReceiver(receiver.id) });
  return (
    <>
      <Button size="compact-xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {t("alerts.test")}
      </Button>
      <span role="status">
        {test.data === undefined ? null : test.data.status === "sent" ? (
          <Badge tone="good" icon="check">
            {t("alerts.test_sent")}
          </Badge>
        ) : (
          <Badge tone="danger" icon="close" {...(test.data.error === undefined ? {} : { title: test.data.error })}>
            {t("alerts.test_failed")}
          </Badge>
        )}
      </span>
      {test.isError ? <ProblemNotice problem={describeProblem(test.error)} /> : null}
    </>
  );
}
