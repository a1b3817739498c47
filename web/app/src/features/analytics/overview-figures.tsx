import type { MetricDescription, MetricSeries } from "@evenkeel/sdk";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { formatValue } from "../../ui/charts/format-value.ts";
import { Figure, Figures } from "../../ui/figure.tsx";
import { turnsAddress } from "../../ui/operations-addresses.ts";
import { type Source, seriesQuery } from "./analytics-queries.ts";
import { useChatbotId } from "./chatbot-choice.tsx";
import { ofChatbot } from "./of-chatbot.ts";
import type { TimeWindow } from "./time-window.ts";
import { useLineNames } from "./use-line-names.ts";

// The first ones are those of the charts below: they are asked for once.
const turnsByStatus: Source = { metric: "turns", groupBy: "status" };
const turnDuration: Source = { metric: "turn_duration" };
const firstToken: Source = { metric: "first_token" };
const credits: Source = { metric: "credits" };

/** The numbers one looks at first. */
export function OverviewFigures({ metrics, window }: { metrics: readonly MetricDescription[]; window: TimeWindow }) {
  const { t } = useTranslation();
  const chatbotId = useChatbotId();
  const { sources } = ofChatbot([turnsByStatus, turnDuration, firstToken, credits], metrics, chatbotId);
  const client = useClient();
  const queries = useQueries({ queries: sources.map((source) => seriesQuery(client, source, window)) });
  const [turns, duration, first, spent] = queries.map(({ data }) => data);
  const all = turnsOf(window, { chatbot_id: chatbotId });
  const failedTurns = turnsOf(window, { chatbot_id: chatbotId, status: "failed" });
  const count = sumOf(turns?.series);
  const failed = sumOf(turns?.series, "failed");
  const countBefore = turns?.previous === undefined ? undefined : sumOf(turns.previous);
  const failedBefore = turns?.previous === undefined ? undefined : sumOf(turns.previous, "failed");
  return (
    <Figures label={t("analytics.figures")}>
      <Total name={t("analytics.figure_turns")} unit="count" now={count} before={countBefore} to={all} />
      <Total
        name={t("analytics.figure_failed")}
        unit="count"
        now={failed}
        before={failedBefore}
        to={failedTurns}
        isBad={(failed ?? 0) > 0}
      />
      <Total
        name={t("analytics.figure_failed_share")}
        unit="percent"
        now={shareOf(failed, count)}
        before={shareOf(failedBefore, countBefore)}
        to={failedTurns}
      />
      <Total
        name={t("analytics.figure_first_token")}
        unit="ms"
        now={first?.series[0]?.total.p95}
        before={first?.previous?.[0]?.total.p95}
        to={all}
      />
      <Total
        name={t("analytics.figure_duration")}
        unit="ms"
        now={duration?.series[0]?.total.p95}
        before={duration?.previous?.[0]?.total.p95}
        to={all}
      />
      <Total
        name={t("analytics.figure_credits")}
        unit="credits"
        now={sumOf(spent?.series)}
        before={spent?.previous === undefined ? undefined : sumOf(spent.previous)}
        to={all}
      />
    </Figures>
  );
}

interface TotalProps {
  name: string;
  unit: string;
  now: number | undefined;
  before: number | undefined;
  to: string;
  isBad?: boolean;
}

function Total({ name, unit, now, before, to, isBad = false }: TotalProps) {
  const { t, i18n } = useTranslation();
  const { ofChange } = useLineNames([]);
  const change = now === undefined || before === undefined ? undefined : ofChange(now, before);
  return (
    <Figure
      name={name}
      to={to}
      tone={isBad ? "danger" : undefined}
      note={change === undefined ? null : t("analytics.against_before", { change })}
    >
      {now === undefined ? "–" : formatValue(now, unit, i18n.language)}
    </Figure>
  );
}

/** The turns that ended in the time that is looked at. */
function turnsOf({ from, to }: TimeWindow, conditions: Readonly<Record<string, string | undefined>>): string {
  return turnsAddress({
    ...conditions,
    ended_from: new Date(from).toISOString(),
    ended_to: new Date(to).toISOString(),
  });
}

function sumOf(series: MetricSeries["series"] | undefined, label?: string): number | undefined {
  return series
    ?.filter((one) => label === undefined || one.label === label)
    .reduce((sum, { total }) => sum + total.value, 0);
}

function shareOf(part: number | undefined, all: number | undefined): number | undefined {
  return part === undefined || all === undefined || all === 0 ? undefined : (part / all) * 100;
}
