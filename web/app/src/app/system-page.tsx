import { useTranslation } from "react-i18next";
import { SystemView } from "../features/system/system-view.tsx";
import { AdminPage } from "./admin-page.tsx";
import { isOperator } from "./use-admin-links.ts";

export function SystemPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("system.title")} isFor={isOperator}>
      <SystemView />
    </AdminPage>
  );
}
