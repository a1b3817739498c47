import type { AlertRuleRequest, AlertSpan } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { TimeChart } from "../../ui/charts/time-chart.tsx";
import { formatDuration } from "../../ui/format-duration.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import recordStyles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "./alert-badges.tsx";
import { previewQuery } from "./alert-queries.ts";
import styles from "./alerts.module.css";
import { previewChart } from "./preview-chart.ts";

const mostSpans = 5;

/** What a rule would have done in the last seven days. */
export function RulePreview({ request, unit }: { request: AlertRuleRequest; unit: string }) {
  const { t } = useTranslation();
  const query = useQuery(previewQuery(useClient(), request));
  if (query.isError) return <QueryProblem query={query} title={t("alerts.preview_failed")} />;
  if (query.data === undefined) return <Placeholder heights={[24, 300]} />;
  const chart = previewChart(query.data, request, {
    warning: t("alerts.firing_warning"),
    critical: t("alerts.firing_critical"),
    value: t("alerts.judged"),
  });
  return (
    <>
      <p className={styles.verdict} role="status" aria-busy={query.isPlaceholderData}>
        {t("alerts.would_have_fired", { count: query.data.firings })}
      </p>
      <TimeChart title={t("alerts.preview")} hint={t("alerts.preview_text")} unit={unit} form="line" {...chart} />
      <Spans spans={query.data.spans} />
    </>
  );
}

function Spans({ spans }: { spans: readonly AlertSpan[] }) {
  const { i18n } = useTranslation();
  return (
    <ul className={styles.spans}>
      {spans
        .slice(-mostSpans)
        .toReversed()
        .map((span) => (
          <li key={`${span.group} ${span.from}`} className={recordStyles.facts}>
            <StateBadge state="firing" severity={span.severity} />
            {span.group === "" ? null : <code>{span.group}</code>}
            <RelativeTime at={span.from} />
            <span>{formatDuration(Date.parse(span.to) - Date.parse(span.from), i18n.language)}</span>
          </li>
        ))}
    </ul>
  );
}
