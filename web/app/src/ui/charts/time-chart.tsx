import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./chart.module.css";
import { ChartLegend } from "./chart-legend.tsx";
import type { ChartLine, ChartSpan, ChartThreshold, ChartTimes } from "./chart-line.ts";
import type { ChartPoint } from "./chart-point.ts";
import { ChartSurface } from "./chart-surface.tsx";
import { ChartTable } from "./chart-table.tsx";
import { unitName } from "./format-value.ts";

/** What a chart shows. */
export interface TimeChartProps {
  title: string;
  /** What its numbers mean. */
  hint?: string | undefined;
  /** What one has to know so as not to take its numbers for others. */
  note?: string | undefined;
  /** As in the metrics of the server. */
  unit: string;
  times: ChartTimes;
  lines: readonly ChartLine[];
  /** Bars stand on top of each other; lines beside each other. */
  form: "line" | "bar";
  thresholds?: readonly ChartThreshold[];
  spans?: readonly ChartSpan[];
  /** Beside the switch to the table. */
  actions?: ReactNode;
}

/** Values over time as a picture or as a table, each of them leading to what is behind it. */
export function TimeChart(chart: TimeChartProps) {
  const { t } = useTranslation();
  const [isTable, setIsTable] = useState(false);
  const [point, setPoint] = useState<ChartPoint>();
  const isEmpty = chart.lines.every(({ values }) => values.every((value) => value === undefined));
  return (
    <section className={styles.chart} aria-label={chart.title}>
      <div className={styles.head}>
        <div>
          <h2>{chart.title}</h2>
          {chart.hint === undefined ? null : <p className={styles.hint}>{chart.hint}</p>}
          {chart.note === undefined ? null : <p className={styles.caveat}>{chart.note}</p>}
        </div>
        <div className={styles.actions}>
          {isEmpty ? null : (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setIsTable(!isTable)}>
              {t(isTable ? "charts.as_picture" : "charts.as_table")}
            </Button>
          )}
          {chart.actions}
        </div>
      </div>
      {isEmpty ? (
        <p className={styles.empty}>{t("charts.empty")}</p>
      ) : isTable ? (
        <ChartTable chart={chart} />
      ) : (
        <>
          <p className={styles.unit} aria-hidden="true">
            {t(`charts.unit_${unitName(chart.unit)}`)}
          </p>
          <ChartSurface chart={chart} point={point} onPoint={setPoint} />
          <ChartLegend chart={chart} point={point} />
        </>
      )}
    </section>
  );
}
