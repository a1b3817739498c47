import type { MetricDescription, MetricSeries } from "@evenkeel/sdk";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { formatValue } from "../../ui/charts/format-value.ts";
import styles from "./analytics.module.css";
import { type Source, seriesQuery } from "./analytics-queries.ts";
import { behindAddress, labelsOf } from "./behind-address.ts";
import { useChatbotId } from "./chatbot-choice.tsx";
import { ofChatbot } from "./of-chatbot.ts";
import type { TimeWindow } from "./time-window.ts";

const columns = ["model_calls", "tokens_in", "tokens_out", "credits"] as const;
const byModel = columns.map((metric) => ({ metric, groupBy: "model" }));

/** What each model was used for and what that cost. */
export function ModelTable({ metrics, window }: { metrics: readonly MetricDescription[]; window: TimeWindow }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { sources } = ofChatbot(byModel, metrics, useChatbotId());
  const queries = useQueries({ queries: sources.map((source) => seriesQuery(client, source, window)) });
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
                  <ModelLink model={model} source={sources[0]} window={window} />
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

/** Its turns, in the time and of the chatbot that are looked at. */
function ModelLink({
  model,
  source,
  window: { from, to },
}: {
  model: string;
  source: Source | undefined;
  window: TimeWindow;
}) {
  const { t } = useTranslation();
  const name = model === "" ? t("analytics.without") : model === "other" ? t("analytics.other") : model;
  const labels = source === undefined ? [] : labelsOf(source, model);
  const address = behindAddress({ metric: "turns", kind: "sum", behind: "turns", labels, from, to });
  return <Link to={address ?? ""}>{name}</Link>;
}

function cellOf(series: MetricSeries | undefined, model: string, language: string): string {
  const total = series?.series.find(({ label }) => label === model)?.total;
  return total === undefined || series === undefined ? "–" : formatValue(total.value, series.unit, language);
}
