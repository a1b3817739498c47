import type { LabelledSeries } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { formatValue } from "../../ui/charts/format-value.ts";
import styles from "./analytics.module.css";
import { seriesQuery } from "./analytics-queries.ts";
import { behindAddress, labelsOf } from "./behind-address.ts";
import { useChatbotId } from "./chatbot-choice.tsx";
import type { TimeWindow } from "./time-window.ts";

const percentiles = ["p50", "p95", "p99"] as const;
// Events of stages do not say whose chatbot's they are.
const durations = { metric: "stage_duration", groupBy: "event_type" };

/** How long each stage took, the slowest first. */
export function StageTable({ window }: { window: TimeWindow }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(seriesQuery(useClient(), durations, window));
  const isOfAll = useChatbotId() !== undefined;
  const stages = [...(query.data?.series ?? [])].sort((one, other) => (other.total.p95 ?? 0) - (one.total.p95 ?? 0));
  if (stages.length === 0) return null;
  const slowest = Math.max(...stages.map(({ total }) => total.p99 ?? 0));
  return (
    <section className={styles.table} aria-label={t("analytics.stages")}>
      <h2>{t("analytics.stages")}</h2>
      {isOfAll ? <p className={styles.caveat}>{t("analytics.of_all_chatbots")}</p> : null}
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("analytics.stage")}</th>
              <th scope="col">{t("analytics.times")}</th>
              {percentiles.map((one) => (
                <th key={one} scope="col">
                  {t(`analytics.line_${one}`)}
                </th>
              ))}
              <th scope="col" className={styles.wide}>
                <span className="visually-hidden">{t("analytics.compared")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map((stage) => (
              <tr key={stage.label}>
                <th scope="row">
                  <StageLink type={stage.label} window={window} />
                </th>
                <td>{formatValue(stage.total.count, "count", i18n.language)}</td>
                {percentiles.map((one) => (
                  <td key={one}>{formatPercentile(stage, one, i18n.language)}</td>
                ))}
                <td className={styles.wide}>
                  <Spread stage={stage} slowest={slowest} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** From the middle to the slowest, beside the other stages. */
function Spread({ stage: { total }, slowest }: { stage: LabelledSeries; slowest: number }) {
  const percent = (value: number | undefined) => `${slowest === 0 ? 0 : ((value ?? 0) / slowest) * 100}%`;
  return (
    <div className={styles.spread} aria-hidden="true">
      {percentiles.toReversed().map((one) => (
        <div key={one} data-percentile={one} style={{ inlineSize: percent(total[one]) }} />
      ))}
    </div>
  );
}

function formatPercentile({ total }: LabelledSeries, one: (typeof percentiles)[number], language: string): string {
  const value = total[one];
  return value === undefined ? "–" : formatValue(value, "ms", language);
}

/** The events behind a row; a time that is too long to be listed leads nowhere. */
function StageLink({ type, window: { from, to } }: { type: string; window: TimeWindow }) {
  const { t } = useTranslation();
  const labels = labelsOf(durations, type);
  const address = behindAddress({
    metric: durations.metric,
    kind: "distribution",
    behind: "timeline",
    labels,
    from,
    to,
  });
  const name = type === "other" ? t("analytics.other") : <code>{type}</code>;
  return address === undefined ? name : <Link to={address}>{name}</Link>;
}
