import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/empty.tsx";
import { EventCard } from "../../ui/events/event-card.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "./search.module.css";
import { type Conditions, isNarrowed } from "./search-conditions.ts";
import { isExpired } from "./search-queries.ts";
import type { Results } from "./use-results.ts";

interface ResultListProps {
  results: Results;
  conditions: Conditions;
}

/** What fits, best first, page by page. */
export function ResultList({ results: { query, more }, conditions }: ResultListProps) {
  const { t } = useTranslation();
  const hits = (query.data?.pages ?? []).flatMap((page) => page.items);
  if (hits.length === 0) return <NoResults conditions={conditions} />;
  return (
    <>
      <ol className={styles.list}>
        {hits.map(({ event }) => (
          <li key={event.id}>
            <EventCard event={event} />
          </li>
        ))}
      </ol>
      {query.isFetchNextPageError && !isExpired(query.error) ? (
        <ProblemNotice title={t("search.more_failed")} problem={describeProblem(query.error)} />
      ) : null}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void more()}>
          {t("search.more")}
        </Button>
      ) : null}
    </>
  );
}

function NoResults({ conditions }: { conditions: Conditions }) {
  const { t } = useTranslation();
  return isNarrowed(conditions) ? (
    <Empty icon="search" title={t("search.none")} text={t("search.none_text")} />
  ) : (
    <Empty icon="calendar" title={t("search.empty")} text={t("search.empty_text")} />
  );
}
