import type { AuditEntry, EvenkeelClient } from "@evenkeel/sdk";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { EventData } from "../../ui/timeline/event-data.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { WordFilter } from "../../ui/word-filter.tsx";

const pageSize = 50;

function auditQuery(client: EvenkeelClient, action: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ["audit", action],
    queryFn: ({ pageParam, signal }) =>
      client.operations.audit({ action }, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}

/** What was done by whom: keys, webhooks, rules, operations on many turns. */
export function AuditView() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useFilterChange();
  const action = search.get("action") || undefined;
  const query = useInfiniteQuery(auditQuery(useClient(), action));
  return (
    <section className={styles.section} aria-label={t("audit.title")}>
      <p className={styles.lead}>{t("audit.lead")}</p>
      <div className={styles.filters}>
        <WordFilter
          label={t("audit.action")}
          example="api_key.created"
          value={action ?? ""}
          onChange={(value) => change("action", value)}
        />
      </div>
      <PagedRows
        query={query}
        failed={t("audit.failed_to_load")}
        empty={<Empty icon="shield" title={t(action === undefined ? "audit.empty" : "audit.none")} />}
        className={styles.rows}
        row={(entry) => (
          <li key={entry.id}>
            <Entry entry={entry} />
          </li>
        )}
      />
    </section>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <>
      <div className={styles.line}>
        <p className={styles.name}>
          <code>{entry.action}</code>
        </p>
        <p className={styles.facts}>
          <RelativeTime at={entry.at} />
        </p>
      </div>
      <p className={styles.facts}>
        <span>{entry.actor}</span>
        {entry.target === undefined ? null : <code>{entry.target}</code>}
      </p>
      {entry.data === undefined || entry.data === null ? null : <EventData data={entry.data} />}
    </>
  );
}
