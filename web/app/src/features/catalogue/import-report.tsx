import type { ImportChange, ImportProblem, ImportReport } from "@evenkeel/sdk";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import styles from "./import.module.css";
import { columnFields } from "./import-file.ts";

/** What an import did or would do: figures, what does not fit by line, and what changes. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { problems, changes } = report;
  const changesTitle = t(report.dry_run ? "catalogue.changes" : "catalogue.changes_made");
  return (
    <>
      <h2>{t(report.dry_run ? "catalogue.would" : "catalogue.did")}</h2>
      <ImportFigures report={report} />
      {problems.length === 0 ? null : (
        <section aria-label={t("catalogue.problems")}>
          <h3>{t("catalogue.problems")}</h3>
          <ul className={styles.lines}>
            {problems.map((problem) => (
              <ProblemLine
                key={`${problem.line} ${problem.field} ${problem.code} ${problem.message}`}
                problem={problem}
              />
            ))}
          </ul>
        </section>
      )}
      {changes.length === 0 ? null : (
        <section aria-label={changesTitle}>
          <h3>{changesTitle}</h3>
          <ul className={styles.lines}>
            {changes.map((change) => (
              <ChangeLine key={`${change.action} ${change.key}`} change={change} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** How many of what, those that are none left out. */
export function ImportFigures({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { created, updated, unchanged, removed, failed, created_locations: places } = report;
  const figures = [
    t("catalogue.rows", { count: report.rows }),
    created > 0 ? t("catalogue.created", { count: created }) : null,
    updated > 0 ? t("catalogue.updated", { count: updated }) : null,
    removed > 0 ? t("catalogue.removed", { count: removed }) : null,
    unchanged > 0 ? t("catalogue.unchanged", { count: unchanged }) : null,
    failed > 0 ? t("catalogue.failed", { count: failed }) : null,
    places > 0 ? t("catalogue.created_places", { count: places }) : null,
  ];
  return <p className={styles.figures}>{figures.filter((figure) => figure !== null).join(" · ")}</p>;
}

function ProblemLine({ problem: { line, field, message, is_warning: isWarning } }: { problem: ImportProblem }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className={styles.line}>{t("catalogue.line", { line })}</span>
      <Badge tone={isWarning ? "warning" : "danger"} icon="warning">
        {t(isWarning ? "catalogue.warning" : "catalogue.left_out")}
      </Badge>
      <span>
        {field === undefined ? null : <strong>{nameOfField(field, t)}</strong>} {message}
      </span>
    </li>
  );
}

function ChangeLine({ change: { line, action, title, fields } }: { change: ImportChange }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className={styles.line}>{line === 0 ? "" : t("catalogue.line", { line })}</span>
      <Badge
        tone={action === "create" ? "good" : action === "update" ? "accent" : "danger"}
        icon={action === "create" ? "plus" : action === "update" ? "pencil" : "trash"}
      >
        {t(`catalogue.action_${action}`)}
      </Badge>
      <span>
        {title}
        {fields.length === 0 ? null : <small> {fields.map((field) => nameOfField(field, t)).join(" · ")}</small>}
      </span>
    </li>
  );
}

/** A field as the forms name it; as it is on the wire where they have none of the name. */
function nameOfField(field: string, t: TFunction): string {
  if (field === "location") return t("search.place");
  const known = columnFields.find((one) => one === field);
  return known === undefined ? field : t(`catalogue.field_${known}`);
}
