import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { EventList } from "../features/catalogue/event-list.tsx";
import { EventView } from "../features/catalogue/event-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** The events of the catalogue, or one of them. */
export function EventsPage() {
  const { t } = useTranslation();
  const { event } = useParams();
  return (
    <AdminPage title={t("catalogue.events")}>
      {event === undefined ? <EventList /> : <EventView key={event} eventId={event} />}
    </AdminPage>
  );
}
