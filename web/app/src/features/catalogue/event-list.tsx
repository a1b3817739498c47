import type { CatalogueEvent } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { EventTime } from "../../ui/events/event-card.tsx";
import { placeName } from "../../ui/events/place-name.ts";
import { Icon } from "../../ui/icons.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import { eventAddress, importAddress, indexAddress, newId } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { eventsQuery } from "./catalogue-queries.ts";
import { isEventFilterOn, readEventFilter } from "./event-filter.ts";
import { EventFilters } from "./event-filters.tsx";

/** The events of the catalogue, those that the address asks for. */
export function EventList() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const filter = readEventFilter(search);
  const query = useInfiniteQuery(eventsQuery(useClient(), filter));
  return (
    <section className={styles.section} aria-label={t("catalogue.events")}>
      <div className={styles.head}>
        <p>{t("catalogue.events_lead")}</p>
        <div className={styles.buttons}>
          <Button component={Link} to={indexAddress} variant="default" leftSection={<Icon name="search" size={16} />}>
            {t("catalogue.index")}
          </Button>
          <Button component={Link} to={importAddress} variant="default" leftSection={<Icon name="upload" size={16} />}>
            {t("catalogue.import")}
          </Button>
          <Button component={Link} to={eventAddress(newId)} leftSection={<Icon name="plus" size={16} />}>
            {t("catalogue.event_add")}
          </Button>
        </div>
      </div>
      <EventFilters filter={filter} />
      <PagedRows
        query={query}
        failed={t("catalogue.events_failed")}
        empty={<NoEvents isFiltered={isEventFilterOn(filter)} />}
        className={styles.rows}
        row={(event) => <EventRow key={event.id} event={event} />}
      />
    </section>
  );
}

function EventRow({ event }: { event: CatalogueEvent }) {
  const { t, i18n } = useTranslation();
  const { location } = event;
  const place = location === undefined ? undefined : placeName(location, i18n.language);
  const places = [place, event.virtual ? t("events.online") : undefined];
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <h3>
          <Link to={eventAddress(event.id)}>{event.title}</Link>
        </h3>
        <p>{event.categories.join(" · ")}</p>
      </div>
      <p className={styles.cell}>
        <EventTime event={event} />
      </p>
      <p className={styles.cell}>{places.filter((one) => one !== undefined).join(" · ")}</p>
    </li>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation();
  if (isFiltered) return <Empty icon="search" title={t("catalogue.events_none")} text={t("search.none_text")} />;
  return (
    <Empty icon="calendar" title={t("search.empty")} text={t("catalogue.events_empty_text")}>
      <Button component={Link} to={importAddress}>
        {t("catalogue.import")}
      </Button>
    </Empty>
  );
}
