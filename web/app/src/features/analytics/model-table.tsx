import type { MetricSeries } from "@evenkeel/sdk";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { formatValue } from "../../ui/charts/format-value.ts";
import styles from "./analytics.module.css";
import { seriesQuery } from "./analytics-queries.ts";
import type { TimeWindow } from "./time-window.ts";

const columns = ["model_calls", "tokens_in", "tokens_out", "credits"] as const;

/** What each model was used for and what that cost. */
export function ModelTable({ window }: { window: TimeWindow }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const queries = useQueries({
    queries: columns.map((metric) => seriesQuery(client, { metric, groupBy: "model" }, window)),
  });
  const series = queries.map(({ data }) => data);
  const models = [...new Set(series.flatMap((one) => one?.series.map(({ label }) => label) ?? []))];
  if (models.length === 0) return null;
  return (
    <section className={styles.table} aria-label={t("analytics.models")}>
      <h2>{t("analytics.models")}</h2>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("analytics.model")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`analytics.panel_${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model}>
                <th scope="row">
                  <code>{model === "" ? t("analytics.without") : model}</code>
                </th>
                {columns.map((column, place) => (
                  <td key={column}>{cellOf(series[place], model, i18n.language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function cellOf(series: MetricSeries | undefined, model: string, language: string): string {
  const total = series?.series.find(({ label }) => label === model)?.total;
  return total === undefined || series === undefined ? "–" : formatValue(total.value, series.unit, language);
}
