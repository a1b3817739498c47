import { useTranslation } from "react-i18next";
import { IndexView } from "../features/catalogue/index-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** The index that events are searched in. */
export function IndexPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("catalogue.index")}>
      <IndexView />
    </AdminPage>
  );
}
