import type { ConnectionParts } from "../connection/open-transport.ts";
import type { RequestSpec } from "../http/send-request.ts";
import { type EventWatch, type EventWatchOptions, watchEvents } from "../timeline/watch-events.ts";
import type { EventTypeDescription, RegisterEventTypeRequest, TimelineStats } from "../wire/event-types.ts";
import type { Page } from "../wire/rest.ts";
import type { TimelineEvent, TimelineEventStatus, TimelineSeverity } from "../wire/timeline-event.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Which events of the organization; times are ISO 8601. */
export interface TimelineFilter {
  readonly type?: string | undefined;
  readonly status?: TimelineEventStatus | undefined;
  readonly severity?: TimelineSeverity | undefined;
  readonly sessionId?: string | undefined;
  readonly turnId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** The code of an error. */
  readonly errorType?: string | undefined;
  /** Text in the data of an event. */
  readonly q?: string | undefined;
  /** Only what a metric of analytics was made of. */
  readonly metric?: string | undefined;
  /** Labels of that metric: `label:value`. */
  readonly labels?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Recorded events. */
export interface Timeline {
  /** Events of all sessions, newest first, of the last day unless `from` says otherwise, of 31 days at most; for owners and administrators. */
  events(filter?: TimelineFilter, page?: PageSpec, signal?: AbortSignal): Promise<Page<TimelineEvent>>;
  /** Events of a session after a `seq`, ascending. */
  sessionEvents(
    sessionId: string,
    page?: { readonly afterSeq?: number; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Page<TimelineEvent>>;
  /** Follows the events of a session as they are recorded, reconnecting until it is closed. */
  watch(sessionId: string, options: EventWatchOptions): EventWatch;
  /** How events are stored; for owners and administrators. */
  stats(signal?: AbortSignal): Promise<TimelineStats>;
  eventTypes(signal?: AbortSignal): Promise<Page<EventTypeDescription>>;
  registerEventType(type: RegisterEventTypeRequest): Promise<EventTypeDescription>;
  /** Replaces one of the organization's own. */
  saveEventType(type: RegisterEventTypeRequest): Promise<EventTypeDescription>;
  deleteEventType(eventType: string): Promise<void>;
}

const eventTypesPath = "/api/v1/admin/event-types";

/** Makes the timeline part of a client. */
export function createTimeline(parts: ConnectionParts, locale: () => string): Timeline {
  const { http } = parts;
  return {
    events: (filter = {}, { cursor, limit } = {}, signal) =>
      http.json({
        method: "GET",
        path: "/api/v1/admin/timeline",
        query: { ...queryOf(filter), cursor, limit },
        signal,
      }),
    sessionEvents: (sessionId, { afterSeq, limit } = {}, signal) =>
      http.json({
        method: "GET",
        path: `/chat/events/${encodeURIComponent(sessionId)}`,
        query: { after_seq: afterSeq, limit },
        signal,
      }),
    watch: (sessionId, options) => watchEvents(parts, sessionId, { locale: locale(), ...options }),
    stats: (signal) => http.json({ method: "GET", path: "/api/v1/admin/timeline/stats", signal }),
    eventTypes: (signal) => http.json({ method: "GET", path: eventTypesPath, signal }),
    registerEventType: (body) => http.json({ method: "POST", path: eventTypesPath, body }),
    saveEventType: ({ event_type: name, ...body }) =>
      http.json({ method: "PUT", path: `${eventTypesPath}/${encodeURIComponent(name)}`, body }),
    deleteEventType: async (eventType) => {
      await http.response({ method: "DELETE", path: `${eventTypesPath}/${encodeURIComponent(eventType)}` });
    },
  };
}

function queryOf(filter: TimelineFilter): NonNullable<RequestSpec["query"]> {
  return {
    type: filter.type,
    status: filter.status,
    severity: filter.severity,
    session_id: filter.sessionId,
    turn_id: filter.turnId,
    correlation_id: filter.correlationId,
    error_type: filter.errorType,
    q: filter.q,
    metric: filter.metric,
    filter: filter.labels,
    since: filter.from,
    until: filter.to,
  };
}
