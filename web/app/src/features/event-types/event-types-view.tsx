import type { EventTypeDescription } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { eventTypesQuery } from "./event-types-query.ts";
import { TypeModal } from "./type-modal.tsx";
import { TypeRow } from "./type-row.tsx";

type Opened = { kind: "edit"; type: EventTypeDescription | undefined } | { kind: "delete"; type: EventTypeDescription };

/** Kinds of events: those of the server, and those that the organization's own programs record. */
export function EventTypesView() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery(eventTypesQuery(client));
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const refresh = () => readAnew(queries, eventTypesQuery(client).queryKey);
  const types = query.data?.items ?? [];
  return (
    <section className={styles.section} aria-label={t("event_types.title")}>
      <div className={styles.head}>
        <p>{t("event_types.lead")}</p>
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpened({ kind: "edit", type: undefined })}
        >
          {t("event_types.add")}
        </Button>
      </div>
      <QueryProblem query={query} title={t("event_types.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[64, 64, 64]} /> : null}
      {query.data === undefined ? null : (
        <>
          <TypeList title={t("event_types.own")} types={types.filter((type) => !type.is_built_in)} onOpen={setOpened} />
          <TypeList
            title={t("event_types.built_in")}
            types={types.filter((type) => type.is_built_in)}
            onOpen={setOpened}
          />
        </>
      )}
      {opened?.kind === "edit" ? <TypeModal type={opened.type} onClose={close} onSaved={refresh} /> : null}
      {opened?.kind === "delete" ? (
        <ConfirmDialog
          title={t("event_types.delete")}
          action={t("event_types.delete")}
          carryOut={() => client.timeline.deleteEventType(opened.type.event_type)}
          onClose={close}
          onDone={refresh}
        >
          <p className={styles.loss}>{t("event_types.delete_text", { type: opened.type.event_type })}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}

interface TypeListProps {
  title: string;
  types: readonly EventTypeDescription[];
  onOpen: (opened: Opened) => void;
}

function TypeList({ title, types, onOpen }: TypeListProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {types.length === 0 ? <p className={styles.lead}>{t("event_types.none")}</p> : null}
      {types.length === 0 ? null : (
        <ul className={styles.rows}>
          {types.map((type) => (
            <li key={type.event_type}>
              <TypeRow
                type={type}
                onChange={() => onOpen({ kind: "edit", type })}
                onDelete={() => onOpen({ kind: "delete", type })}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
