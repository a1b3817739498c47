import type { TimelineEvent } from "@evenkeel/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration } from "../format-duration.ts";
import { formatExact } from "../time-format.ts";
import { EventData } from "./event-data.tsx";
import { EventStatusBadge } from "./event-status-badge.tsx";
import styles from "./timeline.module.css";

interface EventRowProps {
  event: TimelineEvent;
  /** Where its time lies in a whole, both in milliseconds: drawn as a bar. */
  span?: { readonly offset: number; readonly whole: number } | undefined;
  /** Where it belongs. */
  links?: ReactNode;
}

/** One recorded event: what happened in words, when, how long it took, and its data on demand. */
export function EventRow({ event, span, links }: EventRowProps) {
  const { t, i18n } = useTranslation();
  const { processing_time_ms: took } = event;
  return (
    <li className={styles.event} data-status={event.event_status}>
      <div className={styles.head}>
        <p className={styles.message}>{event.user_message}</p>
        <EventStatusBadge event={event} />
        <EventTime at={event.timestamp} />
      </div>
      {span === undefined || took === undefined ? null : <SpanBar {...span} took={took} />}
      <p className={styles.facts}>
        <code>{event.event_type}</code>
        {took === undefined ? null : <span>{formatDuration(took, i18n.language)}</span>}
        {event.error_type === undefined ? null : <code>{event.error_type}</code>}
        {event.attempt > 1 ? <span>{t("timeline.attempt", { attempt: event.attempt })}</span> : null}
        {links}
      </p>
      {event.event_data === undefined || isEmpty(event.event_data) ? null : <EventData data={event.event_data} />}
    </li>
  );
}

function SpanBar({ offset, whole, took }: { offset: number; whole: number; took: number }) {
  const percent = (value: number) => `${Math.min(100, Math.max(0, (value / Math.max(1, whole)) * 100))}%`;
  return (
    <div className={styles.track} aria-hidden="true">
      <div className={styles.span} style={{ insetInlineStart: percent(offset), inlineSize: percent(took) }} />
    </div>
  );
}

/** The time of an event to the millisecond, and its day for who points at it. */
function EventTime({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const moment = Date.parse(at);
  const isToday = new Date(moment).toDateString() === new Date().toDateString();
  const shown = new Intl.DateTimeFormat(i18n.language, {
    ...(isToday ? {} : { month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  }).format(moment);
  return (
    <time className={styles.time} dateTime={at} title={formatExact(moment, i18n.language)}>
      {shown}
    </time>
  );
}

function isEmpty(data: unknown): boolean {
  return data === null || (typeof data === "object" && Object.keys(data).length === 0);
}
