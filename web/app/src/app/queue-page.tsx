import { useTranslation } from "react-i18next";
import { QueueView } from "../features/queue/queue-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Turns that wait, and who works on them. */
export function QueuePage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("queue.title")}>
      <QueueView />
    </AdminPage>
  );
}
