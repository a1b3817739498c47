import { useTranslation } from "react-i18next";
import { AlertsView } from "../features/alerts/alerts-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Rules that watch the figures. */
export function AlertsPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("alerts.title")}>
      <AlertsView />
    </AdminPage>
  );
}
