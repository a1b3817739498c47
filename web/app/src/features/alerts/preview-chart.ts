import type { AlertPreview, AlertRuleRequest } from "@evenkeel/sdk";
import type { ChartLine, ChartSpan, ChartThreshold, ChartTimes } from "../../ui/charts/chart-line.ts";

/** A preview as a chart. */
export interface PreviewChart {
  readonly times: ChartTimes;
  readonly lines: readonly ChartLine[];
  readonly thresholds: readonly ChartThreshold[];
  readonly spans: readonly ChartSpan[];
}

/** Names of thresholds and of the only line there is where a rule has no groups. */
export interface PreviewNames {
  readonly warning: string;
  readonly critical: string;
  readonly value: string;
}

/** An hour a step, so that a week can be read. */
const stepMilliseconds = 3_600_000;
/** More groups than this cannot be told apart; the first ones are the greatest. */
const mostLines = 8;

/** What a rule would have judged, hour by hour: of each hour the value that was nearest to firing. */
export function previewChart(preview: AlertPreview, rule: AlertRuleRequest, names: PreviewNames): PreviewChart {
  const first = Math.floor(Date.parse(preview.from) / stepMilliseconds) * stepMilliseconds;
  const count = Math.max(1, Math.ceil((Date.parse(preview.to) - first) / stepMilliseconds));
  const at = Array.from({ length: count }, (_, step) => first + step * stepMilliseconds);
  const worst = rule.condition === "below" ? Math.min : Math.max;
  return {
    times: { at, stepMilliseconds },
    lines: preview.series.slice(0, mostLines).map(({ label, points }) => {
      const values: (number | undefined)[] = at.map(() => undefined);
      for (const point of points) {
        const step = Math.floor((Date.parse(point.at) - first) / stepMilliseconds);
        const known = values[step];
        if (step >= 0 && step < count) values[step] = known === undefined ? point.value : worst(known, point.value);
      }
      return { key: label, name: label === "" ? names.value : label, values };
    }),
    thresholds: [
      ...threshold(rule.warning, names.warning, "warning"),
      ...threshold(rule.critical, names.critical, "danger"),
    ],
    spans: preview.spans.map(({ from, to, severity }) => ({
      from: Date.parse(from),
      to: Date.parse(to),
      tone: severity === "critical" ? "danger" : "warning",
    })),
  };
}

function threshold(value: number | undefined, name: string, tone: ChartThreshold["tone"]): ChartThreshold[] {
  return value === undefined ? [] : [{ value, name, tone }];
}
