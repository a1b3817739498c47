import type { MetricDescription } from "@evenkeel/sdk";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { TimeChart } from "../../ui/charts/time-chart.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { seriesQuery } from "./analytics-queries.ts";
import { useChatbotId } from "./chatbot-choice.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { ofChatbot } from "./of-chatbot.ts";
import { type Measured, panelLines, timesOf } from "./panel-lines.ts";
import type { Panel } from "./panels.ts";
import type { TimeWindow } from "./time-window.ts";
import { useLineNames } from "./use-line-names.ts";

interface ChartPanelProps {
  panel: Panel;
  metrics: readonly MetricDescription[];
  window: TimeWindow;
  chatbots: readonly { id: string; name: string }[];
}

/** One chart of a section, with what it is drawn from. */
export function ChartPanel({ panel, metrics, window, chatbots }: ChartPanelProps) {
  const { t } = useTranslation();
  const client = useClient();
  const names = useLineNames(chatbots);
  const { sources, isOfAll } = ofChatbot(panel.sources, metrics, useChatbotId());
  const queries = useQueries({ queries: sources.map((source) => seriesQuery(client, source, window)) });
  const failed = queries.find((query) => query.isError);
  const title = t(`analytics.panel_${panel.id}`);
  if (failed !== undefined) return <QueryProblem query={failed} title={t("analytics.failed_chart", { title })} />;
  const measured = queries.flatMap(({ data }, place): Measured[] => {
    const source = sources[place];
    if (data === undefined || source === undefined) return [];
    return [{ source, series: data, behind: metrics.find(({ metric }) => metric === source.metric)?.behind }];
  });
  const first = measured[0]?.series;
  if (first === undefined || measured.length < sources.length) return <Placeholder heights={[320]} />;
  return (
    <TimeChart
      title={title}
      hint={t(`analytics.hint_${panel.id}`)}
      note={isOfAll ? t("analytics.of_all_chatbots") : undefined}
      unit={first.unit}
      times={timesOf(first)}
      lines={panelLines(measured, panel.form, names)}
      form={panel.form}
      actions={<ExportMenu sources={sources} window={window} />}
    />
  );
}
