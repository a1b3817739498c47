import type { TimelineEventStatus, TimelineFilter, TimelineSeverity } from "@evenkeel/sdk";
import { isId } from "../../ui/id-filter.tsx";

export const eventStatuses: readonly TimelineEventStatus[] = ["started", "progress", "completed", "failed"];
export const severities: readonly TimelineSeverity[] = ["critical", "error", "warning", "info"];

/** The filter that an address says; its names are those of the server's own. */
export function readTimelineFilter(search: URLSearchParams): TimelineFilter {
  const text = (name: string) => search.get(name) || undefined;
  const id = (name: string) => {
    const value = search.get(name);
    return isId(value) ? value : undefined;
  };
  const moment = (name: string) => {
    const value = Date.parse(search.get(name) ?? "");
    return Number.isNaN(value) ? undefined : new Date(value).toISOString();
  };
  const labels = search.getAll("filter");
  return {
    type: text("type"),
    status: eventStatuses.find((one) => one === search.get("status")),
    severity: severities.find((one) => one === search.get("severity")),
    sessionId: id("session_id"),
    turnId: id("turn_id"),
    correlationId: id("correlation_id"),
    errorType: text("error_type"),
    q: text("q"),
    metric: text("metric"),
    labels: labels.length === 0 ? undefined : labels,
    from: moment("from"),
    to: moment("to"),
  };
}

/** Whether it leaves anything out. */
export function isTimelineFilterOn(filter: TimelineFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
