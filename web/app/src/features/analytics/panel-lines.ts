import type { LabelledSeries, MetricPoint, MetricSeries } from "@evenkeel/sdk";
import type { ChartLine, ChartTimes } from "../../ui/charts/chart-line.ts";
import { timelineAddress, turnsAddress } from "../../ui/operations-addresses.ts";
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
  readonly behind: "turns" | "timeline" | undefined;
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

function linesOf({ source, series, behind }: Measured, form: "line" | "bar", names: LineNames): ChartLine[] {
  const times = timesOf(series);
  const end = Date.parse(series.to);
  return series.series.flatMap((one) =>
    source.values.map((value): ChartLine => {
      const total = numberOf(one.total, value);
      const before = previousOf(series, one.label);
      const address = (from: number, to: number) => addressOf({ source, behind }, one.label, from, to);
      const canOpen = address(0, 0) !== undefined;
      return {
        key: keyOf(source, one.label, value),
        name: nameOf(source, one.label, value, names),
        values: valuesOf(one, value, times, series.kind === "sum" && form === "line"),
        total: one.total.count === 0 ? undefined : total,
        note: total === undefined || before === undefined ? undefined : noteOf(total, numberOf(before, value), names),
        addressAt: canOpen
          ? (index) => address(times.at[index] ?? 0, (times.at[index] ?? 0) + times.stepMilliseconds) ?? ""
          : undefined,
        address: address(times.at[0] ?? 0, end),
      };
    }),
  );
}

function ghostsOf({ source, series }: Measured, names: LineNames): ChartLine[] {
  const times = timesOf(series);
  const length = times.at.length * times.stepMilliseconds;
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

/** Labels by the names they have as filters of the lists. */
const filterNames: Readonly<Record<"turns" | "timeline", Readonly<Record<string, string>>>> = {
  turns: { status: "status", error_code: "error_code", chatbot_id: "chatbot_id" },
  timeline: { event_type: "type", severity: "severity", status: "status", error_type: "error_type" },
};

function addressOf(
  { source, behind }: Pick<Measured, "source" | "behind">,
  label: string,
  from: number,
  to: number,
): string | undefined {
  if (behind === undefined) return undefined;
  const names = filterNames[behind];
  const labels = [
    ...(source.filter === undefined ? [] : [[source.filter.label, source.filter.value] as const]),
    ...(source.groupBy === undefined || label === "" || label === "other" ? [] : [[source.groupBy, label] as const]),
  ];
  const conditions = Object.fromEntries(
    labels.flatMap(([name, value]) => (names[name] === undefined ? [] : [[names[name], value]])),
  );
  const time = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return behind === "turns" ? turnsAddress({ ...conditions, ...time }) : timelineAddress({ ...conditions, ...time });
}
