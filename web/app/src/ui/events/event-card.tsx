import type { CatalogueEvent } from "@evenkeel/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons.tsx";
import { AddToCalendar } from "./add-to-calendar.tsx";
import { formatEventTime, personTimeZone, zoneName } from "./event-days.ts";
import styles from "./events.module.css";
import { placeName } from "./place-name.ts";

interface EventCardProps {
  event: CatalogueEvent;
  /** More about it: why it is shown. */
  children?: ReactNode;
}

/** An event: when in the person's time zone, where, its site, and the way into the calendar. */
export function EventCard({ event, children }: EventCardProps) {
  const { t } = useTranslation();
  const address = webAddress(event.url);
  return (
    <article className={styles.card} aria-label={event.title}>
      <h3>
        {address === undefined ? (
          event.title
        ) : (
          <a href={address} target="_blank" rel="noopener noreferrer">
            {event.title}
          </a>
        )}
      </h3>
      <ul className={styles.facts}>
        <li>
          <Icon name="calendar" size={15} />
          <EventTime event={event} />
        </li>
        <EventPlaces event={event} />
      </ul>
      {event.categories.length === 0 ? null : (
        <ul className={styles.categories} aria-label={t("events.categories")}>
          {event.categories.map((category) => (
            <li key={category}>{category}</li>
          ))}
        </ul>
      )}
      {children}
      <div className={styles.actions}>
        <AddToCalendar event={event} />
        {address === undefined ? null : (
          <a className={styles.site} href={address} target="_blank" rel="noopener noreferrer">
            <Icon name="external" size={14} />
            <span>{new URL(address).host}</span>
          </a>
        )}
      </div>
    </article>
  );
}

/** When an event is, in the person's time zone. */
export function EventTime({ event }: { event: CatalogueEvent }) {
  const { i18n } = useTranslation();
  const zone = personTimeZone();
  const time = formatEventTime(event, zone, i18n.language);
  return (
    <time dateTime={event.all_day ? event.starts_on : event.starts_at}>
      {event.all_day ? time : `${time} ${zoneName(Date.parse(event.starts_at), zone, i18n.language)}`}
    </time>
  );
}

function EventPlaces({ event }: { event: CatalogueEvent }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {event.location === undefined ? null : (
        <li>
          <Icon name="pin" size={15} />
          <span>{placeName(event.location, i18n.language)}</span>
        </li>
      )}
      {event.virtual ? (
        <li>
          <Icon name="language" size={15} />
          <span>{t("events.online")}</span>
        </li>
      ) : null}
    </>
  );
}

/** The address of its site, and nothing that a browser would run. */
function webAddress(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
