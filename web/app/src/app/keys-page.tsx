import { useTranslation } from "react-i18next";
import { KeysView } from "../features/keys/keys-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Keys for programs. */
export function KeysPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t("keys.title")}>
      <KeysView />
    </AdminPage>
  );
}
