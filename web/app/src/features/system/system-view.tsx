import type { HealthReport } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { CheckCard } from "./check-card.tsx";
import { endpointFacts } from "./endpoint-facts.ts";
import { healthQuery } from "./health-query.ts";
import { StatusBadge } from "./status-badge.tsx";
import styles from "./system.module.css";

/** Every part of the server: how it is and what to do. Looks again by itself. */
export function SystemView() {
  const { t } = useTranslation();
  const query = useQuery(healthQuery(useClient()));
  const again = (
    <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
      {t("system.refresh")}
    </Button>
  );
  return (
    <>
      {query.isError ? (
        <ProblemNotice title={t("system.failed")} problem={describeProblem(query.error)}>
          {again}
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[72, 96, 96, 96]} /> : null}
      {query.data === undefined ? null : (
        <Report report={query.data} checkedAt={query.dataUpdatedAt} again={query.isError ? null : again} />
      )}
    </>
  );
}

interface ReportProps {
  report: HealthReport;
  checkedAt: number;
  again: React.ReactNode;
}

function Report({ report, checkedAt, again }: ReportProps) {
  const { t, i18n } = useTranslation();
  const checks = report.checks ?? [];
  const endpoints = checks.filter((check) => endpointFacts(check) !== null);
  const parts = checks.filter((check) => endpointFacts(check) === null);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "medium" }).format(checkedAt);
  return (
    <>
      <section className={styles.summary} data-status={report.status} aria-label={t("system.overall")}>
        <div role="status">
          <StatusBadge status={report.status} />
          <p className={styles.sentence}>{t(`system.summary_${report.status}`)}</p>
        </div>
        <div className={styles.checked}>
          <span>{t("system.checked", { time })}</span>
          {again}
        </div>
      </section>
      {checks.length === 0 ? (
        <p className={styles.empty}>
          <Icon name="pulse" /> {t("system.empty")}
        </p>
      ) : null}
      <Group title={t("system.endpoints")} hint={t("system.endpoints_hint")} checks={endpoints} />
      <Group title={t("system.parts")} checks={parts} />
    </>
  );
}

interface GroupProps {
  title: string;
  hint?: string;
  checks: NonNullable<HealthReport["checks"]>;
}

function Group({ title, hint, checks }: GroupProps) {
  if (checks.length === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <h2>{title}</h2>
      {hint === undefined ? null : <p className={styles.groupHint}>{hint}</p>}
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check.name}>
            <CheckCard check={check} />
          </li>
        ))}
      </ul>
    </section>
  );
}
