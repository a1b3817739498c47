import { useTranslation } from "react-i18next";
import { ImportView } from "../features/catalogue/import-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Bringing events into the catalogue. */
export function ImportPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("catalogue.import")}>
      <ImportView />
    </AdminPage>
  );
}
