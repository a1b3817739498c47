import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { personTimeZone } from "../../ui/events/event-days.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ChosenPlaces } from "./chosen-places.tsx";
import { MonthView } from "./month-view.tsx";
import { ResultList } from "./result-list.tsx";
import { type ChatAddress, ResultsHead } from "./results-head.tsx";
import styles from "./search.module.css";
import { searchRequest } from "./search-conditions.ts";
import { SearchFacetLists } from "./search-facet-lists.tsx";
import { SearchForm } from "./search-form.tsx";
import { Understood } from "./understood.tsx";
import { useResults } from "./use-results.ts";
import { useSearchConditions } from "./use-search-conditions.ts";

/** Finding events: question and filters, what was understood, facets, and what fits as a list or a month. */
export function SearchView({ chatAddress }: { chatAddress: ChatAddress }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { conditions, change } = useSearchConditions();
  const request = useMemo(() => searchRequest(conditions, personTimeZone()), [conditions]);
  const results = useResults(request);
  const { query } = results;
  const response = query.data?.pages[0]?.response;
  const isCalendar = search.get("view") === "calendar";
  return (
    <div className={styles.page}>
      <SearchForm conditions={conditions} onChange={change} />
      <ChosenPlaces ids={conditions.locationIds} onChange={(locationIds) => change({ locationIds })} />
      {response === undefined ? null : (
        <Understood understood={response.understood} conditions={conditions} onChange={change} />
      )}
      {query.isError && response === undefined ? (
        <ProblemNotice title={t("search.failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("search.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[40, 110, 110, 110]} /> : null}
      {response === undefined ? null : (
        <div className={styles.found} aria-busy={query.isPlaceholderData}>
          <SearchFacetLists facets={response.facets} conditions={conditions} onChange={change} />
          <section className={styles.results} aria-label={t("search.results")}>
            <h2 className="visually-hidden">{t("search.results")}</h2>
            <ResultsHead response={response} isRenewed={results.isRenewed} chatAddress={chatAddress} />
            {isCalendar ? (
              <MonthView conditions={conditions} months={response.facets.months} />
            ) : (
              <ResultList results={results} conditions={conditions} />
            )}
          </section>
        </div>
      )}
    </div>
  );
}
