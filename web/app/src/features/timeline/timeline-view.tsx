import type { TimelineEvent } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { LiveSwitch, useIsLive } from "../../ui/live-switch.tsx";
import { sessionAddress, timelineAddress, turnAddress } from "../../ui/operations-addresses.ts";
import { PagedRows } from "../../ui/paged-rows.tsx";
import styles from "../../ui/records.module.css";
import { EventRow } from "../../ui/timeline/event-row.tsx";
import timelineStyles from "../../ui/timeline/timeline.module.css";
import { BehindNote } from "./behind-note.tsx";
import { isTimelineFilterOn, readTimelineFilter } from "./timeline-filter.ts";
import { TimelineFilters } from "./timeline-filters.tsx";
import { timelineQuery } from "./timeline-queries.ts";

/** The events of all sessions that the address asks for, newest first. */
export function TimelineView() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const filter = readTimelineFilter(search);
  const isLive = useIsLive();
  const query = useInfiniteQuery(timelineQuery(useClient(), filter, isLive));
  return (
    <section className={styles.section} aria-label={t("timeline.title")}>
      <div className={styles.head}>
        <p>{t("timeline.lead")}</p>
        <LiveSwitch />
      </div>
      <TimelineFilters filter={filter} />
      <BehindNote filter={filter} />
      <PagedRows
        query={query}
        failed={t("timeline.failed_to_load")}
        empty={<NoEvents isFiltered={isTimelineFilterOn(filter)} />}
        className={timelineStyles.events}
        row={(event) => <EventRow key={event.id} event={event} links={<EventLinks event={event} />} />}
      />
    </section>
  );
}

function EventLinks({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation();
  return (
    <>
      <Link to={sessionAddress(event.session_id)}>{t("timeline.to_session")}</Link>
      {event.turn_id === undefined ? null : <Link to={turnAddress(event.turn_id)}>{t("timeline.to_turn")}</Link>}
    </>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation();
  if (!isFiltered) return <Empty icon="pulse" title={t("timeline.empty")} text={t("timeline.empty_text")} />;
  return (
    <Empty icon="search" title={t("timeline.none")}>
      <Button component={Link} to={timelineAddress()} variant="default">
        {t("list.clear")}
      </Button>
    </Empty>
  );
}
