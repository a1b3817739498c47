import { useTranslation } from "react-i18next";
import { EventTypesView } from "../features/event-types/event-types-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Kinds of events. */
export function EventTypesPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("event_types.title")}>
      <EventTypesView />
    </AdminPage>
  );
}
