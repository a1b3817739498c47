import { NotFoundError, type TimelineEvent } from "@evenkeel/sdk";
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { CopiedId } from "../../ui/copied-id.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Missing } from "../../ui/missing.tsx";
import { timelineAddress, turnAddress, turnsAddress } from "../../ui/operations-addresses.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { EventRow } from "../../ui/timeline/event-row.tsx";
import timelineStyles from "../../ui/timeline/timeline.module.css";
import { Trail } from "../../ui/trail.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { LiveState } from "./live-state.tsx";
import { readTimelineFilter } from "./timeline-filter.ts";
import { SeverityFilter } from "./timeline-filters.tsx";
import { TypeFilter } from "./type-filter.tsx";
import { useSessionEvents } from "./use-session-events.ts";

/** Everything recorded of a session, newest first, and what is recorded while one looks. */
export function SessionView({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useFilterChange();
  const { type, severity } = readTimelineFilter(search);
  const isLive = search.get("live") !== "off";
  const { query, events, state } = useSessionEvents(sessionId, isLive);
  const shown = events.filter(
    (event) =>
      (type === undefined || event.event_type === type) &&
      (severity === undefined || event.error_severity === severity),
  );
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("timeline.gone")} text={t("timeline.gone_text")} to={timelineAddress()}>
        {t("timeline.to_all")}
      </Missing>
    );
  }
  return (
    <section className={styles.section} aria-label={t("timeline.session")}>
      <Trail parents={[{ to: timelineAddress(), label: t("timeline.title") }]} current={t("timeline.session")} />
      <div className={styles.head}>
        <CopiedId id={sessionId} label={t("list.copy_id")} />
        <div className={styles.buttons}>
          {isLive && query.data !== undefined ? <LiveState state={state} /> : null}
          <Switch
            label={t("list.live")}
            checked={isLive}
            onChange={(event) => change("live", event.currentTarget.checked ? "" : "off")}
          />
        </div>
      </div>
      <p className={styles.links}>
        <Link to={turnsAddress({ thread_id: sessionId })}>{t("turns.to_siblings")}</Link>
      </p>
      <div className={styles.filters}>
        <TypeFilter
          value={type ?? ""}
          seen={events.map((event) => event.event_type)}
          onChange={(value) => change("type", value)}
        />
        <SeverityFilter value={severity ?? ""} onChange={(value) => change("severity", value)} />
      </div>
      <QueryProblem query={query} title={t("timeline.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[56, 56, 56]} /> : null}
      {query.isSuccess ? <SessionEvents events={shown} isFiltered={shown.length < events.length} /> : null}
    </section>
  );
}

function SessionEvents({ events, isFiltered }: { events: readonly TimelineEvent[]; isFiltered: boolean }) {
  const { t } = useTranslation();
  if (events.length === 0) {
    return isFiltered ? (
      <Empty icon="search" title={t("timeline.none")} />
    ) : (
      <Empty icon="pulse" title={t("timeline.empty")} text={t("turns.no_events")} />
    );
  }
  return (
    <ul className={timelineStyles.events}>
      {events.toReversed().map((event) => (
        <EventRow
          key={event.id}
          event={event}
          links={
            event.turn_id === undefined ? null : <Link to={turnAddress(event.turn_id)}>{t("timeline.to_turn")}</Link>
          }
        />
      ))}
    </ul>
  );
}
