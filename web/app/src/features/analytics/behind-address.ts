import type { MetricDescription, MetricLabel } from "@evenkeel/sdk";
import { timelineAddress, turnsAddress } from "../../ui/operations-addresses.ts";
import type { Source } from "./analytics-queries.ts";

/** A point of a chart, or all the time of a line. */
export interface BehindPoint {
  readonly metric: string;
  /** How it is measured; a gauge shows what was so at that time, everything else what happened in it. */
  readonly kind: MetricDescription["kind"];
  readonly behind: MetricDescription["behind"];
  readonly labels: readonly MetricLabel[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Labels by which turns can be narrowed, under the same names, and whether "without" can be said of them. */
const turnLabels: Readonly<Record<string, boolean>> = {
  status: false,
  error_code: true,
  chatbot_id: false,
  model: true,
};
const withoutAny = "-";

/** Labels that have a field of their own above the list of events; all others narrow the metric. */
const eventFields: Readonly<Record<string, string>> = {
  event_type: "type",
  severity: "severity",
  error_type: "error_type",
};

/** More cannot be listed at once. */
const longestTimeline = 31 * 86_400_000;

/** Labels of a line: those the source is narrowed to, and its own. What is put together as "other" has none. */
export function labelsOf({ filters = [], groupBy }: Source, label: string): readonly MetricLabel[] {
  return groupBy === undefined || label === "other" ? filters : [...filters, { label: groupBy, value: label }];
}

/** Where what a point was made of is listed; undefined where no list can say it. */
export function behindAddress(point: BehindPoint): string | undefined {
  switch (point.behind) {
    case "turns":
      return turnsBehind(point);
    case "timeline":
      return eventsBehind(point);
    case "queue":
      return "/admin/queue";
    case undefined:
      return undefined;
  }
}

function turnsBehind({ kind, labels, from, to }: BehindPoint): string | undefined {
  const canSay = ({ label, value }: MetricLabel) => label in turnLabels && (value !== "" || turnLabels[label] === true);
  if (!labels.every(canSay)) return undefined;
  const conditions = Object.fromEntries(labels.map(({ label, value }) => [label, value === "" ? withoutAny : value]));
  // Turns are measured when they end. What a gauge saw was sent before and had not ended.
  const time = { ended_from: isoOf(from), ...(kind === "gauge" ? { to: isoOf(to) } : { ended_to: isoOf(to) }) };
  return turnsAddress({ ...conditions, ...time });
}

function eventsBehind({ metric, labels, from, to }: BehindPoint): string | undefined {
  if (to - from > longestTimeline) return undefined;
  const hasField = ({ label, value }: MetricLabel) => value !== "" && label in eventFields;
  const fields = labels.filter(hasField).map(({ label, value }) => [eventFields[label], value]);
  const others = labels.filter((label) => !hasField(label)).map(({ label, value }) => `${label}:${value}`);
  return timelineAddress({
    // All events are counted as what happened in stages: nothing to narrow.
    metric: metric === "stage_events" && others.length === 0 ? undefined : metric,
    filter: others,
    ...Object.fromEntries(fields),
    from: isoOf(from),
    to: isoOf(to),
  });
}

function isoOf(moment: number): string {
  return new Date(moment).toISOString();
}
