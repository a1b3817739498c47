import type { CatalogueImport } from "@evenkeel/sdk";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { PagedRows } from "../../ui/paged-rows.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import pageStyles from "./catalogue.module.css";
import { importsQuery } from "./catalogue-queries.ts";
import styles from "./import.module.css";
import { ImportFigures, ImportReportView } from "./import-report.tsx";

/** What was brought in before, newest first, each with its report. */
export function PastImports() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(importsQuery(useClient()));
  return (
    <section className={pageStyles.section} aria-label={t("catalogue.past_imports")}>
      <h2 className={styles.heading}>{t("catalogue.past_imports")}</h2>
      <PagedRows
        query={query}
        failed={t("catalogue.past_imports_failed")}
        empty={<p className={styles.lead}>{t("catalogue.past_imports_none")}</p>}
        className={styles.past}
        row={(one) => <PastImport key={one.id} made={one} />}
      />
    </section>
  );
}

function PastImport({ made: { file_name: name, created_at: at, report } }: { made: CatalogueImport }) {
  const { t } = useTranslation();
  return (
    <li>
      <details>
        <summary>
          <span>{name === "" ? t(`catalogue.format_${report.format}`) : name}</span> <RelativeTime at={at} />
          <ImportFigures report={report} />
        </summary>
        <div className={styles.report}>
          <ImportReportView report={report} />
        </div>
      </details>
    </li>
  );
}
