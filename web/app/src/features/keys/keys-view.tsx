import type { ApiKey } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { CreateKeyModal } from "./create-key-modal.tsx";
import { KeyRow } from "./key-row.tsx";
import { keysQuery } from "./keys-query.ts";

type Opened = { kind: "create" } | { kind: "secret"; secret: string } | { kind: "revoke"; key: ApiKey };

/** Keys for programs: making, last use, revoking. */
export function KeysView() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery(keysQuery(client));
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const refresh = () => readAnew(queries, keysQuery(client).queryKey);
  const keys = query.data?.items ?? [];
  return (
    <section className={styles.section} aria-label={t("keys.title")}>
      <div className={styles.head}>
        <p>{t("keys.lead")}</p>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpened({ kind: "create" })}>
          {t("keys.create")}
        </Button>
      </div>
      <QueryProblem query={query} title={t("keys.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[64, 64]} /> : null}
      {query.isSuccess && keys.length === 0 ? (
        <Empty icon="lock" title={t("keys.empty")} text={t("keys.empty_text")} />
      ) : null}
      {keys.length === 0 ? null : (
        <ul className={styles.rows}>
          {keys.map((key) => (
            <li key={key.id}>
              <KeyRow apiKey={key} onRevoke={() => setOpened({ kind: "revoke", key })} />
            </li>
          ))}
        </ul>
      )}
      {opened?.kind === "create" ? (
        <CreateKeyModal
          onClose={close}
          onCreated={async (secret) => {
            setOpened({ kind: "secret", secret });
            await refresh();
          }}
        />
      ) : null}
      {opened?.kind === "secret" ? (
        <SecretOnce title={t("keys.secret")} text={t("keys.secret_text")} secret={opened.secret} onClose={close} />
      ) : null}
      {opened?.kind === "revoke" ? (
        <ConfirmDialog
          title={t("keys.revoke_title", { name: opened.key.name })}
          action={t("keys.revoke")}
          carryOut={() => client.keys.revoke(opened.key.id)}
          onClose={close}
          onDone={refresh}
        >
          <p className={styles.loss}>{t("keys.revoke_text")}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
