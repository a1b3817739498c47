import type { MetricDescription } from "@evenkeel/sdk";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import recordStyles from "../../ui/records.module.css";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import styles from "./analytics.module.css";
import { metricsQuery } from "./analytics-queries.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { ChatbotChoice } from "./chatbot-choice.tsx";
import { ModelTable } from "./model-table.tsx";
import { OverviewFigures } from "./overview-figures.tsx";
import { type Panel, panels, type SectionName, sectionNames } from "./panels.ts";
import { StageTable } from "./stage-table.tsx";
import { TimeChooser } from "./time-chooser.tsx";
import type { TimeWindow } from "./time-window.ts";
import { useTimeWindow } from "./use-time-window.ts";

/** What happened over time, in sections; each point leads to what is behind it. */
export function AnalyticsView({ chatbots }: { chatbots: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useFilterChange();
  const window = useTimeWindow();
  const metrics = useQuery(metricsQuery(useClient()));
  const section = sectionNames.find((one) => one === search.get("section")) ?? "overview";
  return (
    <div className={recordStyles.section}>
      <TimeChooser window={window}>
        <ChatbotChoice chatbots={chatbots} />
      </TimeChooser>
      <Tabs
        value={section}
        onChange={(next) => change("section", next === "overview" ? "" : (next ?? ""))}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {sectionNames.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`analytics.section_${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={section}>
          <QueryProblem query={metrics} title={t("analytics.failed")} />
          {metrics.isPending ? <Placeholder heights={[88, 320]} /> : null}
          {metrics.data === undefined ? null : (
            <Section name={section} metrics={metrics.data} window={window} chatbots={chatbots} />
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

interface SectionProps {
  name: SectionName;
  metrics: readonly MetricDescription[];
  window: TimeWindow;
  chatbots: readonly { id: string; name: string }[];
}

function Section({ name, metrics, window, chatbots }: SectionProps) {
  const { t } = useTranslation();
  // What is of the whole installation is told to its operators only.
  const isKnown = ({ sources }: Panel) => sources.every((one) => metrics.some(({ metric }) => metric === one.metric));
  const shown = panels[name].filter(isKnown);
  if (shown.length === 0) {
    return <Empty icon="lock" title={t("analytics.operators")} text={t("analytics.operators_text")} />;
  }
  return (
    <div className={recordStyles.section}>
      {name === "overview" ? <OverviewFigures metrics={metrics} window={window} /> : null}
      <div className={styles.panels}>
        {shown.map((panel) => (
          <ChartPanel key={panel.id} panel={panel} metrics={metrics} window={window} chatbots={chatbots} />
        ))}
      </div>
      {name === "stages" ? <StageTable window={window} /> : null}
      {name === "cost" ? <ModelTable metrics={metrics} window={window} /> : null}
    </div>
  );
}
