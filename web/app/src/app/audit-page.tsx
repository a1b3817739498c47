import { useTranslation } from "react-i18next";
import { AuditView } from "../features/audit/audit-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** What was changed, and by whom. */
export function AuditPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("audit.title")}>
      <AuditView />
    </AdminPage>
  );
}
