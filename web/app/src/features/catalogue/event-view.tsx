import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Trail } from "../../ui/trail.tsx";
import { eventsAddress, newId } from "./addresses.ts";
import { eventQuery } from "./catalogue-queries.ts";
import { EventEditor } from "./event-editor.tsx";
import { RecordView } from "./record-view.tsx";

/** An event to be changed, or a new one. */
export function EventView({ eventId }: { eventId: string }) {
  const { t } = useTranslation();
  const list = { to: eventsAddress, label: t("catalogue.events") };
  return eventId === newId ? (
    <>
      <Trail parents={[list]} current={t("catalogue.event_new")} />
      <EventEditor event={undefined} />
    </>
  ) : (
    <ExistingEvent eventId={eventId} list={list} />
  );
}

function ExistingEvent({ eventId, list }: { eventId: string; list: { to: string; label: string } }) {
  const { t } = useTranslation();
  return (
    <RecordView
      query={useQuery(eventQuery(useClient(), eventId))}
      list={list}
      texts={{
        unnamed: t("catalogue.event"),
        failed: t("catalogue.event_failed"),
        gone: t("catalogue.event_gone"),
        toList: t("catalogue.to_events"),
      }}
      nameOf={({ title }) => title}
    >
      {(event) => <EventEditor key={event.id} event={event} />}
    </RecordView>
  );
}
