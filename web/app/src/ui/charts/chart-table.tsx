import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./chart.module.css";
import type { ChartLine } from "./chart-line.ts";
import { formatValue } from "./format-value.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import { stepText } from "./time-marks.ts";

/** The same values as a table, newest first; times in which nothing was measured are left out. */
export function ChartTable({ chart }: { chart: TimeChartProps }) {
  const { t, i18n } = useTranslation();
  const { lines, times, title } = chart;
  const measured = times.at
    .map((_, index) => index)
    .filter((index) => lines.some(({ values }) => values[index] !== undefined))
    .toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keyboard has to get there.
    <section className={styles.scroll} tabIndex={0} aria-label={t("charts.table_of", { title })}>
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("charts.time")}</th>
            {lines.map((line) => (
              <th key={line.key} scope="col">
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured.map((index) => (
            <tr key={times.at[index]}>
              <th scope="row">{stepText(times, index, i18n.language)}</th>
              {lines.map((line) => (
                <td key={line.key}>
                  <Cell line={line} index={index} unit={chart.unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ line, index, unit }: { line: ChartLine; index: number; unit: string }) {
  const { i18n } = useTranslation();
  const value = line.values[index];
  if (value === undefined) return "–";
  const shown = formatValue(value, unit, i18n.language);
  const address = line.addressAt?.(index);
  return address === undefined ? shown : <Link to={address}>{shown}</Link>;
}
