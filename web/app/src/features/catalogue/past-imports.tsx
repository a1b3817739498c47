import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import pageStyles from "./catalogue.module.css";
import { importsQuery } from "./catalogue-queries.ts";
import styles from "./import.module.css";
import { ImportFigures, ImportReportView } from "./import-report.tsx";

/** What was brought in before, newest first, each with its report. */
export function PastImports() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(importsQuery(useClient()));
  const imports = (query.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <section className={pageStyles.section} aria-label={t("catalogue.past_imports")}>
      <h2 className={styles.heading}>{t("catalogue.past_imports")}</h2>
      {query.isPending ? <Placeholder heights={[48, 48]} /> : null}
      {query.isError ? (
        <ProblemNotice title={t("catalogue.past_imports_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("catalogue.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isSuccess && imports.length === 0 ? (
        <p className={styles.lead}>{t("catalogue.past_imports_none")}</p>
      ) : null}
      <ul className={styles.past}>
        {imports.map((one) => (
          <li key={one.id}>
            <details>
              <summary>
                <span>{one.file_name === "" ? t(`catalogue.format_${one.report.format}`) : one.file_name}</span>{" "}
                <RelativeTime at={one.created_at} />
                <ImportFigures report={one.report} />
              </summary>
              <div className={styles.report}>
                <ImportReportView report={one.report} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("catalogue.more")}
        </Button>
      ) : null}
    </section>
  );
}
