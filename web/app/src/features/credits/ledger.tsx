import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { formatChange } from "./credit-format.ts";
import { entriesQuery } from "./credit-queries.ts";
import styles from "./credits.module.css";
import { type LedgerRow, ledgerRows } from "./ledger-rows.ts";

/** Every entry, newest first, a turn as one line. */
export function Ledger() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(entriesQuery(useClient()));
  const rows = ledgerRows((query.data?.pages ?? []).flatMap((page) => page.items));
  return (
    <section className={styles.ledger} aria-label={t("credits.entries")}>
      <h2>{t("credits.entries")}</h2>
      {query.isError ? (
        <ProblemNotice title={t("credits.entries_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("credits.refresh")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[200]} /> : null}
      {query.data !== undefined && rows.length === 0 ? (
        <p className={styles.empty}>{t("credits.entries_empty")}</p>
      ) : null}
      {rows.length === 0 ? null : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.entry.id}>
              <Row row={row} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("credits.more")}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ row: { entry, kind, change } }: { row: LedgerRow }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.row} data-kind={kind}>
      <p className={styles.kind}>{t(`credits.kind_${kind}`)}</p>
      <p className={styles.amount}>
        {kind === "plan" ? "" : formatChange(change, i18n.language)}
        {entry.is_metered || kind === "plan" ? null : <small>{t("credits.recorded")}</small>}
      </p>
      <p className={styles.facts}>
        <RelativeTime at={entry.created_at} />
        {entry.model === undefined ? null : <span>{entry.model}</span>}
        {entry.input_tokens === undefined || entry.output_tokens === undefined ? null : (
          <span>{t("credits.tokens", { input: entry.input_tokens, output: entry.output_tokens })}</span>
        )}
        {entry.note === undefined ? null : <span>{entry.note}</span>}
        {entry.thread_id === undefined ? null : (
          <Link to={`/chat/${entry.thread_id}`}>{t("credits.to_conversation")}</Link>
        )}
      </p>
    </div>
  );
}
