import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./chart.module.css";
import { type ChartLine, lineColour } from "./chart-line.ts";
import type { ChartPoint } from "./chart-point.ts";
import { formatValue } from "./format-value.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import { stepText } from "./time-marks.ts";

/** What the colours mean, with the values of the point that is looked at, or of all the time. */
export function ChartLegend({ chart, point }: { chart: TimeChartProps; point: ChartPoint | undefined }) {
  const { t, i18n } = useTranslation();
  const { lines, times } = chart;
  const hasTotals = lines.some(({ total }) => total !== undefined);
  return (
    <div className={styles.legend}>
      <p className={styles.when}>
        {point !== undefined ? stepText(times, point.index, i18n.language) : hasTotals ? t("charts.whole") : " "}
      </p>
      <ul>
        {lines.map((line, place) => (
          <li key={line.key} data-active={point?.place === place || undefined}>
            <span
              className={styles.swatch}
              data-ghost={line.ghostOf !== undefined}
              style={{ color: lineColour(lines, line) }}
              aria-hidden="true"
            />
            <Entry chart={chart} line={line} point={point} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({
  chart: { unit },
  line,
  point,
}: {
  chart: TimeChartProps;
  line: ChartLine;
  point: ChartPoint | undefined;
}) {
  const { i18n } = useTranslation();
  const value = point === undefined ? line.total : line.values[point.index];
  const shown = value === undefined ? (point === undefined ? "" : "–") : formatValue(value, unit, i18n.language);
  return (
    <>
      {line.address === undefined ? <span>{line.name}</span> : <Link to={line.address}>{line.name}</Link>}
      <strong>{shown}</strong>
      {point === undefined && line.note !== undefined ? <span className={styles.note}>{line.note}</span> : null}
    </>
  );
}
