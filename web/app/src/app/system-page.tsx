import { useTranslation } from "react-i18next";
import { SystemView } from "../features/system/system-view.tsx";
import { AdminPage } from "./admin-page.tsx";

export function SystemPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("system.title")}>
      <SystemView />
    </AdminPage>
  );
}
