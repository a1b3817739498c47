import type { LabelledSeries, MetricDescription, MetricPoint, MetricSeries } from "@evenkeel/sdk";
import type { ChartLine, ChartTimes } from "../../ui/charts/chart-line.ts";
import { behindAddress, labelsOf } from "./behind-address.ts";
import type { PanelSource, PointValue } from "./panels.ts";

/** What the lines of a panel are called. */
export interface LineNames {
  /** A value of a label. */
  ofLabel: (label: string, value: string) => string;
  /** A line of its own, or a percentile. */
  ofLine: (name: string) => string;
  /** How a number changed against the period before. */
  ofChange: (now: number, before: number) => string | undefined;
  /** The period before. */
  before: (name: string) => string;
}

/** A source with what the server said of it. */
export interface Measured {
  readonly source: PanelSource;
  readonly series: MetricSeries;
  /** Where what is behind its points is listed. */
  readonly behind: MetricDescription["behind"];
}

/** With more lines than this, those of the period before would only confuse. */
const mostGhosts = 3;

/** The steps of what was measured. */
export function timesOf({ from, to, step_seconds: seconds }: MetricSeries): ChartTimes {
  const stepMilliseconds = seconds * 1000;
  const first = Date.parse(from);
  const count = Math.max(0, Math.round((Date.parse(to) - first) / stepMilliseconds));
  return { at: Array.from({ length: count }, (_, step) => first + step * stepMilliseconds), stepMilliseconds };
}

/** The lines of a panel, those of the period before behind them. */
export function panelLines(
  measured: readonly Measured[],
  form: "line" | "bar",
  names: LineNames,
): readonly ChartLine[] {
  const lines = measured.flatMap((one) => linesOf(one, form, names));
  const ghosts = lines.length > mostGhosts || form === "bar" ? [] : measured.flatMap((one) => ghostsOf(one, names));
  return [...lines, ...ghosts.filter(({ values }) => values.some((value) => value !== undefined))];
}

function linesOf(measured: Measured, form: "line" | "bar", names: LineNames): ChartLine[] {
  const { source, series } = measured;
  const times = timesOf(series);
  return series.series.flatMap((one) =>
    source.values.map((value): ChartLine => {
      const total = numberOf(one.total, value);
      const before = previousOf(series, one.label);
      return {
        key: keyOf(source, one.label, value),
        name: nameOf(source, one.label, value, names),
        values: valuesOf(one, value, times, series.kind === "sum" && form === "line"),
        total: one.total.count === 0 ? undefined : total,
        note: total === undefined || before === undefined ? undefined : noteOf(total, numberOf(before, value), names),
        ...addressesOf(measured, one.label, times),
      };
    }),
  );
}

/** Where what is behind the points of a line, and behind all of it, is listed. */
function addressesOf(measured: Measured, label: string, times: ChartTimes): Pick<ChartLine, "address" | "addressAt"> {
  const from = times.at[0] ?? 0;
  const step = times.stepMilliseconds;
  const at = (index: number) => {
    const begin = times.at[index] ?? from;
    return addressOf(measured, label, begin, begin + step) ?? "";
  };
  return {
    addressAt: at(0) === "" ? undefined : at,
    address: addressOf(measured, label, from, from + times.at.length * step),
  };
}

function ghostsOf(measured: Measured, names: LineNames): ChartLine[] {
  const { source, series } = measured;
  const times = timesOf(series);
  const length = times.at.length * times.stepMilliseconds;
  const timesBefore = { ...times, at: times.at.map((at) => at - length) };
  return (series.previous ?? []).flatMap((one) =>
    source.values.map((value): ChartLine => {
      const shifted = {
        ...one,
        points: one.points.map((point) => ({ ...point, at: new Date(Date.parse(point.at) + length).toISOString() })),
      };
      return {
        key: `before ${keyOf(source, one.label, value)}`,
        name: names.before(nameOf(source, one.label, value, names)),
        values: valuesOf(shifted, value, times, series.kind === "sum"),
        total: one.total.count === 0 ? undefined : numberOf(one.total, value),
        ghostOf: keyOf(source, one.label, value),
        ...addressesOf(measured, one.label, timesBefore),
      };
    }),
  );
}

function keyOf(source: PanelSource, label: string, value: PointValue): string {
  return `${source.metric} ${label} ${value}`;
}

function nameOf(source: PanelSource, label: string, value: PointValue, names: LineNames): string {
  if (source.groupBy !== undefined) return names.ofLabel(source.groupBy, label);
  return names.ofLine(source.line ?? (source.values.length > 1 ? value : source.metric));
}

/** The value of each step. Of what adds up, a step in which nothing happened counts 0, so that a line does not break. */
function valuesOf(
  one: LabelledSeries,
  value: PointValue,
  times: ChartTimes,
  isFilled: boolean,
): (number | undefined)[] {
  const byTime = new Map(one.points.map((point) => [Date.parse(point.at), numberOf(point, value)]));
  const missing = isFilled && byTime.size > 0 ? 0 : undefined;
  const now = Date.now();
  return times.at.map((at) => byTime.get(at) ?? (at > now ? undefined : missing));
}

function numberOf(point: MetricPoint, value: PointValue): number | undefined {
  return point[value];
}

function previousOf({ previous }: MetricSeries, label: string): MetricPoint | undefined {
  return previous?.find((one) => one.label === label)?.total;
}

function noteOf(now: number, before: number | undefined, names: LineNames): string | undefined {
  return before === undefined ? undefined : names.ofChange(now, before);
}

function addressOf({ source, series, behind }: Measured, label: string, from: number, to: number): string | undefined {
  const labels = labelsOf(source, label);
  return behindAddress({ metric: source.metric, kind: series.kind, behind, labels, from, to });
}
